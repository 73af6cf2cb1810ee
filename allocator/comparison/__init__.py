"""Distributions side by side: how even they are, and what other choices would give."""
