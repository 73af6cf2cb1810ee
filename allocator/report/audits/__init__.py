"""What readers get of an audit: rows that differ, keys that may have been used, near figures."""
