"""What a scenario has in store, compiled: events and their effects, goals, endings."""

from __future__ import annotations

from dataclasses import dataclass

from game.kernel.conditions import Condition
from game.kernel.declare import Floats


@dataclass(frozen=True, slots=True)
class Onlookers:
    """A graded effect of an event: those who are `selector` of state `reference` change their regard.

    `outward` turns it round: `other` changes its regard of the onlookers.
    """

    selector: int
    reference: int
    other: int
    memory: int
    amount: Floats  # [1 or R]
    outward: bool


@dataclass(frozen=True, slots=True)
class Action:
    """An act that an event has done, agreed by both or not asked."""

    act: int
    actor: int
    target: int
    scale: Floats  # [1 or R]
    secret: bool = False
    audience: int = -1
    office: int = 0
    about: int = -1
    purpose: int = -1


@dataclass(frozen=True, slots=True)
class PledgeGiven:
    """A pledge that an event has given; `turns` is how long it lasts."""

    kind: int
    giver: int
    holder: int
    turns: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What an event, or one option of it, does."""

    relation: Floats | None  # [1 or R, L, N, N]
    onlookers: tuple[Onlookers, ...]
    attributes: Floats | None  # [1 or R, N, Q]
    attributes_set: tuple[tuple[int, int, Floats], ...]  # (state, attribute, value [1 or R])
    tension: Floats | None  # [1 or R, D]
    tension_set: tuple[tuple[int, Floats], ...]
    actions: tuple[Action, ...]
    breaks: tuple[tuple[int | None, int, int], ...]  # (kind or all, first, second)
    flags: tuple[tuple[int, bool], ...]
    pledges: tuple[PledgeGiven, ...] = ()
    disclosures: tuple[tuple[int, int, int], ...] = ()  # (what the world comes to know, first, second): OPEN, RUMOURED
    cessions: tuple[tuple[int, int], ...] = ()  # (dispute, who holds it from now on)
    recognitions: tuple[tuple[int, int, float], ...] = ()  # (dispute, state, whose side: 1 the second party's)
    crises: tuple[tuple[int, int], ...] = ()  # (dispute, rung that both sides stand on, -1 to end it)


@dataclass(frozen=True, slots=True)
class Option:
    """One way a decider may take."""

    name: str
    label: str
    weight: float
    effects: Effects


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to the states, set for a turn, triggered or random."""

    name: str
    headline: str
    text: str
    rate: Floats | None  # [1 or R] chance a turn of a memoryless event
    after_event: int | None
    after_act: int | None
    after_actor: int | None
    after_target: int | None
    delay: int
    when: Condition | None
    chance: Floats  # [1 or R]
    repeats: bool
    effects: Effects
    decider: int | None
    options: tuple[Option, ...]
    comment: bool = False  # an analyst's: news that moves nothing


@dataclass(frozen=True, slots=True)
class Objective:
    """A condition a state wants to hold, worth points."""

    state: int
    condition: Condition
    label: str
    points: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """A condition that ends the run."""

    name: str
    when: Condition
    text: str
