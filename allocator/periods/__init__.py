"""Periods: balances, catching up, revision, mergers and swaps from one half-year to the next."""
