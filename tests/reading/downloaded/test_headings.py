"""A heading is understood when every word of it is, and otherwise not at all."""

from __future__ import annotations

from datetime import date

import pytest

from allocator.reading.downloaded.headings import Holds, area_column, counted_by
from allocator.reading.instances.read import load

STREAMS = {
    name: load(f"nl/{instance}").streams
    for name, instance in (
        ("housing", "housing-2023-h1"),
        ("reception", "reception-2024"),
        ("minors", "minors-2024-3660"),
    )
}
DAYS = {"housing": date(2023, 1, 1), "reception": date(2024, 2, 1), "minors": date(2024, 1, 1)}

UNDERSTOOD = [
    ("housing", "Taakstelling", "permit_holders number"),
    ("housing", "Taakstelling 1e helft 2023", "permit_holders number"),
    ("housing", "Taakstelling 2023-H1", "permit_holders number"),
    ("housing", "Aantal te huisvesten vergunninghouders", "permit_holders number"),
    ("housing", "Taakstelling inclusief achterstand", "permit_holders corrected"),
    ("housing", "Taakstelling incl. achterstand en voorsprong", "permit_holders corrected"),
    ("housing", "Gecorrigeerde taakstelling", "permit_holders corrected"),
    ("housing", "Taakstelling excl. achterstand", "permit_holders number"),
    ("housing", "Aantal", "permit_holders number, any"),
    ("housing", "Taakstelling 2e helft 2023", None),
    ("housing", "Taakstelling 2023", None),
    ("housing", "Taakstelling 2022-H1", None),
    ("housing", "Achterstand", None),
    ("housing", "Gehuisvest", None),
    ("housing", "Inwoners", None),
    ("housing", "Opvangplaatsen", None),
    ("housing", "Taakstelling en achterstand", None),
    ("reception", "Opvangplaatsen", "places number"),
    ("reception", "Totaal", "places number, any"),
    ("reception", "Opvangplaatsen 2024", "places number"),
    ("reception", "waarvan amv", "minors number"),
    ("reception", "AMV's", "minors number"),
    ("reception", "Opvangplaatsen alleenstaande minderjarigen", "minors number"),
    ("reception", "Regulier", "regular number"),
    ("reception", "Aantal", None),
    ("reception", "Plaatsen", None),
    ("reception", "Totaal exclusief amv", None),
    ("reception", "Totaal inclusief amv", None),
    ("reception", "Opvangplaatsen en amv", None),
    ("reception", "amv regulier", None),
    ("reception", "Opvangplaatsen 2025", None),
    ("reception", "Bestaande opvangplaatsen", None),
    ("minors", "AMV-plaatsen", "minors number"),
    ("minors", "Aantal", "minors number, any"),
    ("minors", "Opvangplaatsen", None),
    ("minors", "", None),
]


@pytest.mark.parametrize(("question", "heading", "counts"), UNDERSTOOD)
def test_what_a_column_counts(question: str, heading: str, counts: str | None) -> None:
    found = counted_by(heading, STREAMS[question], DAYS[question])
    told = found and f"{found.stream} {found.quantity}{'' if found.named else ', any'}"
    assert told == counts


@pytest.mark.parametrize(
    ("heading", "held"),
    [
        ("Gemeente", (Holds.NAME, "municipality")),
        ("GEMEENTENAAM", (Holds.NAME, "municipality")),
        ("Gemeente-code", (Holds.CODE, "municipality")),
        ("GM_code", (Holds.CODE, "municipality")),
        ("CBS code gemeente", (Holds.CODE, "municipality")),
        ("Provincie", (Holds.NAME, "province")),
        ("Provinciecode", (Holds.CODE, "province")),
        ("Veiligheidsregio's", (Holds.NAME, "safety_region")),
        ("Regio", (Holds.NAME, "")),
        ("code", (Holds.CODE, "")),
        ("Gemeente Utrecht", None),
        ("Aantal per gemeente", None),
        ("", None),
    ],
)
def test_which_columns_name_areas(heading: str, held: tuple[Holds, str] | None) -> None:
    assert area_column(heading) == held
