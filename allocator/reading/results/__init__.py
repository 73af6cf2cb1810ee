"""Reads back what the program wrote: results, receipts and the finished parts of a sweep."""
