"""Conditions as values: what a scenario may ask of a world, evaluated for all replicas at once.

A condition is a small tree of the nodes below, made by `game.scenario.build.conditions` from one line of text. Names
stay names; the two reserved names `actor` and `target` stand for every state in that role, so that one tree answers
for all pairs of states together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from game.kernel.declare import Booleans, Floats
from game.kernel.numerics import hundredths
from game.kernel.world import (
    CALM,
    RUMOURED,
    SIDES,
    in_force,
)
from game.submodels.reputation import trust

if TYPE_CHECKING:
    from game.kernel.world import Board, World

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


@dataclass(frozen=True, slots=True)
class Sight:
    """What a condition looks at: a world with its relations `[R, N, N]`; acts count as done `since` a turn.

    What stands under `none` is looked for from the turn before on, whatever that turn is: an act of this turn breaks a
    word, but one of the turn before may already have kept it.
    """

    board: Board
    world: World
    relations: Floats
    agreed: dict[object, Booleans] = field(default_factory=dict, compare=False)
    """What was asked about agreements already: many acts ask the same of one position."""
    since: int | None = None
    """The first turn whose deeds count as done lately; None for the turn that is played and the one before."""

    def signed(self) -> Booleans:
        """Which agreements bind two states, whoever gives and suspended or not `[R, K, N, N]`."""
        if "signed" not in self.agreed:
            self.agreed["signed"] = _either_way(self.world.agreements > 0)
        return self.agreed["signed"]

    def in_force(self) -> Booleans:
        """Which agreements count between two states: those signed that are not suspended `[R, K, N, N]`."""
        if not self.world.suspended.any():
            return self.signed()
        if "in force" not in self.agreed:
            self.agreed["in force"] = _either_way(in_force(self.world))
        return self.agreed["in force"]


def value(term: Term, sight: Sight) -> Floats:
    """A term's value, broadcastable to `[R, N, N]`: axis 1 is the actor, axis 2 the target, where it names them."""
    match term:
        case Number(constant):
            return np.full((1, 1, 1), constant)
        case Relation(first, second):
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
        case Trust(first, second):
            return np.asarray(_between(trust(sight.board, sight.world), sight.board, first, second))
        case Suspicion(first, second):
            return np.asarray(_between(sight.world.suspicion, sight.board, first, second))
        case Rung(dispute):
            highest = sight.world.rung[:, _dispute(sight.board, dispute)].max(axis=-1)
            return np.asarray(highest[:, None, None], dtype=np.float64)
        case Depth(first, second):
            # Late, because what states share is itself worked out from formulas over attributes.
            from game.submodels.alliance_depth import depth

            return np.asarray(_between(depth(sight.board, sight.world), sight.board, first, second))


def truth(condition: Condition, sight: Sight) -> Booleans:
    """Where a condition holds, broadcastable to `[R, N, N]` as in `value`."""
    match condition:
        case Comparison(operator, left, right):
            return np.asarray(_COMPARE[operator](hundredths(value(left, sight)), hundredths(value(right, sight))))
        case Group(mode, members):
            return _group(mode, members, sight)
        case Pact() | Border() | Pledge() | Rumour() | Suspended():
            return _bond(condition, sight)
        case Happened() | Ended() | Flag():
            return _happening(condition, sight)
        case Did(first, second, act):
            return _did(sight, first, second, act)
        case Holds() | Recognises() | Crisis() | AtWar():
            return _standing(condition, sight)


def holds(condition: Condition, sight: Sight) -> Booleans:
    """Where a condition without roles holds `[R]`."""
    flat = truth(condition, sight)[:, 0, 0]
    return np.broadcast_to(flat, (sight.world.replicas,))


def _happening(condition: Happening, sight: Sight) -> Booleans:
    match condition:
        case Happened(event):
            fired = sight.world.fired[:, _event(sight.board, event)]
            return np.asarray(fired >= 0)[:, None, None]
        case Ended(ending):
            names = [each.name for each in sight.board.endings]
            return np.asarray(sight.world.over == names.index(ending))[:, None, None]
        case Flag(name):
            return sight.world.flags[:, sight.board.flags.index(name), None, None]


def _bond(condition: Bond, sight: Sight) -> Booleans:
    """What is or is not between two states; each is worked out once a position."""
    board, world, agreed = sight.board, sight.world, sight.agreed
    if condition in agreed:
        return agreed[condition]
    found: Any
    match condition:
        case Pact(_, _, kind):
            force = sight.in_force()
            found = force.any(axis=1) if kind is None else force[:, board.agreements.names.index(kind)]
        case Border():
            found = board.borders[None]
        case Pledge(_, _, kind):
            given = world.pledges if kind is None else world.pledges[:, [board.pledges.names.index(kind)]]
            found = (given > 0).any(axis=1)
        case Rumour():
            found = _either_way(np.any(world.secrecy >= RUMOURED, axis=1))
        case Suspended(_, _, kind):
            found = _either_way(world.suspended[:, board.agreements.names.index(kind)])
    agreed[condition] = np.asarray(_between(found, board, condition.first, condition.second))
    return agreed[condition]


