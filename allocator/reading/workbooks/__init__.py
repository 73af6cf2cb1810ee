"""Tables in Excel workbooks, as people make them: found, and read as strictly as a CSV file."""
