"""The same answers with the oldest versions that pyproject.toml allows, and with the newest.

`python -m tests.same.ends [lowest] [newest]` makes an environment for each end below build/ends,
asks the same there and here, and prints the versions and what differs. It needs a package index.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.same.kept import kept

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "ends"
ENDS = ("lowest", "newest")
REQUIREMENT = re.compile(r"([A-Za-z0-9._-]+)>=([0-9.]+)(,.*)?")


class NoAnswers(RuntimeError):
    """One end cannot be installed, or gives no answers; the message says which and why."""


@dataclass(frozen=True)
class Told:
    """What one environment said."""

    end: str
    versions: Mapping[str, str]
    answers: Mapping[str, str]
    seconds: float  # with its installation


def lowest(requirements: Sequence[str]) -> dict[str, str]:
    """Per package its oldest version that is allowed.

    >>> lowest(["pulp>=3.3.2,<4", "highspy>=1.10,!=1.14.0"])
    {'pulp': '3.3.2', 'highspy': '1.10'}
    """
    found = {}
    for each in requirements:
        match = REQUIREMENT.fullmatch(each)
        if match is None:
            raise ValueError(f"{each!r} names no lower bound: write it as package>=version")
        found[match[1]] = match[2]
    return found


def required() -> list[str]:
    """What an installation with the workbench asks for by itself."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["workbench"]]


def asked_at(end: str, requirements: Sequence[str]) -> Told:
    """Install an end anew and let it answer; 'here' is this environment."""
    began = time.monotonic()
    pins = lowest(requirements)
    if end == "here":
        return _answers(end, Path(sys.executable), list(pins), began)
    exactly = [f"{name}=={version}" for name, version in pins.items()]
    python = _installed(end, exactly if end == "lowest" else requirements)
    return _answers(end, python, list(pins), began)


def _installed(end: str, wanted: Sequence[str]) -> Path:
    """A new environment with these packages, without a word of constraints elsewhere."""
    folder = FOLDER / end
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "--disable-pip-version-check"]
    plain = {name: value for name, value in os.environ.items() if name != "PIP_CONSTRAINT"}
    install = [*pip, "install", "--quiet", "--no-compile", *wanted]
    done = subprocess.run(install, env=plain, capture_output=True, text=True)
    if done.returncode:
        raise NoAnswers(f"The {end} versions cannot be installed:\n{done.stderr[-2000:]}")
    return python


def _answers(end: str, python: Path, names: Sequence[str], began: float) -> Told:
    asked = [str(python), "-W", "ignore", "-m", "tests.same.answers", *names]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    if done.returncode or not done.stdout.startswith("{"):
        said = done.stderr[-2000:] or done.stdout[:500]
        raise NoAnswers(f"The {end} versions do not answer, or a package talks:\n{said}")
    told = json.loads(done.stdout)
    return Told(end, told["versions"], told["answers"], time.monotonic() - began)


def differing(told: Sequence[Told]) -> Iterator[str]:
    """The questions that are not answered alike, and the results that are not the kept ones."""
    first, *others = told
    for other in others:
        for question in first.answers.keys() | other.answers.keys():
            if first.answers.get(question) != other.answers.get(question):
                yield f"{question}: {first.end} and {other.end} differ"
    for name, hashes in kept().items():
        for part in ("numbers", "result"):
            if first.answers.get(f"{name}, {part}") != hashes[part]:
                yield f"{name}, {part}: not what tests/same/hashes.json keeps"


def main(ends: Sequence[str]) -> int:
    if not {*ends} <= {*ENDS}:
        print(f"The ends are: {', '.join(ENDS)}.")
        return 2
    requirements = required()
    try:
        with ThreadPoolExecutor(max_workers=2) as pool:
            told = list(
                pool.map(lambda end: asked_at(end, requirements), ["here", *(ends or ENDS)])
            )
    except NoAnswers as why:
        print(why)
        return 2
    here = told[0]
    print(f"{'':18}" + "".join(f"{each.end:>12}" for each in told))
    for name in here.versions:
        print(f"{name:18}" + "".join(f"{each.versions[name]:>12}" for each in told))
    print(f"{'seconds':18}" + "".join(f"{each.seconds:12.0f}" for each in told))
    different = sorted(set(differing(told)))
    print("\n".join(different) or f"equal: {len(here.answers)} answers")
    return 1 if different else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
