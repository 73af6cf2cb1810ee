"""What readers get: tables, explanations and files."""
