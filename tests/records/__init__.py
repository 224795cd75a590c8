"""The seven records on paper."""
