"""Small changes to the program, one at a time, each of which the unit tests should notice."""
