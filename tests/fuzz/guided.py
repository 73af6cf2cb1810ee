"""`python -m tests.fuzz.guided yaml --seconds 300`: inputs that atheris guides to new branches.

Most are drawn as in counted runs, with choices taken from its bytes; some are these bytes as they
are. What it found interesting is kept in build/fuzz, to go on from the next time.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

import atheris

#: Of which packages it looks at the branches that are taken.
LOOKED_AT = ["allocator", "openpyxl", "yaml"]
CORPUS = Path(__file__).parents[2] / "build" / "fuzz" / "corpus"
MOST_BYTES = 4_096


class Choices(Random):
    """A source of random choices that are really those of bytes; after these they go round.

    Were they all the first one then, who draws until there is another would draw for ever.
    """

    def __init__(self, content: bytes) -> None:
        super().__init__(0)
        self._bytes = atheris.FuzzedDataProvider(content)
        self._after = 0

    def _randbelow(self, n: int) -> int:
        if not self._bytes.remaining_bytes():
            self._after += 1
            return self._after % n
        return int(self._bytes.ConsumeIntInRange(0, n - 1))

    def random(self) -> float:
        return int(self._bytes.ConsumeIntInRange(0, 2**32 - 1)) / 2**32

    def getrandbits(self, k: int, /) -> int:
        return int.from_bytes(self.randbytes((k + 7) // 8), "big") >> (-k % 8)

    def randbytes(self, n: int) -> bytes:
        content = bytes(self._bytes.ConsumeBytes(n))
        return content + b"\0" * (n - len(content))


def target(name: str) -> Callable[[bytes], None]:
    """What tries one input of a reader; the branches of what it imports are looked at."""
    with atheris.instrument_imports(include=LOOKED_AT):
        from tests.fuzz.every import every
        from tests.fuzz.kept import keep
        from tests.fuzz.watch import Failure, watched

        reader = every()[name]
        good = reader.draw(Random(0))

    def try_one(content: bytes) -> None:
        if content[:1] >= b"\xc0":  # a quarter of them as they are, in the place of a whole file
            files: Any = {**good, next(iter(good)): content[1:]}
        else:
            files = reader.draw(Choices(content[1:]))
        try:
            watched(lambda: reader.read(files))
        except Failure as failure:
            print(keep(reader, 0, crc32(content), files, failure), flush=True)
            raise

    return try_one


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.guided")
    parser.add_argument("reader", help="as `python -m tests.fuzz --list` names it")
    parser.add_argument("--seconds", type=int, default=60)
    asked = parser.parse_args(words)
    corpus = CORPUS / asked.reader
    corpus.mkdir(parents=True, exist_ok=True)
    flags = {
        "max_total_time": asked.seconds,
        "max_len": MOST_BYTES,
        "len_control": 0,
        "timeout": 0,  # the watch has its own
        "rss_limit_mb": 2_000,
        "print_final_stats": 1,
        "artifact_prefix": f"{corpus.parent}/",
    }
    given = [sys.argv[0], *(f"-{name}={value}" for name, value in flags.items()), str(corpus)]
    atheris.Setup(given, target(asked.reader))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
