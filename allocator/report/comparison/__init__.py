"""Keys side by side for readers and machines: screen, csv, json and a frame."""

from allocator.report.comparison.data import as_csv, as_frame, as_json
from allocator.report.comparison.screen import as_screen

__all__ = ["as_csv", "as_frame", "as_json", "as_screen"]
