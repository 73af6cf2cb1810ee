"""The plain implementation: standard library only, slow, and short enough to be read in one go."""
