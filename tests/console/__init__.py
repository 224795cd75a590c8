"""Pages over HTTP: what a link shows, to whom, and for how long."""
