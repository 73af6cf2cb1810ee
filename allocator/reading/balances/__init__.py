"""Reads what a half-year has beside its numbers: balances, realised numbers, swaps, goals."""
