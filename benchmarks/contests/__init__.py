"""Ours beside the packages of others, on the same input and checked to give the same answer."""