def _standing(condition: Standing, sight: Sight) -> Booleans:
    """Where states stand in a dispute."""
    board, world = sight.board, sight.world
    match condition:
        case Holds(state, dispute):
            held = world.holder[:, _dispute(board, dispute), None] == np.arange(len(board.states))
            return np.asarray(_of(held, board, state))
        case Recognises(first, second, dispute):
            place = _dispute(board, dispute)
            side = world.recognition[:, place]
            taken = np.zeros((*side.shape, side.shape[-1]), dtype=bool)
            for sign, party in zip(SIDES, board.disputes[place].parties, strict=True):
                taken[:, :, party] = side * sign > 0.0
            return np.asarray(_between(taken, board, first, second))
        case Crisis(dispute):
            highest = world.rung[:, _dispute(board, dispute)].max(axis=-1)
            return np.asarray(highest > CALM)[:, None, None]
        case AtWar(state):
            return np.asarray(_of(world.out, board, state))


def _did(sight: Sight, first: Party, second: Party, act: str) -> Booleans:
    """Whether anyone whom `first` stands for did the act to anyone whom `second` stands for."""
    board, world = sight.board, sight.world
    since = max(world.turn if sight.since is None else sight.since, 0)
    done = np.asarray(world.last[:, board.acts.act(act)] >= since)
    if not done.any():
        return np.zeros((1, 1, 1), dtype=bool)
    if isinstance(first, Those):
        if isinstance(second, Those):
            targets = (done[:, None, None] & _members(sight, second)[..., None, :]).any(axis=-1)
        else:
            targets = _row(np.swapaxes(done, -1, -2), board, second)
        return np.asarray((targets & _members(sight, first)).any(axis=-1))
    if isinstance(second, Those):
        return np.asarray((_row(done, board, first) & _members(sight, second)).any(axis=-1))
    return np.asarray(_between(done, board, first, second))


def _row(pairs: Booleans, board: Board, name: str) -> Booleans:
    """What one party has to do with every state: `[R, N or 1, N or 1, N]` of `[R, N, N]`."""
    if name == ACTOR:
        return pairs[:, :, None]
    return pairs[:, None] if name == TARGET else pairs[:, None, None, board.state(name)]


def _members(sight: Sight, those: Those) -> Booleans:
    """Whom onlookers are, seen from actor and target: `[R or 1, N or 1, N or 1, N]`."""
    board = sight.board
    if those.selector == "others":
        alone = np.eye(len(board.states), dtype=bool)[None]
        result = np.ones((1, 1, 1, len(board.states)), dtype=bool)
        for name in those.besides:
            result = result & ~_row(alone, board, name)
        return result
    if those.selector == "neighbours":
        return _row(board.borders[None], board, those.name)
    toward = np.swapaxes(sight.relations, -1, -2)
    return _row(toward <= -RIVALRY if those.selector == "rivals" else toward >= RIVALRY, board, those.name)


def _either_way(pairs: Booleans) -> Booleans:
    return np.asarray(pairs | np.swapaxes(pairs, -1, -2))


def _group(mode: str, members: tuple[Condition, ...], sight: Sight) -> Booleans:
    result = np.full((1, 1, 1), mode != "any")
    if mode == "none" and sight.since is not None:
        sight = replace(sight, since=None)
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


LARGEST = 1e100
"""The end of the scale of formulas: two of it can still be multiplied."""


def arithmetic(operator: str, left: Floats, right: Floats) -> Floats:
    """The sum, difference, product or quotient of two arrays; a quotient by zero is zero.

    No product or quotient goes beyond `LARGEST`, so that a formula of any length stays finite.
    """
    if operator == "+":
        return np.asarray(left + right)
    if operator == "-":
        return np.asarray(left - right)
    if operator == "*":
        return np.clip(left * right, -LARGEST, LARGEST)
    nothing = np.abs(right) < 1.0 / LARGEST
    return np.clip(np.where(nothing, 0.0, left / np.where(nothing, 1.0, right)), -LARGEST, LARGEST)


def _dispute(board: Board, name: str) -> int:
    return [each.name for each in board.disputes].index(name)


def _event(board: Board, name: str) -> int:
    return [each.name for each in board.events].index(name)


def names_others(node: Any) -> bool:
    """Whether a condition or term names anybody but the two in the roles."""
    match node:
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return names_others(left) or names_others(right)
        case Group(_, members):
            return any(names_others(member) for member in members)
    parties = [getattr(node, key) for key in ("first", "second", "owner", "state") if hasattr(node, key)]
    return any(party not in (ACTOR, TARGET) for party in parties)


def names_crises(node: Any) -> bool:
    """Whether a condition or term asks about a crisis."""
    match node:
        case Arithmetic(_, left, right) | Comparison(_, left, right):
            return names_crises(left) or names_crises(right)
        case Group(_, members):
            return any(names_crises(member) for member in members)
    return isinstance(node, Crisis | Rung)


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

_COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "==": np.equal,
    "!=": np.not_equal,
}
