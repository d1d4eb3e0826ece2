"""Conditions in plain English, for those who play: the way back from the language in which scenarios state them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from game.kernel import conditions


@dataclass(frozen=True, slots=True)
class Titles:
    """What readers call things; an id without a title is shown with spaces."""

    titles: Mapping[str, str] = field(default_factory=dict)

    def of(self, name: str, kind: str = "") -> str:
        """The title of an id; `act` and `pledge` tell an id apart that stands for other things too."""
        return self.titles.get(f"{kind} {name}") or self.titles.get(name) or name.replace("_", " ")


_COMPARED = {
    "<": "is below",
    "<=": "is at most",
    ">": "is above",
    ">=": "is at least",
    "==": "is",
    "!=": "is not",
}


def sentence(node: conditions.Condition, names: Mapping[str, str] | None = None) -> str:
    """A condition in plain English; `names` are titles by id."""
    return _said(node, Titles(names or {}))


def _said(node: conditions.Condition, titles: Titles) -> str:
    match node:
        case conditions.Comparison(operator, left, right):
            return f"{_amount(left, titles)} {_COMPARED[operator]} {_amount(right, titles)}"
        case conditions.Happened(event):
            return f"{titles.of(event)} has happened"
        case conditions.Ended(ending):
            return f"the run has ended in {titles.of(ending)}"
        case conditions.Flag(name):
            return f"{titles.of(name)} is up"
        case conditions.Did(first, second, act):
            return f"{_party(first, titles)} has just done this to {_party(second, titles)}: {titles.of(act, 'act')}"
        case conditions.Group(mode, members):
            parts = [_said(each, titles) for each in members]
            if mode == "none":
                return "it is not so that " + " or ".join(parts)
            return (" and " if mode == "all" else " or ").join(parts)
        case conditions.Holds() | conditions.Recognises() | conditions.Crisis() | conditions.AtWar():
            return _stands(node, titles)
        case _:
            return _bound(node, titles)


def _bound(node: conditions.Bond, titles: Titles) -> str:
    first, second = titles.of(node.first), titles.of(node.second)
    match node:
        case conditions.Pact(_, _, kind):
            return f"{f'{titles.of(kind)} is' if kind else 'an agreement is'} in force between {first} and {second}"
        case conditions.Border():
            return f"{first} and {second} are neighbours"
        case conditions.Pledge(_, _, kind):
            return f"{first} has pledged {titles.of(kind, 'pledge') if kind else 'its word'} to {second}"
        case conditions.Rumour():
            return f"there is a rumour about {first} and {second}"
        case conditions.Suspended(_, _, kind):
            return f"{titles.of(kind)} between {first} and {second} is suspended"


def _stands(node: conditions.Standing, titles: Titles) -> str:
    match node:
        case conditions.Holds(state, dispute):
            return f"{titles.of(state)} holds {titles.of(dispute)}"
        case conditions.Recognises(first, second, dispute):
            return f"{titles.of(first)} takes {titles.of(second)}'s side over {titles.of(dispute)}"
        case conditions.Crisis(dispute):
            return f"there is a crisis over {titles.of(dispute)}"
        case conditions.AtWar(state):
            return f"{titles.of(state)} is at war"


def _party(party: conditions.Party, titles: Titles) -> str:
    if isinstance(party, str):
        return titles.of(party)
    if party.selector == "others":
        return "another state"
    return f"a {party.selector.removesuffix('s')} of {titles.of(party.name)}"


def _amount(term: conditions.Term, titles: Titles) -> str:
    match term:
        case conditions.Number(value):
            return f"{value:g}"
        case conditions.Relation(first, second):
            return f"{titles.of(first)}'s regard for {titles.of(second)}"
        case conditions.Attribute(owner, name):
            return f"{titles.of(owner)}'s {titles.of(name)}"
        case conditions.Tension(dispute):
            return f"tension over {titles.of(dispute)}"
        case conditions.Turn():
            return "the turn"
        case conditions.Trust(first, second):
            return f"{titles.of(first)}'s trust in {titles.of(second)}"
        case conditions.Suspicion(first, second):
            return f"{titles.of(first)}'s suspicion of {titles.of(second)}"
        case conditions.Depth(first, second):
            return f"the depth of what {titles.of(first)} and {titles.of(second)} share"
        case conditions.Rung(dispute):
            return f"the rung of the crisis over {titles.of(dispute)}"
        case conditions.Arithmetic(operator, left, right):
            signs = {"+": "plus", "-": "minus", "*": "times", "/": "divided by"}
            return f"{_amount(left, titles)} {signs[operator]} {_amount(right, titles)}"
