"""`allocator map`: an instance's numbers, or what they differ from another's, on a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from allocator.cli.shared import completing
from allocator.cli.shared.options import another_key, another_rounding, another_rule
from allocator.cli.shared.output import give_out
from allocator.cli.shared.speaking import speaking

if TYPE_CHECKING:
    from allocator.model.areas import Area
    from allocator.model.distribution import Distribution
    from allocator.model.geography import Borders, Layout
    from allocator.model.indicator import Indicator
    from allocator.model.instance import Instance


@click.command("map")
@click.argument("instance", shell_complete=completing.instances)
@click.option("--stream", metavar="STREAM", help="What is drawn; default: the rule's first.")
@click.option(
    "--inside",
    shell_complete=completing.areas,
    metavar="AREA",
    help="Only a province or region, with the name of each area in it.",
)
@click.option(
    "--geometry",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Borders as GeoJSON, drawn instead of circles.",
)
@click.option(
    "--beside",
    shell_complete=completing.instances,
    metavar="INSTANCE",
    help="Draw the differences from this instance.",
)
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file, as map.svg."
)
@another_rule
@another_key
@another_rounding
@speaking
def command(
    instance: str,
    stream: str | None,
    inside: str | None,
    geometry: Path | None,
    beside: str | None,
    out: Path | None,
    lang: str,
    **question: Any,
) -> None:
    """Draw the numbers of INSTANCE on a map, as SVG.

    A circle per area: its size is the number, its shade the number per 1,000 inhabitants.
    """
    from allocator.asking.question import answered
    from allocator.report.pictures.maps.of import difference_map, map_of

    _refuse_other_endings(out)
    found = answered(instance, **question)
    drawn = _stream(stream, found.instance)
    area = _area(inside, found.instance)
    where = _where(geometry, found.instance)
    per = _inhabitants(instance, found.instance)
    if beside is None:
        made = map_of(found, drawn, lang, where, area, per)
    else:
        made = difference_map(_other(beside, drawn, found), found, drawn, lang, where, area, per)
    give_out(made.svg, out, lang)


def _refuse_other_endings(out: Path | None) -> None:
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.text import text

    if out is not None and out.suffix.lower() != ".svg":
        raise InputError(
            Problem(
                Place("--out"),
                text("A map is written as SVG, and {path} is named otherwise.", path=f"'{out}'"),
                text("Give it a name that ends in .svg."),
            )
        )


def _stream(asked: str | None, instance: Instance) -> str:
    """What is drawn: what was typed, or the first that the rule divides."""
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.text import either, text

    names = instance.streams.names
    if asked is None or asked in names:
        return asked or names[0]
    raise InputError(
        Problem(
            Place("--stream"),
            text("{instance} distributes no {name}.", instance=instance.name, name=f"'{asked}'"),
            text("Type {names}.", names=either(list(names))),
        )
    )


def _area(asked: str | None, instance: Instance) -> Area | None:
    """The larger area that is drawn: of a name that a city has as well, not the city."""
    from allocator.asking.names import larger_named
    from allocator.model.problem import InputError, Place, Problem
    from allocator.words.levels import level_name
    from allocator.words.text import text

    if asked is None:
        return None
    if found := larger_named(asked, instance):
        return found
    raise InputError(
        Problem(
            Place("--inside"),
            text(
                "{name} is a {level}, and a map shows those inside a larger area.",
                name=f"'{asked}'",
                level=level_name(instance.division.leaf_level),
            ),
            text("Name a province or another larger area."),
        )
    )


def _where(geometry: Path | None, instance: Instance) -> Layout | Borders:
    """The borders that were brought, or else the places that are kept here."""
    from allocator.reading.country.cartogram import layout_of
    from allocator.reading.country.geometry import read_borders_of

    if geometry is None:
        return layout_of(instance.country, instance.division)
    return read_borders_of(geometry, instance.country, instance.division)


def _inhabitants(asked: str, instance: Instance) -> Indicator | None:
    """The inhabitants of the areas, from the shared tables where the instance has none."""
    from allocator.model.problem import InputError, Place
    from allocator.model.streams import KeyText
    from allocator.reading.instances.read import load
    from allocator.report.pictures.maps.of import INHABITANTS

    if INHABITANTS in instance.indicators:
        return instance.indicators[INHABITANTS]
    try:
        key = KeyText(INHABITANTS, Place("--geometry"))
        return load(asked, None, {}, (key,)).indicators[INHABITANTS]
    except InputError:
        return None  # the map then says that its shades are the numbers themselves


def _other(name: str, stream: str, found: Distribution) -> Distribution:
    """The table beside which the numbers are held: of the same stream over the same areas."""
    from allocator.core.distribute import distribute
    from allocator.model.problem import InputError, Place, Problem
    from allocator.reading.instances.read import load
    from allocator.words.text import series, text

    other = load(name)
    own, its = ({leaf.code for leaf in each.division.leaves} for each in (found.instance, other))
    if stream not in other.streams.names:
        raise InputError(
            Problem(
                Place("--beside"),
                text("{instance} distributes no {name}.", instance=name, name=f"'{stream}'"),
                text("Name an instance that distributes the same."),
            )
        )
    if own != its:
        raise InputError(
            Problem(
                Place("--beside"),
                text(
                    "{name} has other areas: only one of the two has {codes}.",
                    name=name,
                    codes=series(sorted(own ^ its)),
                ),
                text("Name an instance of the same map, or compare the two with --with."),
            )
        )
    return distribute(other)
