"""The verbs that try other keys."""
