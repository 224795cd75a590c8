"""Measurements, always as a ratio to a floor of the same run: absolute figures belong to one machine only."""
