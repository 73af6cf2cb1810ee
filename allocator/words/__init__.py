"""What the program says, in Dutch and in English."""
