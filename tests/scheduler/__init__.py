"""What the clock does: jobs of the day, shared rows, poison, downtime, clocks that jump."""
