"""A small share of the comparisons with packages of others.

The module `second_opinion` runs by itself with larger counts, which docs/evidence.md writes down.
"""

from __future__ import annotations

from tests.core.textbook import second_opinion


def test_apportionment() -> None:
    assert second_opinion.apportionment(300, 1)["same: a tie"] > 10


def test_votelib() -> None:
    assert second_opinion.votelib(300, 1)["same tie"] > 10


def test_votelib_tables() -> None:
    assert second_opinion.votelib_tables(30, 1)["same table"] > 20


def test_one_level() -> None:
    assert second_opinion.one_level(300, 1)["same tie"] > 10
