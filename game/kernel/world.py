"""Board and World: what a run can't change, and what it can.

Axes: R replicas, N states, S order slots a turn, A acts, C acts that can be kept secret, K kinds of tie, P kinds of
pledge, L memories, Q attributes, D disputes, B the two sides of a dispute, E events, F flags. Every array is C order
with the replica axis first; where that axis is 1 on a board, all replicas share it. Floats are float64 on the grid of
`game.kernel.numerics`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np

from game.errors import UnknownName
from game.kernel.declare import Booleans, Floats, Shorts

if TYPE_CHECKING:
    from game.kernel.catalogue import Catalogue
    from game.kernel.conditions import Condition, Term
    from game.kernel.events import Ending, Event, Objective

FOREVER = 9999
"""Turns left of a tie that has no end."""

NEVER = -1
"""The turn of something that has not happened."""


def axes(names: str, low: float, high: float, doc: str, *, symmetric: bool = False, key: str = "") -> Any:
    """A world field that declares its axes, bounds and symmetry: checks, digests and test worlds follow from it.

    `key` is the name it goes by in digests, where that is not its own: a new name must not change a digest.
    """
    return field(
        metadata={"axes": tuple(names), "low": low, "high": high, "doc": doc, "symmetric": symmetric, "key": key}
    )


CYCLE = 146_097
"""The days of 400 years, after which the calendar repeats."""

OPEN, SECRET, RUMOURED, DENIED_BY_ACTOR, DENIED_BY_TARGET, DENIED_BY_BOTH = range(6)
"""What the world knows of a secret act: there is nothing to hide, nothing at all, a rumour, a denied rumour."""

COURT, HEDGE, ISOLATE, COERCE, APPEASE = range(5)
POSTURES = ("court", "hedge", "isolate", "coerce", "appease")
"""What a state is about with another, slowly."""

SIDES = (-1.0, 1.0)
"""What recognition of the first and of the second party of a dispute is written as."""

CALM = -1
RUNGS = ("query", "protest", "penalty", "alert", "ultimatum", "limited force", "war")
"""The rungs of a crisis, from 0; -1 is no crisis."""

QUERY, ALERT, ULTIMATUM, FORCE, WAR = 0, 3, 4, 5, 6
"""The rungs of which only the two sides know, from which accidents happen, that warn of force, that use it, and that
end the game of both sides.
"""


@dataclass(frozen=True, slots=True)
class Dispute:
    """Who stands against whom over what. Of a territory the first party is the one that held it at the start."""

    name: str
    title: str
    kind: str
    parties: tuple[int, ...]
    holder: int | None
    claimant: int | None
    recognised: int | None
    stake: float = 1.0  # what it is worth to its parties, against an ordinary one


@dataclass(frozen=True, slots=True)
class PledgeKinds:
    """The kinds of pledge `[P]`, from a giver to the one it is owed to."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    breach: tuple[Condition, ...]  # over `actor`, the giver, and `target`, the holder
    turns: Shorts  # how long one lasts
    verifiable: Floats  # 0 to 1, how surely the holder learns whether it is kept
    reliability: Floats  # 0 to 1, the published share that is honoured
    gravity: Floats  # the scar that a breach leaves with the holder, in points of relation
    shelters: Floats  # 0 to 1, how much of a suspicion of foreign use it takes away


@dataclass(frozen=True, slots=True)
class Offices:
    """Who speaks for a state: how much an office's word weighs, and how much dearer it is. The first is the usual."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    weight: Floats
    cost: Floats


@dataclass(frozen=True, slots=True)
class AgreementKinds:
    """The kinds of agreement `[K]`."""

    names: tuple[str, ...]
    titles: tuple[str, ...]
    mutual: Booleans
    giver: Floats
    receiver: Floats
    commitment: Floats
    delivers: Floats  # [1 or R, K, Q], to the receiver, a turn
    every: Shorts  # turns between two deliveries; each brings what they add up to
    intrusion: Floats  # 0 to 1, how much of the giver's soil or sky the receiver may use
    dependence: Floats  # 0 to 1, how much the receiver comes to depend on the giver
    guarantee: Floats  # 0 to 1, how far the giver fights for the receiver
    mediates: Booleans  # the giver mediates for the receiver
    settles: Booleans  # parties that step off the ladder of a crisis may sign it
    sorts: tuple[str, ...]  # what sort of agreement each is, for whoever shows it


@dataclass(frozen=True, slots=True)
class Memories:
    """The decaying traces `[L]`."""

    names: tuple[str, ...]
    half_lives: tuple[float, ...]
    factors: Floats  # [L] what a turn leaves


@dataclass(frozen=True, slots=True)
class Attributes:
    """The attributes of a state `[Q]`."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Personalities:
    """Each state's sliders `[N]`, 0 to 1 (rationality 0 to 5)."""

    sliders: Mapping[str, Floats]
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Calendar:
    """From turns to dates."""

    year: int
    month: int
    day: int
    unit: str
    turns: int

    def label(self, turn: int) -> str:
        """The date of a turn, 1 being the first that is played; 0 is the start itself."""
        steps = max(turn - 1, 0)
        if self.unit == "year":
            return f"{self.year + steps}"
        if self.unit == "week":
            # Weeks repeat every 400 years, and a date of Python's ends with the year 9999.
            cycles, day = divmod(date(self.year, self.month, self.day).toordinal() + 7 * steps - 1, CYCLE)
            year, week, _ = date.fromordinal(day + 1).isocalendar()
            return f"{year + 400 * cycles}-W{week:02d}"
        months = self.month - 1 + steps * (3 if self.unit == "quarter" else 1)
        return f"{self.year + months // 12}-{months % 12 + 1:02d}"


