"""Rosters in the tables: files entered, turns laid, swaps and leave answered, gaps told, residents shown."""
