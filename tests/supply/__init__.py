"""What an installation brings along: a list of parts beside the wheel, and the same wheel twice."""
