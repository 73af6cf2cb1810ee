"""What readers get of a half-year: progress, goals, revisions, swaps and the folder of the next."""
