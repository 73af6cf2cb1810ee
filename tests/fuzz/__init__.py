"""Hostile input: every reader of files gets what nobody should give it, and may only refuse it."""
