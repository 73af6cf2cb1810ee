"""What an instance is put together from, one part per module."""
