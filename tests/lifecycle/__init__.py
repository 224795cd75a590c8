"""The life of a ticket, walked row by row with the real acts on real tables."""
