"""Text of one format to values: CSV, JSON, YAML and numbers, each strictly and with its line."""
