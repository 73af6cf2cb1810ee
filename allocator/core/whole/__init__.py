"""Whole numbers that add up at every level and for every part, with a proof.

`solve` turns quotas or fair shares into a table; `check` proves it without solving.
"""
