"""The same task as somebody would program it in an hour, without our code."""
