"""Drives a flow over its kept answers up to the first open question; knows no ticket."""
