"""Keys: formulas over indicators, read and computed exactly."""
