"""Platforms that sign, check and refuse as the real ones do, with phones whose screens can be read."""
