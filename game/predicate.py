"""Conditions as values: what a scenario may ask of a world, evaluated for all replicas at once.

A condition is a small tree of the nodes below, made by `game.scenario.conditions` from one line of text. Names stay
names; the two reserved names `actor` and `target` stand for every state in that role, so that one tree answers for
all pairs of states together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from game.declare import Booleans, Floats
from game.numerics import hundredths

if TYPE_CHECKING:
    from game.world import Board, World

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
    """`turn`: the turn that is open, from 1; between turns, how many have been played."""


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


@dataclass(frozen=True, slots=True)
class Sight:
    """What a condition looks at: a world with its relations `[R, N, N]`."""

    board: Board
    world: World
    relations: Floats
    agreed: dict[object, Booleans] = field(default_factory=dict, compare=False)
    """What was asked about agreements already: many acts ask the same of one position."""
    since: int | None = None
    """The first turn whose deeds count as done lately; None for the turn that is played and the one before."""

    def in_force(self) -> Booleans:
        """Which agreements bind two states, whoever gives `[R, K, N, N]`."""
        if None not in self.agreed:
            force = self.world.ties > 0
            self.agreed[None] = force | np.swapaxes(force, -1, -2)
        return self.agreed[None]


def value(term: Term, sight: Sight) -> Floats:
    """A term's value, broadcastable to `[R, N, N]`: axis 1 is the actor, axis 2 the target, where it names them."""
    match term:
        case Number(constant):
            return np.full((1, 1, 1), constant)
        case Regard(first, second):
            return np.asarray(_between(sight.relations, sight.board, first, second))
        case Attribute(owner, name):
            column = sight.world.attributes[:, :, sight.board.attributes.names.index(name)]
            return np.asarray(_of(column, sight.board, owner))
        case Tension(dispute):
            return sight.world.tension[:, _dispute(sight.board, dispute), None, None]
        case Turn():
            return np.full((1, 1, 1), float(sight.world.turn + sight.world.opened))
        case Arithmetic(operator, left, right):
            return arithmetic(operator, value(left, sight), value(right, sight))


def truth(condition: Condition, sight: Sight) -> Booleans:
    """Where a condition holds, broadcastable to `[R, N, N]` as in `value`."""
    match condition:
        case Comparison(operator, left, right):
            return np.asarray(_COMPARE[operator](hundredths(value(left, sight)), hundredths(value(right, sight))))
        case Happened(event):
            fired = sight.world.fired[:, _event(sight.board, event)]
            return np.asarray(fired >= 0)[:, None, None]
        case Pact(first, second, kind):
            return _pact(sight, first, second, kind)
        case Border(first, second):
            return np.asarray(_between(sight.board.borders[None], sight.board, first, second))
        case Ended(ending):
            names = [each.name for each in sight.board.endings]
            return np.asarray(sight.world.over == names.index(ending))[:, None, None]
        case Flag(name):
            return sight.world.flags[:, sight.board.flags.index(name), None, None]
        case Group(mode, members):
            return _group(mode, members, sight)


def holds(condition: Condition, sight: Sight) -> Booleans:
    """Where a condition without roles holds `[R]`."""
    flat = truth(condition, sight)[:, 0, 0]
    return np.broadcast_to(flat, (sight.world.replicas,))


def _group(mode: str, members: tuple[Condition, ...], sight: Sight) -> Booleans:
    result = np.full((1, 1, 1), mode != "any")
    for member in members:
        held = truth(member, sight)
        if mode == "all":
            result = result & held
        elif mode == "any":
            result = result | held
        else:
            result = result & ~held
    return result


def _between(pairs: Any, board: Board, first: str, second: str) -> Any:
    """The entries of `[R, N, N]` that two names stand for."""
    if (first, second) == (ACTOR, TARGET):
        return pairs
    if (first, second) == (TARGET, ACTOR):
        return np.swapaxes(pairs, -1, -2)
    if first == ACTOR:
        return pairs[:, :, board.state(second), None]
    if second == ACTOR:
        return pairs[:, board.state(first), :, None]
    if first == TARGET:
        return pairs[:, None, :, board.state(second)]
    if second == TARGET:
        return pairs[:, None, board.state(first), :]
    return pairs[:, board.state(first), board.state(second), None, None]


def _of(column: Any, board: Board, owner: str) -> Any:
    """The entries of `[R, N]` that a name stands for."""
    if owner == ACTOR:
        return column[:, :, None]
    if owner == TARGET:
        return column[:, None, :]
    return column[:, board.state(owner), None, None]


def _pact(sight: Sight, first: str, second: str, kind: str | None) -> Booleans:
    asked = (first, second, kind)
    if asked not in sight.agreed:
        force = sight.in_force()
        found = force.any(axis=1) if kind is None else force[:, sight.board.ties.names.index(kind)]
        sight.agreed[asked] = np.asarray(_between(found, sight.board, first, second))
    return sight.agreed[asked]


def arithmetic(operator: str, left: Floats, right: Floats) -> Floats:
    """The sum, difference, product or quotient of two arrays; a quotient by zero is zero."""
    if operator == "+":
        return np.asarray(left + right)
    if operator == "-":
        return np.asarray(left - right)
    if operator == "*":
        return np.asarray(left * right)
    safe = np.where(right == 0.0, 1.0, right)
    return np.where(right == 0.0, 0.0, left / safe)


def _dispute(board: Board, name: str) -> int:
    return [each.name for each in board.disputes].index(name)


def _event(board: Board, name: str) -> int:
    return [each.name for each in board.events].index(name)


def renamed(node: Any, names: Mapping[str, str]) -> Any:
    """The same tree with states or roles called by other names."""
    match node:
        case Regard(first, second):
            return Regard(names.get(first, first), names.get(second, second))
        case Attribute(owner, name):
            return Attribute(names.get(owner, owner), name)
        case Pact(first, second, kind):
            return Pact(names.get(first, first), names.get(second, second), kind)
        case Border(first, second):
            return Border(names.get(first, first), names.get(second, second))
        case Arithmetic(operator, left, right):
            return Arithmetic(operator, renamed(left, names), renamed(right, names))
        case Comparison(comparator, left, right):
            return Comparison(comparator, renamed(left, names), renamed(right, names))
        case Group(mode, members):
            return Group(mode, tuple(renamed(member, names) for member in members))
        case _:
            return node


def text(node: Condition | Term, roles: tuple[str, str] = (ACTOR, TARGET)) -> str:
    """A condition or term as an author would write it, the two roles by these names."""
    naming = dict(zip((ACTOR, TARGET), roles, strict=True))

    def called(name: str) -> str:
        return naming.get(name, name)

    match node:
        case Number(constant):
            return f"{constant:g}"
        case Regard(first, second):
            return f"{called(first)} -> {called(second)}"
        case Attribute(owner, name):
            return f"{called(owner)}.{name}"
        case Tension(dispute):
            return f"{dispute}.tension"
        case Turn():
            return "turn"
        case Arithmetic(operator, left, right) | Comparison(operator, left, right):
            return f"{text(left, roles)} {operator} {text(right, roles)}"
        case Pact(first, second, kind):
            return f"pact({called(first)} <-> {called(second)}{f': {kind}' if kind else ''})"
        case Border(first, second):
            return f"border({called(first)} <-> {called(second)})"
        case Happened(name) | Ended(name) | Flag(name):
            return f"{type(node).__name__.lower()}({name})"
        case Group(mode, members):
            joint = {"all": " and ", "any": " or ", "none": " nor "}[mode]
            joined = joint.join(text(member, roles) for member in members)
            return f"neither {joined}" if mode == "none" else joined


_COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
