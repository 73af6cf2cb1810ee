"""Checks a result: a placeholder until the checker is written."""
