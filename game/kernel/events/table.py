"""Events and what they do, as kernels take them, for one replica.

Effects are numbered: those of an event by the event, those of its options from the number of events on, in the order of
the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.declare import Booleans, Floats, Integers, Words, shaped
from game.kernel.draws import combined, keys
from game.kernel.events import Effects, Event
from game.kernel.world import Board


@dataclass(frozen=True, slots=True)
class EffectList:
    """All effects of one kind: those of the effects f stand in the rows from `first[f]` up to `first[f + 1]`."""

    first: Integers = shaped("Y")
    numbers: Integers = shaped("YZ", "what each is about, as `EffectTable` says")
    amounts: Floats = shaped("Y")


@dataclass(frozen=True, slots=True)
class EffectTable:
    """What events and options do, each kind of effect in the order of the file; states and the like are indices."""

    relation: EffectList  # memory, i, j: how i regards j
    onlookers: EffectList  # selector, reference, other, memory, 1 if outward, as in `game.kernel.events.Onlookers`
    attributes: EffectList  # the cell of [N, Q], counted through all rows, that is added to
    attributes_set: EffectList  # the cell that is set
    tension: EffectList  # dispute
    tension_set: EffectList  # dispute
    acts: EffectList  # act, actor, target, 1 if secret, audience, office, about, purpose; the amount is its scale
    breaks: EffectList  # kind of agreement or -1 for all, first, second
    flags: EffectList  # flag, 1 if it is raised
    pledges: EffectList  # kind, giver, holder, turns
    disclosures: EffectList  # what the world comes to know, first, second
    cessions: EffectList  # dispute, who holds it from now on
    recognitions: EffectList  # dispute, state; the amount is whose side
    crises: EffectList  # dispute, rung
    event: Integers = shaped("Y", "whose effects they are")
    option: Integers = shaped("Y", "which of its options, -1 for the event itself")


@dataclass(frozen=True, slots=True)
class EventTable:
    """The events `[E]`, and their options `[Y]`: those of event e from `first_option[e]` up to `first_option[e + 1]`.

    What an event does not wait for is -1; `rate` is 0 where it does not come up by chance.
    """

    effects: EffectTable
    rate: Floats = shaped("E")
    after_event: Integers = shaped("E")
    after_act: Integers = shaped("E")
    after_actor: Integers = shaped("E")
    after_target: Integers = shaped("E")
    delay: Integers = shaped("E")
    chance: Floats = shaped("E")
    repeats: Booleans = shaped("E")
    decider: Integers = shaped("E")
    keys: Words = shaped("E")
    first_option: Integers = shaped("Y")
    weight: Floats = shaped("Y", "of each option")
    option_keys: Words = shaped("Y", "the address of what its decider draws for each option")


def event_table(board: Board, replica: int) -> EventTable:
    """The events of one replica of a board."""
    events = board.events

    def numbers(values: Sequence[int | None]) -> Integers:
        return np.array([NONE if value is None else value for value in values], dtype=np.int64)

    def chances(values: Sequence[Floats]) -> Floats:
        return np.array([_of(value, replica) for value in values], dtype=np.float64)

    return EventTable(
        effects=_effect_table(events, len(board.attributes.names), replica),
        rate=chances([np.zeros(1) if event.rate is None else event.rate for event in events]),
        after_event=numbers([event.after_event for event in events]),
        after_act=numbers([event.after_act for event in events]),
        after_actor=numbers([event.after_actor for event in events]),
        after_target=numbers([event.after_target for event in events]),
        delay=numbers([event.delay for event in events]),
        chance=chances([event.chance for event in events]),
        repeats=np.array([event.repeats for event in events], dtype=bool),
        decider=numbers([event.decider for event in events]),
        keys=np.array(board.event_keys, dtype=np.uint64).reshape(-1),
        first_option=_firsts([len(event.options) for event in events]),
        weight=np.array([option.weight for event in events for option in event.options], dtype=np.float64),
        option_keys=_option_keys(board),
    )


def drawn_in(events: Sequence[Event]) -> Iterator[Any]:
    """Everything in events that may differ between replicas `[1 or R, ...]`."""
    for event in events:
        yield event.chance
        if event.rate is not None:
            yield event.rate
        for effects in (event.effects, *(option.effects for option in event.options)):
            yield from _drawn_in(effects)


def _drawn_in(effects: Effects) -> Iterator[Any]:
    whole = (effects.relation, effects.attributes, effects.tension)
    yield from (values for values in whole if values is not None)
    yield from (each.amount for each in effects.onlookers)
    yield from (value for *_, value in (*effects.attributes_set, *effects.tension_set))
    yield from (each.scale for each in effects.actions)


def _option_keys(board: Board) -> Words:
    """The address of each option's draw."""
    found = [
        combined(board.event_keys[place : place + 1], keys(tuple(option.name for option in event.options)))
        for place, event in enumerate(board.events)
    ]
    return np.concatenate([np.zeros(0, dtype=np.uint64), *found])