@dataclass(frozen=True, slots=True)
class Grounds:
    """What suspicion of foreign use of a state's soil rests on, whatever the parameters."""

    menace: Floats  # [R, N(g), N(x)] capability times hostility
    known: Floats  # [R, N(h), N(g)] how much of the soil of h is known to lie open to g
    close: Floats  # [R, N(h), N(g)] how close h and g seem, half of it where no military tie binds them
    sheltered: Floats  # [R or 1, N(x), N(h)] what the pledges of h to x take away, 0 to 1


def _no_grounds() -> Grounds:
    nothing = np.zeros((1, 1, 1))
    return Grounds(nothing, nothing, nothing, nothing)


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Board:
    """Everything a run can't change. Built by `game.scenario.compile`."""

    scenario: str
    title: str
    states: tuple[str, ...]
    names: tuple[str, ...]
    plays: Booleans  # [N] takes turns
    keys: Any  # [N] uint64 address of each state's draws
    borders: Booleans  # [N, N]
    reach: Floats  # [N, N] how far i's power reaches j, 0 to 1
    baseline: Floats  # [1 or R, N, N] what history made of the two, without ties
    opening: Floats  # [1 or R, N, N] relations at the start
    opening_pull: Floats  # [1 or R, N, N] triads of the opening
    critical_rate: Floats  # [1 or R] the balance rate of coupling 1
    memories: Memories
    lasting: int  # the memory that balance pulls on
    recent: int  # the memory of what was lately received
    scars: int  # the memory of what is not forgiven
    attributes: Attributes
    power: Term
    power_scale: Floats  # [1 or R] the greatest power at the start
    agreements: AgreementKinds
    pledges: PledgeKinds
    offices: Offices
    disputes: tuple[Dispute, ...]
    opposed: Floats  # [D, N, N] 1 where the two are opposite parties
    calm: Floats  # [1 or R, D] tension at the start
    orders: int
    income: float
    carry: float
    acts: Catalogue
    events: tuple[Event, ...]
    event_keys: Any  # [E] uint64
    flags: tuple[str, ...]
    objectives: tuple[Objective, ...]
    endings: tuple[Ending, ...]
    personalities: Personalities
    calendar: Calendar
    start: Mapping[str, Any] = field(repr=False)  # the first World's arrays
    interests: Floats = field(default_factory=lambda: np.zeros((2, 1, 1)))  # [2, N, N] what i's objectives want of j
    wariness: Grounds = field(default_factory=_no_grounds, repr=False)  # of the start
    drawn: int = 1  # how many replicas have numbers of their own, drawn before the first turn; 1 where all share them

    def state(self, name: str) -> int:
        """The index of a state; UnknownName when there is none."""
        try:
            return self.states.index(name)
        except ValueError:
            raise UnknownName("state", name, self.states) from None

    def sizes(self, replicas: int) -> Mapping[str, int]:
        """The length of each axis."""
        return {
            "R": replicas, "N": len(self.states), "A": len(self.acts.names), "K": len(self.agreements.names),
            "C": len(self.acts.secrets), "P": len(self.pledges.names), "B": 2,
            "L": len(self.memories.names), "Q": len(self.attributes.names), "D": len(self.disputes),
            "E": len(self.events), "F": len(self.flags),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, weakref_slot=True)
