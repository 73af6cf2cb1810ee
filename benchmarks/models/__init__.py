"""Instances of several sizes, streams and limits, the same in every process."""
