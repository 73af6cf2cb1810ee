"""The same question gets the same answer: on every machine, in any order of rows, next year."""