class World:
    """Everything a run can change, after `turn` turns; `opened` when the events of the next one have happened."""

    turn: int
    opened: bool
    memories: Floats = axes("RLNN", -100, 100, "what is left of deeds in how i regards j, one layer a memory")
    agreements: Shorts = axes("RKNN", 0, FOREVER, "turns left of an agreement i gives and j receives", key="ties")
    attributes: Floats = axes("RNQ", -np.inf, np.inf, "the attributes of each state, bounded as declared")
    tension: Floats = axes("RD", 0, 100, "tension of each dispute, 0 calm to 100 force")
    capital: Floats = axes("RN", 0, np.inf, "political capital left to spend")
    cooldown: Shorts = axes("RANN", 0, FOREVER, "turns before i may direct the act at j again", key="pause")
    fired: Shorts = axes("RE", NEVER, FOREVER, "the turn an event last fired, -1 for never")
    due: Shorts = axes("RE", NEVER, FOREVER, "the turn an event is set for, -1 for none")
    pending: Booleans = axes("RE", 0, 1, "the event waits for its decider")
    flags: Booleans = axes("RF", 0, 1, "which flags are up")
    over: Shorts = axes("R", NEVER, FOREVER, "the ending the run has come to, -1 for none")
    last: Shorts = axes("RANN", NEVER, FOREVER, "the turn i last did the act to j, -1 for never")
    volume: Floats = axes("RKNN", 0, np.inf, "the value of an agreement over the usual one, 0 where none is in force")
    suspended: Booleans = axes("RKNN", 0, 1, "the agreement is suspended: it delivers nothing and counts for nothing")
    purpose: Shorts = axes("RKNN", NEVER, FOREVER, "the dispute an agreement is said to be for, -1 for none")
    pledges: Shorts = axes("RPNN", 0, FOREVER, "turns left of a pledge i has given j")
    pledged_on: Shorts = axes(
        "RPNN", NEVER, FOREVER, "the turn the pledge in force was last given, -1 where none is", key="vowed"
    )
    solemnity: Floats = axes("RPNN", 0, 2, "how solemn a pledge is: 1 given once, towards 2 when it is repeated")
    private_pledge: Booleans = axes("RPNN", 0, 1, "only the two know of the pledge", key="confided")
    kept: Floats = axes("RNN", 0, np.inf, "what i has seen j keep of its word, in pledges")
    broken: Floats = axes("RNN", 0, np.inf, "what i has seen j break of its word, in pledges")
    secrecy: Shorts = axes("RCNN", OPEN, DENIED_BY_BOTH, "what the world knows of an act of i to j: 0 nothing to hide")
    stake: Floats = axes("RCNN", 0, np.inf, "the value of an act that is not open, over the usual one")
    hidden: Floats = axes("RLNN", -100, 100, "what is left of secret deeds in how i regards j, known to the two alone")
    concealed: Floats = axes("RNQ", -np.inf, np.inf, "what secret agreements have added to attributes")
    suspicion: Floats = axes("RNN", -100, 100, "what i takes off its regard of j for whom it suspects on j's soil")
    holder: Shorts = axes("RD", NEVER, FOREVER, "who holds the territory in dispute, -1 where there is none")
    recognition: Floats = axes("RDN", -1, 1, "whose side i takes in a dispute: 1 the second party's, -1 the first's")
    rung: Shorts = axes("RDB", CALM, 6, "how high each side of a dispute stands on the ladder of crisis, -1 for none")
    posture: Shorts = axes("RNN", COURT, APPEASE, "what i is about with j: an index of POSTURES")
    out: Booleans = axes("RN", 0, 1, "the state is at war, and its game is over")

    @property
    def replicas(self) -> int:
        return int(self.over.shape[0])

    @property
    def running(self) -> Booleans:
        """Which replicas have not ended `[R]`."""
        return np.asarray(self.over == NEVER)

    def arrays(self) -> Iterator[tuple[str, Any]]:
        """Every array with its name, in the declared order."""
        for name in ARRAYS:
            yield name, getattr(self, name)

    def replica(self, index: int) -> World:
        """The world of one replica, as a batch of one."""
        return replace(self, **{name: array[index : index + 1] for name, array in self.arrays()})


ARRAYS = tuple(each.name for each in fields(World) if "axes" in each.metadata)
"""The world's arrays in the order they are digested and stored."""

DIGESTED = {each.name: each.metadata["key"] or each.name for each in fields(World) if "axes" in each.metadata}
"""The name by which each array goes in digests."""


def cell_sizes() -> Iterator[tuple[str, int]]:
    """The axes of every array, and the bytes of one of its cells."""
    sizes = {"Floats": 8, "Shorts": 2, "Booleans": 1}
    for each in fields(World):
        if "axes" in each.metadata:
            yield "".join(each.metadata["axes"]), sizes[str(each.type)]


def start_world(board: Board, replicas: int = 1) -> World:
    """The world before the first turn, with R replicas."""
    arrays = {}
    for name in ARRAYS:
        given = np.asarray(board.start[name])
        arrays[name] = np.ascontiguousarray(np.broadcast_to(given, (replicas, *given.shape[1:])))
    return World(turn=0, opened=False, **arrays)


def digest(world: World) -> str:
    """Sixteen hexadecimal digits that name a world: the same bytes on every machine."""
    summary = sha256(f"{world.turn} {world.opened}".encode())
    for name, array in world.arrays():
        summary.update(DIGESTED[name].encode())
        summary.update(np.ascontiguousarray(array).astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    return summary.hexdigest()[:16]
