"""Which instances there are, and the folder of one that is asked for by name or by path."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from allocator.model.problem import InputError, Place, Problem
from allocator.reading.formats.files import is_file, is_folder
from allocator.reading.library import instances_folder
from allocator.words.nearest import perhaps
from allocator.words.text import Text, text


def instance_names() -> list[str]:
    """The instances that come with the program."""
    folder = instances_folder()
    return sorted(
        path.parent.relative_to(folder).as_posix() for path in folder.glob("*/*/instance.yaml")
    )


def folder_of(asked: str | Path) -> Path:
    """The folder of an instance that is asked for by name or by path."""
    shelved = instances_folder() / asked
    if str(asked) in instance_names():
        return shelved
    path = Path(asked)
    if str(asked) and path.name == "instance.yaml" and is_file(path):
        return path.parent
    if str(asked) and is_folder(path):
        if not is_file(path / "instance.yaml"):
            raise InputError(
                Problem(
                    Place(str(asked)),
                    text("There is no instance.yaml in this folder."),
                    text("Give the folder of one instance."),
                )
            )
        return path
    raise InputError(Problem(Place(""), *no_instance(str(asked), most=3, alike=0.5)))


def no_instance(name: str, *, most: int, alike: float) -> tuple[Text, Text]:
    """That there is none of a name, with the nearest names that there are."""
    near = get_close_matches(name, instance_names(), most, alike)
    return (
        text("There is no instance {name}.", name=f"'{name}'"),
        perhaps(
            near, text("`allocator list` shows the instances; a folder of your own works too.")
        ),
    )
