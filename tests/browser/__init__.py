"""A real browser plays the demo page."""
