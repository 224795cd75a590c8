"""A simulated year of a district, and an oracle that recomputes every promise of it from the agreement alone."""
