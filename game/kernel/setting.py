"""The setting: what a run can't change, as kernels take it, for one replica.

A `Board` holds names and texts and one value a replica where a scenario has spreads; a `Setting` is the same in arrays
and numbers alone, for one world. Axes are those of `game.kernel.world`, and T acts with refused deals (2A), G graded
onlookers, X fixed pairs, O offices, Z sliders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.conditions import attributes_in
from game.kernel.declare import Booleans, Floats, Integers, Shorts, Words, shaped
from game.kernel.draws import keys
from game.kernel.events.table import EventTable, drawn_in, event_table
from game.kernel.numerics import COARSE, snap, total
from game.kernel.programs import Programs, programs_of
from game.kernel.records import changed
from game.kernel.world import ARRAYS, Board, World

SLIDERS = ("rationality", "assertiveness", "risk_tolerance", "domestic_focus")
RATIONALITY, ASSERTIVENESS, RISK_TOLERANCE, DOMESTIC_FOCUS = range(4)
"""The sliders of a personality that rules and policies read."""


@dataclass(frozen=True, slots=True)
class ActTable:
    """The acts `[A]`, as in `game.kernel.catalogue.Catalogue`; `outward` has no rows where no act has such effects.

    `graded_span`, `graded_by` and `graded_amount` list the same effects on onlookers as `onlook` and `outward`, without
    those that are zero.
    """

    kind: Shorts = shaped("A")
    cost: Floats = shaped("A")
    cooldown: Shorts = shaped("A")
    usual: Floats = shaped("A")
    signs: Shorts = shaped("A")
    turns: Shorts = shaped("A")
    breaks: Shorts = shaped("A")
    may_act: Booleans = shaped("AN")
    may_receive: Booleans = shaped("AN")
    floor: Shorts = shaped("BA")
    ceiling: Shorts = shaped("BA")
    named: Integers = shaped("G", "the states that selectors from 4 on stand for")
    direct: Floats = shaped("TLB")
    onlook: Floats = shaped("TLGBB")
    outward: Floats = shaped("TLGBB")
    graded_span: Integers = shaped("YTBLY", "where effects of `onlook` and `outward` on each party begin and end")
    graded_by: Integers = shaped("YY", "selector, and whether relative to actor or target")
    graded_amount: Floats = shaped("Y")
    pairs: Integers = shaped("XB")
    aside: Floats = shaped("TLX")
    attributes: Floats = shaped("TQB")
    tension: Floats = shaped("TD")
    opposed: Floats = shaped("T")
    subject: Floats = shaped("TLBB")
    secrets: Integers = shaped("C")
    secret_place: Integers = shaped("A", "where an act stands among those that can be kept secret, -1 for nowhere")
    pledges: Shorts = shaped("AB")
    suspends: Shorts = shaped("A")
    resumes: Shorts = shaped("A")
    discloses: Shorts = shaped("A")
    cedes: Booleans = shaped("A")
    recognises: Shorts = shaped("A")
    credible: Booleans = shaped("A")
    force: Booleans = shaped("A")
    weight: Floats = shaped("A")
    keys: Words = shaped("A")


@dataclass(frozen=True, slots=True)
class AgreementTable:
    """The kinds of agreement `[K]`."""

    mutual: Booleans = shaped("K")
    giver: Floats = shaped("K")
    receiver: Floats = shaped("K")
    commitment: Floats = shaped("K")
    delivers: Floats = shaped("KQ")
    every: Shorts = shaped("K")
    intrusion: Floats = shaped("K")
    dependence: Floats = shaped("K")
    guarantee: Floats = shaped("K")
    mediates: Booleans = shaped("K")
    settles: Booleans = shaped("K")


@dataclass(frozen=True, slots=True)
class PledgeTable:
    """The kinds of pledge `[P]`."""

    turns: Shorts = shaped("P")
    verifiable: Floats = shaped("P")
    reliability: Floats = shaped("P")
    gravity: Floats = shaped("P")
    shelters: Floats = shaped("P")
    keys: Words = shaped("P")


@dataclass(frozen=True, slots=True)
class DisputeTable:
    """The disputes `[D]`; states are -1 where there is none."""

    parties: Integers = shaped("DB")
    holder: Integers = shaped("D")
    claimant: Integers = shaped("D")
    stake: Floats = shaped("D")
    opposed: Floats = shaped("DNN")
    calm: Floats = shaped("D")
    keys: Words = shaped("D", "the address of a dispute's name")
    outcome_keys: Words = shaped("D", "of its clashes")
    crisis_keys: Words = shaped("DY", "of off-ramp, accident and outcome in its crises")


MENACE, KNOWN, CLOSE, SHELTERED = range(4)
"""What suspicion of foreign use of a state's soil rests on, x the suspicious, h the host, g who might come: the
capability of g times its hostility to x [g, x]; how much of the soil of h is known to lie open to g [h, g]; how close h
and g seem, half of it where no military tie binds them [h, g]; what the pledges of h to x take away, 0 to 1 [x, h].
"""


@dataclass(frozen=True, slots=True)
class Wariness:
    """What suspicions rest on at the start, and what binds states for them."""

    grounds: Floats = shaped("YNN", "MENACE to SHELTERED")
    military: Booleans = shaped("K", "whether a kind of agreement opens soil, promises help, or adds to power")


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a run can't change, for one world."""

    acts: ActTable
    agreements: AgreementTable
    pledges: PledgeTable
    disputes: DisputeTable
    events: EventTable
    wariness: Wariness  # of the start
    start: World  # before the first turn
    programs: Programs  # conditions and terms
    plays: Booleans = shaped("N")
    keys: Words = shaped("N")
    borders: Booleans = shaped("NN")
    reach: Floats = shaped("NN")
    baseline: Floats = shaped("NN")
    opening_pull: Floats = shaped("NN")
    critical_rate: Floats = shaped("V")
    power_scale: Floats = shaped("V")
    factors: Floats = shaped("L", "what a turn leaves of each memory")
    low: Floats = shaped("Q", "the least of each attribute")
    high: Floats = shaped("Q", "the greatest")
    office_weight: Floats = shaped("O")
    office_cost: Floats = shaped("O")
    sliders: Floats = shaped("ZN")
    interests: Floats = shaped("BNN")
    orders: int = 0
    income: float = 0.0
    carry: float = 0.0
    lasting: int = 0
    recent: int = 0
    scars: int = 0
    honoured: float = 0.0  # the share of pledges of any kind that history shows honoured


