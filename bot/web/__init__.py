"""The channel web: a chat in the browser."""
