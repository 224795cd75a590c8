"""Tests that read like the product: stories, tables walked row by row, drills, real peers."""
