"""The ordinary tests pass this folder by where the package that makes mutants is not installed."""

from importlib.util import find_spec

collect_ignore_glob = [] if find_spec("mutmut") else ["*.py"]
