"""What the clock asks of the desk: jobs, claims, the heartbeat."""
