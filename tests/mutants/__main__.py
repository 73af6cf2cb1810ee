"""`python -m tests.mutants --count 300 --seed 1`: are the unit tests sharp?

Changes core, key and periods in small ways, in memory, and says which changes no test notices.
"""

from __future__ import annotations

from importlib.util import find_spec


def main() -> int:
    if find_spec("mutmut") is None:
        print('The package that makes mutants is missing: `make mutants`, or install ".[mutants]".')
        return 2
    from tests.mutants.command import main as asked

    return asked()


if __name__ == "__main__":
    raise SystemExit(main())
