"""What readers call the levels of areas."""

from __future__ import annotations

from allocator.words.text import Text, Value, text

LEVELS: dict[str, tuple[Text, Text]] = {
    "country": (text("country"), text("countries")),
    "province": (text("province"), text("provinces")),
    "safety_region": (text("safety region"), text("safety regions")),
    "corop_region": (text("COROP region"), text("COROP regions")),
    "labour_market_region": (text("labour market region"), text("labour market regions")),
    "land": (text("Land"), text("Länder")),
    "district": (text("district"), text("districts")),
    "union": (text("union"), text("unions")),
    "state": (text("member state"), text("member states")),
    "region": (text("region"), text("regions")),
    "named_region": (text("region"), text("regions")),
    "authority": (text("authority"), text("authorities")),
    "municipality": (text("municipality"), text("municipalities")),
}


def level_name(level: str, number: int = 1) -> Value:
    """What readers call a level; a level of the user's own keeps the name it has in the file."""
    one, many = LEVELS.get(level, (level, level))
    return one if number == 1 else many
