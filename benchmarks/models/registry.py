"""Every model by its name: a size, so many streams, perhaps under limits."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.models.limited import limited
from benchmarks.models.model import Model
from benchmarks.models.sizes import SIZES, sized

STREAMS = (1, 2, 4)
LIMITED_STREAMS = (2,)
LIMITS = 100


def _plain(size: str, streams: int) -> Callable[[], Model]:
    return lambda: sized(size, streams)


def _limited(size: str, streams: int) -> Callable[[], Model]:
    return lambda: limited(sized(size, streams), LIMITS)


MODELS: dict[str, Callable[[], Model]] = {
    f"{size} × {streams}": _plain(size, streams) for size in SIZES for streams in STREAMS
} | {
    f"{size} × {streams} under {LIMITS} limits": _limited(size, streams)
    for size in SIZES
    for streams in LIMITED_STREAMS
}


def model(name: str) -> Model:
    return MODELS[name]()
