"""What follows from a plan: swaps, the rest task, the grant."""
