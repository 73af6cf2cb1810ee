"""Measures how long things take, beside peers in the same run: `make bench`."""
