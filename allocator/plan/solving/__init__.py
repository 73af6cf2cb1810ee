"""The best plan: its programs, the solver that is asked, and the count that checks the answer."""
