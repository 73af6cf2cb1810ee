"""Maps: a circle per area, or its borders, with scales and names."""
