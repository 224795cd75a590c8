"""Phone calls of the last rung: the port, its HTTP adapter, and the signed callbacks of a voice provider."""
