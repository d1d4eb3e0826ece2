"""Conditions as values: what a scenario may ask of a world.

A condition is a small tree of the nodes below, made by `game.scenario.build.conditions` from one line of text, and
turned into numbers by `game.kernel.programs`. Names stay names; the two reserved names `actor` and `target` stand for
whatever states are in these roles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

ACTOR = "actor"
TARGET = "target"

RIVALRY = 20.0
"""Whoever regards a state at least this far below 0 is a rival of it, as far above a friend."""

Comparator = Literal["<", "<=", ">", ">=", "==", "!="]
Selector = Literal["rivals", "friends", "neighbours", "others"]


@dataclass(frozen=True, slots=True)
class Number:
    """A constant."""

    value: float


@dataclass(frozen=True, slots=True)
class Relation:
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
    """`turn`: the turn that is open, from 1; between turns, how many have been played."""


@dataclass(frozen=True, slots=True)
class Trust:
    """`trust(a -> b)`: how far a takes b at its word, 0 to 1."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Rung:
    """`rung(dispute)`: the higher of the rungs its two sides stand on, 0 to 6; -1 where there is no crisis."""

    dispute: str


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`suspicion(a -> b)`: what a takes off its regard of b for whom it suspects on b's soil."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Depth:
    """`depth(a <-> b)`: how much two states really share, 0 to 100, whatever they declare."""

    first: str
    second: str


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
class Those:
    """The rivals, friends or neighbours of a state, or all `others` but the states that are named `besides`."""

    selector: Selector
    name: str = ""
    besides: tuple[str, ...] = ()


Party = str | Those


@dataclass(frozen=True, slots=True)
class Did:
    """`did(a -> b: act)`: the act was done this turn or the last, secretly or not."""

    first: Party
    second: Party
    act: str


@dataclass(frozen=True, slots=True)
class Pledge:
    """`pledge(a -> b)`: a has given b a pledge that is in force; or one of a kind: `pledge(a -> b: kind)`."""

    first: str
    second: str
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Rumour:
    """`rumour(a <-> b)`: it is rumoured that the two keep something secret."""

    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Suspended:
    """`suspended(a <-> b: kind)`: an agreement of the kind is signed, and suspended."""

    first: str
    second: str
    kind: str


@dataclass(frozen=True, slots=True)
class Holds:
    """`holds(a: dispute)`: the state holds the territory."""

    state: str
    dispute: str


@dataclass(frozen=True, slots=True)
class Recognises:
    """`recognises(a -> b: dispute)`: a takes b's side."""

    first: str
    second: str
    dispute: str


@dataclass(frozen=True, slots=True)
class Crisis:
    """`crisis(dispute)`: its sides stand on the ladder of crisis."""

    dispute: str


@dataclass(frozen=True, slots=True)
class AtWar:
    """`at_war(a)`: the state is at war, and its game is over."""

    state: str


@dataclass(frozen=True, slots=True)
class Group:
    """All, any or none of several conditions."""

    mode: Literal["all", "any", "none"]
    members: tuple[Condition, ...]


Term = Number | Relation | Attribute | Tension | Turn | Trust | Rung | Suspicion | Depth | Arithmetic
Happening = Happened | Ended | Flag
Bond = Pact | Border | Pledge | Rumour | Suspended
Standing = Holds | Recognises | Crisis | AtWar
Condition = Comparison | Happening | Bond | Standing | Did | Group


def names_others(node: Any) -> bool:
    """Whether a condition or term names anybody but the two in the roles."""
    match node:
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return names_others(left) or names_others(right)
        case Group(_, members):
            return any(names_others(member) for member in members)
    parties = [getattr(node, key) for key in ("first", "second", "owner", "state") if hasattr(node, key)]
    return any(party not in (ACTOR, TARGET) for party in parties)


