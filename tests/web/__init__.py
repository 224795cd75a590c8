"""The web chat over real HTTP: its walls, its files, its stream."""