Row = tuple[tuple[int, ...], float]
"""The numbers of an effect, and its amount."""


def _effect_table(events: Sequence[Event], attributes: int, replica: int) -> EffectTable:
    numbered = [(place, NONE, event.effects) for place, event in enumerate(events)]
    for place, event in enumerate(events):
        numbered.extend((place, number, option.effects) for number, option in enumerate(event.options))
    effects = [each for _, _, each in numbered]

    def listed(width: int, rows: Callable[[Effects], Iterator[Row]]) -> EffectList:
        return _listed([list(rows(each)) for each in effects], width)

    def plain(width: int, of: Callable[[Effects], Sequence[tuple[Any, ...]]]) -> EffectList:
        return listed(width, lambda each: (((*map(int, row),), 0.0) for row in of(each)))

    def attributes_set(each: Effects) -> Iterator[Row]:
        for state, attribute, value in each.attributes_set:
            yield (state * attributes + attribute,), _of(value, replica)

    return EffectTable(
        relation=listed(3, lambda each: _cells(each.relation, replica)),
        onlookers=listed(5, lambda each: _onlookers(each, replica)),
        attributes=listed(1, lambda each: _flat_cells(each.attributes, replica)),
        attributes_set=listed(1, attributes_set),
        tension=listed(1, lambda each: _cells(each.tension, replica)),
        tension_set=listed(1, lambda each: (((dispute,), _of(value, replica)) for dispute, value in each.tension_set)),
        acts=listed(8, lambda each: _acts(each, replica)),
        breaks=plain(3, lambda each: [(NONE if kind is None else kind, *pair) for kind, *pair in each.breaks]),
        flags=plain(2, lambda each: each.flags),
        pledges=plain(4, lambda each: [(given.kind, given.giver, given.holder, given.turns) for given in each.pledges]),
        disclosures=plain(3, lambda each: each.disclosures),
        cessions=plain(2, lambda each: each.cessions),
        recognitions=listed(2, lambda each: (((place, state), side) for place, state, side in each.recognitions)),
        crises=plain(2, lambda each: each.crises),
        event=np.array([place for place, _, _ in numbered], dtype=np.int64),
        option=np.array([number for _, number, _ in numbered], dtype=np.int64),
    )


def _listed(rows: Sequence[Sequence[Row]], width: int) -> EffectList:
    flat = [row for each in rows for row in each]
    return EffectList(
        first=_firsts([len(each) for each in rows]),
        numbers=np.array([numbers for numbers, _ in flat], dtype=np.int64).reshape(-1, width),
        amounts=np.array([amount for _, amount in flat], dtype=np.float64),
    )


def _firsts(lengths: Sequence[int]) -> Integers:
    """Where the parts of these lengths begin in a row, and where the last ends."""
    return np.cumsum(np.array([0, *lengths], dtype=np.int64))


def _cells(values: Floats | None, replica: int) -> Iterator[Row]:
    """The cells of an array that are not zero."""
    if values is not None:
        own = values[replica if values.shape[0] > 1 else 0]
        cells = own.nonzero()
        yield from zip(zip(*(places.tolist() for places in cells), strict=True), own[cells].tolist(), strict=True)


def _flat_cells(values: Floats | None, replica: int) -> Iterator[Row]:
    """As `_cells`, all axes as one."""
    return _cells(None if values is None else values.reshape(values.shape[0], -1), replica)


def _onlookers(effects: Effects, replica: int) -> Iterator[Row]:
    for each in effects.onlookers:
        numbers = (each.selector, each.reference, each.other, each.memory, int(each.outward))
        yield numbers, _of(each.amount, replica)


def _acts(effects: Effects, replica: int) -> Iterator[Row]:
    for each in effects.actions:
        numbers = (each.act, each.actor, each.target, int(each.secret), each.audience, each.office, each.about,
                   each.purpose)  # fmt: skip
        yield numbers, _of(each.scale, replica)


def _of(values: Floats, replica: int) -> float:
    """What belongs to one replica of a number that may be shared."""
    return float(values[replica if values.shape[0] > 1 else 0])
