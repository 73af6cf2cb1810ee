"""What is asked beside the best plan: others that come near, and why there is none."""
