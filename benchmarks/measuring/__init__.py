"""Repeated runs, each piece of work in a process of its own."""
