"""Conditions as values: what a scenario may ask of a world, evaluated for all replicas at once.

A condition is a small tree of the nodes below, made by `game.scenario.conditions` from one line of text. Names stay
names; the two reserved names `actor` and `target` stand for every state in that role, so that one tree answers for
all pairs of states together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ACTOR = "actor"
TARGET = "target"

Comparator = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Regard:
    """`first -> second`: how one state regards another, -100 to 100."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """`owner.name`: an attribute of a state."""

    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Tension:
    """`dispute.tension`: 0 calm to 100 force."""

    dispute: str


@dataclass(frozen=True, slots=True)
class Turn:
    """`turn`: how many turns have been played."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """The sum, difference, product or quotient of two terms; a quotient by zero is zero."""

    operator: Literal["+", "-", "*", "/"]
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two terms compared, both rounded to 0.01."""

    operator: Comparator
    left: Term
    right: Term


@dataclass(frozen=True, slots=True)
class Happened:
    """`happened(event)`: the event has fired at least once."""

    event: str


@dataclass(frozen=True, slots=True)
class Pact:
    """`pact(a <-> b)`: any agreement in force between two states, or one of a kind: `pact(a <-> b: kind)`."""

    first: str
    second: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Border:
    """`border(a <-> b)`: the two are neighbours."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Ended:
    """`ended(ending)`: the run has come to that ending."""

    ending: str


@dataclass(frozen=True, slots=True)
class Flag:
    """`flag(name)`: the flag is up."""

    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """All, any or none of several conditions."""

    mode: Literal["all", "any", "none"]
    members: tuple[Condition, ...]


Term = Number | Regard | Attribute | Tension | Turn | Arithmetic
Condition = Comparison | Happened | Pact | Border | Ended | Flag | Group
