"""The acts, the only writers of tickets; who may do what, and who hears of it."""