def setting_of(board: Board, replica: int = 0) -> Setting:
    """The setting of one replica of a board."""
    return Setting(
        **{name: make(board, replica) for name, make in _TABLES.items()},
        pledges=_pledges(board),
        programs=programs_of(board),
        plays=_array(board.plays, bool),
        keys=_array(board.keys, np.uint64),
        borders=_array(board.borders, bool),
        reach=_array(board.reach),
        factors=_array(board.memories.factors),
        low=_array(board.attributes.low),
        high=_array(board.attributes.high),
        office_weight=_array(board.offices.weight),
        office_cost=_array(board.offices.cost),
        sliders=_array(np.stack([board.personalities.sliders[name] for name in SLIDERS])),
        interests=_interests(board),
        orders=int(board.orders),
        income=float(board.income),
        carry=float(board.carry),
        lasting=int(board.lasting),
        recent=int(board.recent),
        scars=int(board.scars),
        honoured=honoured_share(board.pledges.reliability),
    )


def setting_like(other: Setting, board: Board, replica: int, *, at_the_start: bool = False) -> Setting:
    """The setting of one replica of a board, which shares with that of another what is the same for all.

    For what looks at the world before the first turn alone, `at_the_start`, what acts and events do is shared anyway.
    """
    own = [name for name, drawn in _DRAWN.items() if any(len(values) > 1 for values in drawn(board))]
    made = [name for name in own if not at_the_start or name not in ("acts", "events")]
    return changed(other, **{name: _TABLES[name](board, replica) for name in made})


