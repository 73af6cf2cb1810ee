"""Every reader of files that there is, and of what is typed."""

from __future__ import annotations

from tests.fuzz.reader import Reader
from tests.fuzz.readers.balances import READERS as BALANCES
from tests.fuzz.readers.borders import READERS as BORDERS
from tests.fuzz.readers.brought import READERS as BROUGHT
from tests.fuzz.readers.commands import READERS as COMMANDS
from tests.fuzz.readers.formats import READERS as FORMATS
from tests.fuzz.readers.instances import READERS as INSTANCES
from tests.fuzz.readers.plans import READERS as PLANS
from tests.fuzz.readers.published import READERS as PUBLISHED
from tests.fuzz.readers.results import READERS as RESULTS
from tests.fuzz.readers.shelf import READERS as SHELF
from tests.fuzz.readers.typed import READERS as TYPED

READERS: tuple[Reader, ...] = (
    *FORMATS,
    *TYPED,
    *SHELF,
    *INSTANCES,
    *BALANCES,
    *PLANS,
    *PUBLISHED,
    *BORDERS,
    *RESULTS,
    *BROUGHT,
    *COMMANDS,
)
