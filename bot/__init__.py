"""The way in and out: channels, HTTP server, receiving, delivery, the composition root."""