HONOURED = 0.6
"""The share of pledges of any kind that is honoured, where a scenario declares no kinds of pledge."""

NEVER_CERTAIN = 0.01
"""How near to 0 or 1 a published share may come: nobody's word is certain beforehand."""


def honoured_share(reliability: Floats) -> float:
    """The share of pledges that is honoured, of all kinds of a scenario together."""
    share = float(total(snap(reliability, COARSE), axis=0)) / reliability.size if reliability.size else HONOURED
    return min(max(share, NEVER_CERTAIN), 1.0 - NEVER_CERTAIN)


def _acts(board: Board, replica: int) -> ActTable:
    acts = board.acts
    places = np.full(len(acts.names), NONE, dtype=np.int64)
    places[list(acts.secrets)] = np.arange(len(acts.secrets))
    onlook = _array(_of(acts.onlook, replica))
    outward = np.zeros((0, *onlook.shape[1:])) if acts.outward is None else _array(_of(acts.outward, replica))
    shorts = ("cooldown", "signs", "turns", "breaks", "floor", "ceiling", "pledges", "suspends", "resumes", "discloses",
              "recognises")  # fmt: skip
    truths = ("may_act", "may_receive", "cedes", "credible", "force")
    return ActTable(
        kind=_array(acts.kind, np.int16),
        **{name: _array(getattr(acts, name), np.int16) for name in shorts},
        **{name: _array(getattr(acts, name), bool) for name in truths},
        **{name: _array(getattr(acts, name)) for name in ("cost", "usual", "weight")},
        **{name: _array(_of(getattr(acts, name), replica)) for name in _VARIED},
        onlook=onlook,
        outward=outward,
        **_graded(onlook, outward),
        named=_array(acts.named, np.int64).reshape(-1),
        pairs=_array(acts.pairs, np.int64).reshape(-1, 2),
        secrets=_array(acts.secrets, np.int64).reshape(-1),
        secret_place=places,
        keys=_array(acts.keys, np.uint64),
    )


def _graded(onlook: Floats, outward: Floats) -> dict[str, Any]:
    """The effects on onlookers that are not zero, in the order of acts, parties and memories."""
    both = np.stack([onlook, outward if len(outward) else np.zeros_like(onlook)])
    listed = both.transpose(0, 1, 5, 2, 3, 4)
    lengths = np.count_nonzero(listed, axis=(4, 5))
    ends = np.cumsum(lengths).reshape(lengths.shape)
    return {
        "graded_span": _array(np.stack([ends - lengths, ends], axis=-1), np.int64),
        "graded_by": _array(np.argwhere(listed)[:, 4:], np.int64),
        "graded_amount": _array(listed[listed != 0.0]),
    }


def _agreements(board: Board, replica: int) -> AgreementTable:
    kinds = board.agreements
    floats = ("giver", "receiver", "commitment", "intrusion", "dependence", "guarantee")
    return AgreementTable(
        **{name: _array(getattr(kinds, name)) for name in floats},
        **{name: _array(getattr(kinds, name), bool) for name in ("mutual", "mediates", "settles")},
        delivers=_array(_of(kinds.delivers, replica)),
        every=_array(kinds.every, np.int16),
    )


def _pledges(board: Board) -> PledgeTable:
    kinds = board.pledges
    return PledgeTable(
        turns=_array(kinds.turns, np.int16),
        **{name: _array(getattr(kinds, name)) for name in ("verifiable", "reliability", "gravity", "shelters")},
        keys=keys(kinds.names),
    )


