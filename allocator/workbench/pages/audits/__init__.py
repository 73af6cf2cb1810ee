"""Published tables: beside what the rule gives, and what they may have been made from."""
