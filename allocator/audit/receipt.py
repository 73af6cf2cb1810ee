"""A run that was done again, beside the receipt of the first one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from allocator.model.receipt import Form, Receipt

#: An area's code and a stream.
Cell = tuple[str, str]


@dataclass(frozen=True)
class Replay:
    """What was written then, what the run gives now, and what lies beside the receipt."""

    then: Receipt
    now: Receipt
    beside: Mapping[str, str]  # the SHA-256 of those of the files that are there
    numbers: Mapping[Cell, tuple[int | None, int | None]]  # those that differ, then and now

    @property
    def same(self) -> bool:
        """Whether the result is what the receipt says, and no file that holds it is another."""
        return self.same_result and self.same_label and not self.changed and not self.others

    @property
    def same_result(self) -> bool:
        return self.then.hash == self.now.hash

    @property
    def same_label(self) -> bool:
        """Whether the receipt names the instance and the rule that were used."""
        return (self.then.name, self.then.rule) == (self.now.name, self.now.rule)

    @property
    def parts(self) -> tuple[str, ...]:
        """The entries of the canonical result that are not the same."""
        then, now = self.then.parts, self.now.parts
        names = dict.fromkeys((*now, *then))
        return tuple(name for name in names if then.get(name) != now.get(name))

    @property
    def versions(self) -> Mapping[str, tuple[str, str]]:
        """The versions that are not the same, then and now; "" where there is none."""
        then, now = self.then.versions, self.now.versions
        pairs = {n: (then.get(n, ""), now.get(n, "")) for n in dict.fromkeys((*now, *then))}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def changed(self) -> tuple[str, ...]:
        """The files beside the receipt that are not what was written."""
        written = self.then.written.files
        return tuple(name for name, digest in self.beside.items() if digest != written[name])

    @property
    def absent(self) -> tuple[str, ...]:
        return tuple(name for name in self.then.written.files if name not in self.beside)

    @property
    def others(self) -> tuple[str, ...]:
        """The files that the same result gives otherwise, where no version explains that."""
        return self._rewritten(words=False)

    @property
    def reworded(self) -> tuple[str, ...]:
        """The tables and notes for which another version of the program may have other words."""
        return self._rewritten(words=True)

    def _rewritten(self, words: bool) -> tuple[str, ...]:
        if not self.same_result:
            return ()
        then, now = self.then.written.files, self.now.written.files
        form, first = self.then.written.form, next(iter(then))
        read = form.in_words
        newer = "allocator" in self.versions
        newer |= form is Form.XLSX and "xlsxwriter" in self.versions
        excused = {name: newer and (read or name != first) for name in then}
        return tuple(n for n in then if then[n] != now.get(n) and excused[n] is words)
