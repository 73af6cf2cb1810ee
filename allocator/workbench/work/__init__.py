"""Work for processes of their own: plans, sweeps, and what a table may have been made from."""
