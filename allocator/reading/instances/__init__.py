"""Reads an instance and all that it names: totals, indicators, limits, lots, published numbers."""
