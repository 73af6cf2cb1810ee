"""One distribution: divided, explained, drawn, kept."""
