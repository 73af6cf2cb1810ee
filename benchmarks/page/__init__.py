"""The page with all measurements, as Markdown."""
