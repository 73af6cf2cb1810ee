"""A province's plan for readers and machines: screen, chapter of a report, csv, ledger, json."""
