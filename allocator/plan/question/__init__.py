"""What a plan is asked: what counts, what is left to find, in whole numbers."""
