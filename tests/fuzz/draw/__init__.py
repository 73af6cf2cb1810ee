"""Draws hostile input from a source of random choices, by the structure of real files."""
