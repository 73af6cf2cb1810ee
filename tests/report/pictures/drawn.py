"""Reads back what was drawn."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from allocator.report.pictures.svg import SMALL, Picture

SVG = "{http://www.w3.org/2000/svg}"


def tree(picture: Picture) -> ElementTree.Element:
    return ElementTree.fromstring(picture.svg)


def shapes(picture: Picture, kind: str) -> dict[str, ElementTree.Element]:
    """Per code the shape of this kind that stands for it."""
    return {each.attrib["data-code"]: each for each in _coded(picture, kind)}


def _coded(picture: Picture, kind: str) -> Iterator[ElementTree.Element]:
    return (each for each in tree(picture).iter(SVG + kind) if "data-code" in each.attrib)


def texts(picture: Picture) -> list[str]:
    """Every line of text that is seen."""
    return ["".join(each.itertext()) for each in tree(picture).iter(SVG + "text")]


def check_form(picture: Picture) -> None:
    """What every picture keeps to: it is said in words, scales, has no script and no tiny text."""
    root = tree(picture)
    assert root.attrib["role"] == "img"
    assert root.attrib["viewBox"].startswith("0 0 720 ")
    assert "width" not in root.attrib
    ids = {each.attrib["id"]: each for each in root.iter() if "id" in each.attrib}
    assert ids[root.attrib["aria-labelledby"]].text == picture.title
    assert ids[root.attrib["aria-describedby"]].text == picture.said
    assert not list(root.iter(SVG + "script")) + list(root.iter(SVG + "style"))
    assert "http" not in picture.svg.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert all(float(each.attrib["font-size"]) >= SMALL for each in root.iter(SVG + "text"))
