"""Folders for other programs: tables with a datapackage.json that says what is in them.

The datapackage.json is a Frictionless data package, version 2 (https://datapackage.org). It names
every column, every source, and every licence as far as that is known.
"""

from allocator.report.package.descriptor import NAME, Origin
from allocator.report.package.run_folder import files_of

__all__ = ["NAME", "Origin", "files_of"]