def _disputes(board: Board, replica: int) -> DisputeTable:
    names = tuple(each.name for each in board.disputes)
    places = tuple(f"{name}: {what}" for name in names for what in ("off-ramp", "accident", "outcome"))

    def state(value: int | None) -> int:
        return NONE if value is None else value

    return DisputeTable(
        parties=_array([each.parties for each in board.disputes], np.int64).reshape(-1, 2),
        holder=_array([state(each.holder) for each in board.disputes], np.int64),
        claimant=_array([state(each.claimant) for each in board.disputes], np.int64),
        stake=_array([each.stake for each in board.disputes]),
        opposed=_array(board.opposed),
        calm=_array(_of(board.calm, replica)),
        keys=keys(names),
        outcome_keys=keys(tuple(f"{name}: outcome" for name in names)),
        crisis_keys=keys(places).reshape(-1, 3),
    )


def _wariness(board: Board, replica: int) -> Wariness:
    kinds, grounds = board.agreements, board.wariness
    each = (grounds.menace, grounds.known, grounds.close, grounds.sheltered)
    arms = [place for place, name in enumerate(board.attributes.names) if name in attributes_in(board.power)]
    armed = (kinds.delivers[:, :, arms] > 0.0).any(axis=(0, 2))
    return Wariness(
        grounds=_array(np.stack([_square(_of(values, replica), len(board.states)) for values in each])),
        military=_array((kinds.intrusion > 0.0) | (kinds.guarantee > 0.0) | armed, bool),
    )


def _start(board: Board, replica: int) -> World:
    arrays = {}
    for name in ARRAYS:
        given = np.asarray(board.start[name])
        place = replica if given.shape[0] > 1 else 0
        arrays[name] = np.array(given[place] if given.ndim > 1 else given[place : place + 1])
    return World(turn=0, opened=False, **arrays)


def _interests(board: Board) -> Floats:
    states = len(board.states)
    interests: Floats = _array(np.broadcast_to(board.interests, (2, states, states)))
    return interests


_VARIED = ("direct", "aside", "attributes", "tension", "opposed", "subject")
"""The effects of acts that are numbers between or for given states; those on onlookers are listed besides."""

_TABLES: Mapping[str, Callable[[Board, int], Any]] = {
    "acts": _acts,
    "agreements": _agreements,
    "disputes": _disputes,
    "events": event_table,
    "wariness": _wariness,
    "start": _start,
    "baseline": lambda board, replica: _square(_of(board.baseline, replica), len(board.states)),
    "opening_pull": lambda board, replica: _square(_of(board.opening_pull, replica), len(board.states)),
    "critical_rate": lambda board, replica: _array(_of(board.critical_rate, replica)).reshape(1),
    "power_scale": lambda board, replica: _array(_of(board.power_scale, replica)).reshape(1),
}
"""What may differ between the replicas of a board."""

_DRAWN: Mapping[str, Callable[[Board], Iterable[Any]]] = {
    "acts": lambda board: (
        values for name in (*_VARIED, "onlook", "outward") if (values := getattr(board.acts, name)) is not None
    ),
    "agreements": lambda board: [board.agreements.delivers],
    "disputes": lambda board: [board.calm],
    "events": lambda board: drawn_in(board.events),
    "wariness": lambda board: (getattr(board.wariness, name) for name in ("menace", "known", "close", "sheltered")),
    "start": lambda board: board.start.values(),
    "baseline": lambda board: [board.baseline],
    "opening_pull": lambda board: [board.opening_pull],
    "critical_rate": lambda board: [board.critical_rate],
    "power_scale": lambda board: [board.power_scale],
}
"""The arrays of each that have a place a replica where it does `[1 or R, ...]`."""


def _square(values: Floats, states: int) -> Floats:
    """What may still be one number for all pairs, while a board is being made `[N, N]`."""
    square: Floats = _array(np.broadcast_to(values, (states, states)))
    return square


def _of(values: Any, replica: int) -> Any:
    """What belongs to one replica of an array that may be shared."""
    return values[replica if values.shape[0] > 1 else 0]


def _array(values: Any, kind: Any = np.float64) -> Any:
    return np.ascontiguousarray(np.asarray(values, dtype=kind))
