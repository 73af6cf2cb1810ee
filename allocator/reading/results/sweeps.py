"""Keeps the finished parts of a sweep in a folder, so that it can go on after a stop.

Beside the parts, plain arrays of whole numbers, lies what the sweep asked. A folder of another
question is refused, with what differs.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.files import read_bytes
from allocator.reading.formats.json_file import read_json
from allocator.reading.formats.reasons import mend_of, reason_of
from allocator.reading.formats.writing import (
    fill,
    is_part,
    take_away_parts,
    whole_folder,
    write_whole,
)
from allocator.words.text import Text, series, text

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FORMAT = "allocator-sweep-parts/1"
_LARGEST = 10**6  # bytes of question.json
_LARGEST_PART = 10**9

_ASKED = {
    "instance": text("the instance"),
    "rule": text("the rule"),
    "totals": text("the totals"),
    "areas": text("the areas"),
    "keys of the rule": text("the keys of the rule"),
    "limits": text("the limits"),
    "rounding": text("the rounding"),
    "what areas keep": text("what areas keep"),
    "weights": text("the formulas"),
    "design": text("the weights and totals that are tried"),
}


@dataclass(frozen=True)
class SweepFolder:
    """The folder of one sweep."""

    path: Path

    @classmethod
    def opened(cls, path: Path, question: Mapping[str, str]) -> SweepFolder:
        """The folder, made where there is none, if it is of this question."""
        said = path / "question.json"
        if said.is_file():
            _refuse_other(said, question)
            take_away_parts(path)
            return cls(path)
        if path.exists() and (not path.is_dir() or not all(map(is_part, path.iterdir()))):
            raise _refused(
                path,
                text("This is no folder in which a sweep was kept."),
                text("Name a new folder, or one that is empty."),
            )
        document = {"format": FORMAT, "question": dict(question)}
        content = (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
        if path.is_dir():
            take_away_parts(path)
            write_whole({said: content})
            return cls(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _refused(
                path,
                text("The folder cannot be made: {reason}.", reason=reason_of(error)),
                mend_of(error) or text("Choose a place that you may write to."),
            ) from error
        with whole_folder(path) as made:
            fill(made, {said.name: content})
        return cls(path)

    def of(self, part: range) -> NDArray[Any] | None:
        """What was found for a part before; nothing where its file is not what it was."""
        import numpy as np  # late, so that reading anything else stays quick

        file = self._file(part)
        if not file.is_file():
            return None
        content = read_bytes(file, _LARGEST_PART)
        try:
            with catch_warnings():
                simplefilter("ignore")  # of headings as other programs wrote them
                found = np.load(io.BytesIO(content), allow_pickle=False)
        except Exception:  # numpy stumbles in many ways over a damaged heading
            return None
        plain = isinstance(found, np.ndarray) and found.dtype.kind == "u" and found.ndim == 3
        return found if plain and found.shape[2] == len(part) else None

    def keep(self, part: range, numbers: NDArray[np.int64]) -> None:
        """Write what was found for a part, in as few bytes for each number as will do."""
        import numpy as np

        small = numbers.astype(np.min_scalar_type(int(numbers.max())))
        written = io.BytesIO()
        np.save(written, small, allow_pickle=False)
        write_whole({self._file(part): written.getvalue()})

    @property
    def parts(self) -> int:
        """How many parts are kept."""
        return sum(1 for _ in self.path.glob("*.npy"))

    def _file(self, part: range) -> Path:
        """By the first and the last key, counted from 1."""
        return self.path / f"{part.start + 1:07}-{part.stop:07}.npy"


def _refuse_other(said: Path, question: Mapping[str, str]) -> None:
    data = read_json(said, _LARGEST).data
    kept = data.get("question") if isinstance(data, dict) else None
    if not isinstance(kept, dict) or data.get("format") != FORMAT:
        raise _refused(
            said,
            text("This does not say what a sweep asked."),
            text("Name a new folder, or one that is empty."),
        )
    other = [name for name in {**question, **kept} if question.get(name) != kept.get(name)]
    if other:
        raise _refused(
            said.parent,
            text(
                "The sweep in this folder asked something else; what differs: {parts}.",
                parts=series([_named(name) for name in other]),
            ),
            text("Ask the same again, or name a new folder."),
        )


def _named(part: str) -> Text:
    figures = part.removeprefix("figures of ")
    if figures != part:
        return text("the figures of {name}", name=figures)
    return _ASKED.get(part) or text("{part}", part=part)


def _refused(path: Path, found: Text, mend: Text) -> InputError:
    return InputError(Problem(Place(str(path)), found, mend))
