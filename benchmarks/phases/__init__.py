"""Where our own time goes, phase by phase, and how it grows with the size of a model."""