def attributes_in(term: Term) -> tuple[str, ...]:
    """The attributes that a term names, whoever has them."""
    if isinstance(term, Arithmetic):
        return (*attributes_in(term.left), *attributes_in(term.right))
    return (term.name,) if isinstance(term, Attribute) else ()


def renamed(node: Any, names: Mapping[str, str]) -> Any:
    """The same tree with states or roles called by other names."""
    match node:
        case Arithmetic(operator, left, right):
            return Arithmetic(operator, renamed(left, names), renamed(right, names))
        case Comparison(comparator, left, right):
            return Comparison(comparator, renamed(left, names), renamed(right, names))
        case Group(mode, members):
            return Group(mode, tuple(renamed(member, names) for member in members))
        case Those(selector, name, besides):
            return Those(selector, names.get(name, name), tuple(names.get(each, each) for each in besides))
        case str():
            return names.get(node, node)
    parties = [key for key in ("first", "second", "owner", "state") if hasattr(node, key)]
    return replace(node, **{key: renamed(getattr(node, key), names) for key in parties}) if parties else node


def text(node: Condition | Term, roles: tuple[str, str] = (ACTOR, TARGET)) -> str:
    """A condition or term as an author would write it, the two roles by these names."""
    return _written(renamed(node, dict(zip((ACTOR, TARGET), roles, strict=True))))


def _written(node: Condition | Term) -> str:
    match node:
        case Number(constant):
            return f"{constant:g}"
        case Relation(first, second):
            return f"{first} -> {second}"
        case Attribute(owner, name):
            return f"{owner}.{name}"
        case Tension(dispute):
            return f"{dispute}.tension"
        case Turn():
            return "turn"
        case Arithmetic(operator, left, right) | Comparison(operator, left, right):
            return f"{_written(left)} {operator} {_written(right)}"
        case Group(mode, members):
            joined = {"all": " and ", "any": " or ", "none": " nor "}[mode].join(map(_written, members))
            return f"neither {joined}" if mode == "none" else joined
        case _:
            return f"{WORDS[type(node)]}({_asked(node)})"


def _asked(node: Condition | Term) -> str:
    """What stands in the brackets of a test or measure, as an author would write it."""
    match node:
        case Pact(first, second, None) | Border(first, second) | Rumour(first, second) | Depth(first, second):
            return f"{first} <-> {second}"
        case Pact(first, second, kind) | Suspended(first, second, kind):
            return f"{first} <-> {second}: {kind}"
        case Pledge(first, second, None) | Trust(first, second) | Suspicion(first, second):
            return f"{first} -> {second}"
        case Pledge(first, second, of) | Recognises(first, second, of):
            return f"{first} -> {second}: {of}"
        case Did(first, second, act):
            return f"{_called(first)} -> {_called(second)}: {act}"
        case Holds(state, dispute):
            return f"{state}: {dispute}"
        case Happened(name) | Ended(name) | Flag(name) | Crisis(name) | Rung(name) | AtWar(name):
            return name
        case _:
            raise TypeError(f"{node!r} is not written with brackets")


def _called(party: Party) -> str:
    if isinstance(party, str):
        return party
    return "others" if party.selector == "others" else f"{party.selector} of {party.name}"


TESTS: Mapping[str, type[Condition]] = {
    "happened": Happened,
    "pact": Pact,
    "border": Border,
    "ended": Ended,
    "flag": Flag,
    "did": Did,
    "pledge": Pledge,
    "rumour": Rumour,
    "suspended": Suspended,
    "holds": Holds,
    "recognises": Recognises,
    "crisis": Crisis,
    "at_war": AtWar,
}
"""What is asked with brackets and is true or false."""

MEASURES: Mapping[str, type[Term]] = {"trust": Trust, "rung": Rung, "suspicion": Suspicion, "depth": Depth}
"""What is asked with brackets and is a number."""

WORDS: Mapping[type[Any], str] = {kind: word for words in (TESTS, MEASURES) for word, kind in words.items()}
