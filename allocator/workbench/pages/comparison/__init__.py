"""Several keys side by side, and many at once."""
