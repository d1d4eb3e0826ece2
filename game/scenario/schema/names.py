"""The names a file declares, by kind, each where it was declared first."""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Names:
    """What may be named. A kind that is missing could not be read, and any name of it passes."""

    known: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def has(self, kind: str, name: str) -> bool:
        """Whether the name is declared, or its section could not be read."""
        found = self.known.get(kind)
        return found is None or name in found

    def of(self, kind: str) -> Iterable[str]:
        """Every name of a kind."""
        return self.known.get(kind, frozenset())

    def surely(self, kind: str, name: str) -> bool:
        """Whether the name is declared."""
        return name in self.known.get(kind, ())


ANY = Names()
