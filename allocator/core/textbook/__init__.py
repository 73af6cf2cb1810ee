"""The methods as textbooks and peers have them: one level and one stream, or rows by columns."""
