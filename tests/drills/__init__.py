"""Drills: the house is killed, restarted and crowded, and what was lost is counted."""
