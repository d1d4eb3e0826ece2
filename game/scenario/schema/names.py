"""The names a file declares, by kind, each where it was declared first."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

KINDS = (
    "state",
    "attribute",
    "memory",
    "dispute",
    "event",
    "flag",
    "ending",
    "act",
    "agreement kind",
    "pledge kind",
    "office",
    "personality",
    "source",
)
SECTION_OF: Mapping[str, str] = {
    "state": "states", "attribute": "attributes", "memory": "memories", "dispute": "disputes", "event": "events",
    "flag": "flags", "ending": "endings", "act": "acts", "agreement kind": "agreement_kinds",
    "pledge kind": "pledge_kinds", "office": "offices", "personality": "personalities", "source": "sources",
}  # fmt: skip
"""Where each kind of thing is declared."""

ID = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")
# Letters of other alphabets that look like small Latin ones (Unicode Technical Standard 39, confusables).
_LOOKALIKES = str.maketrans("аеорсухіјѕԁһԛԝɡαοικνυρ", "aeopcyxijsdhqwgaoikvup")


@dataclass(frozen=True, slots=True)
class Names:
    """What may be named. A kind that is missing could not be read, and any name of it passes.

    `refused` are keys that can't be ids and were used as such: saying that once is enough.
    """

    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, kind: str, name: str) -> bool:
        """Whether the name is declared, or its section could not be read."""
        found = self.known.get(kind)
        return found is None or name in found or name in self.refused.get(kind, ())

    def of(self, kind: str) -> Iterable[str]:
        """Every name of a kind."""
        return self.known.get(kind, frozenset())

    def surely(self, kind: str, name: str) -> bool:
        """Whether the name is declared."""
        return name in self.known.get(kind, ()) or name in self.refused.get(kind, ())


ANY = Names()


def repaired(name: str) -> str:
    """The id nearest to a key that can't be one: small Latin letters without accents; empty where nothing is left."""
    plain = unicodedata.normalize("NFKD", name[:60].lower().translate(_LOOKALIKES))
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    found = _NOT_IN_ID.sub("_", letters).strip("_").lstrip("0123456789_")[:40]
    return found if ID.match(found) else ""


def lookalike(name: str) -> str | None:
    """The first letter of another alphabet in a name that is otherwise Latin and looks like an id."""
    if not ID.match(name.lower().translate(_LOOKALIKES)):
        return None
    return next((each for each in name.lower() if not each.isascii()), None)
