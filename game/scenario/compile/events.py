"""The events of a scenario as arrays: when each fires, and what it and its options do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel import catalogue, events, world
from game.kernel.declare import Floats, Shorts
from game.kernel.orders import PRIVATE, PUBLIC
from game.kernel.world import (
    FOREVER,
    NEVER,
    OPEN,
    RUMOURED,
    SIDES,
)
from game.scenario import spec
from game.scenario.compile.numbers import (
    Numbers,
    all_of,
    entered,
    index_of,
    stacked,
)
from game.scenario.dates import turn_of


@dataclass(frozen=True, slots=True)
class Names:
    """What the effects of events refer to."""

    scenario: spec.Scenario
    index: Mapping[str, int]
    memories: world.Memories
    attributes: world.Attributes
    kinds: world.AgreementKinds
    acts: catalogue.Catalogue
    numbers: Numbers

    @property
    def disputes(self) -> Mapping[str, int]:
        """The place of each dispute."""
        return index_of(self.scenario.disputes)


def compiled_events(scenario: spec.Scenario, names: Names) -> tuple[events.Event, ...]:
    """The events of a scenario, in the order of the file."""
    order = index_of(scenario.events)
    return tuple(_event(event, names, order) for event in scenario.events.values())


def _event(event: spec.Event, names: Names, order: Mapping[str, int]) -> events.Event:
    trigger = event.trigger
    rate = None if trigger.mean_turns is None else 1.0 / np.maximum(names.numbers.array(trigger.mean_turns), 1e-6)
    return events.Event(
        name=event.id,
        headline=event.headline,
        text=event.text,
        rate=rate,
        after_event=None if trigger.after_event is None else order[trigger.after_event],
        after_act=None if trigger.after_act is None else names.acts.act(trigger.after_act),
        after_actor=None if trigger.after_actor is None else names.index[trigger.after_actor],
        after_target=None if trigger.after_target is None else names.index[trigger.after_target],
        delay=trigger.delay,
        when=all_of(event.when) if event.when else None,
        chance=names.numbers.array(event.chance),
        repeats=event.repeats,
        effects=_effects(event.effects, names),
        decider=None if event.decider is None else names.index[event.decider],
        options=tuple(
            events.Option(option.id, option.label, option.weight, _effects(option.effects, names))
            for option in event.options
        ),
        comment=event.comment,
    )


def _effects(effects: Sequence[spec.Effect], names: Names) -> events.Effects:
    """Every effect of an event or an option; those of one kind keep the order of the file."""
    states, layers, quantities = len(names.index), len(names.memories.names), len(names.attributes.names)
    moved = _Moved(names)
    for effect in effects:
        moved.add(effect)
    return events.Effects(
        relation=stacked(moved.relation, (layers, states, states)) if moved.relation else None,
        onlookers=tuple(moved.onlookers),
        attributes=stacked(moved.attributes, (states, quantities)) if moved.attributes else None,
        attributes_set=tuple(moved.attributes_set),
        tension=stacked(moved.tension, (len(names.disputes),)) if moved.tension else None,
        tension_set=tuple(moved.tension_set),
        actions=tuple(_action(each, names) for each in effects if isinstance(each, spec.ActEffect)),
        breaks=tuple(_break(each, names) for each in effects if isinstance(each, spec.BreakEffect)),
        flags=tuple(
            (names.scenario.flags.index(each.flag), each.value) for each in effects if isinstance(each, spec.FlagEffect)
        ),
        pledges=tuple(_pledge(each, names) for each in effects if isinstance(each, spec.PledgeEffect)),
        disclosures=tuple(
            (OPEN if each.certain else RUMOURED, names.index[each.first], names.index[each.second])
            for each in effects
            if isinstance(each, spec.DisclosureEffect)
        ),
        **_claims(effects, names),
    )


class _Moved:
    """Collects what the effects of an event add to and set."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.relation: dict[tuple[int, ...], Floats] = {}
        self.attributes: dict[tuple[int, ...], Floats] = {}
        self.tension: dict[tuple[int, ...], Floats] = {}
        self.onlookers: list[events.Onlookers] = []
        self.attributes_set: list[tuple[int, int, Floats]] = []
        self.tension_set: list[tuple[int, Floats]] = []

    def add(self, effect: spec.Effect) -> None:
        """Enter an effect on relations, attributes or tension; others are none of these."""
        names = self.names
        match effect:
            case spec.RelationEffect() if effect.source.selector is None and effect.target.selector is None:
                layer = names.memories.names.index(effect.memory)
                cell = (layer, names.index[effect.source.name], names.index[effect.target.name])
                entered(self.relation, cell, names.numbers.array(effect.amount))
            case spec.RelationEffect():
                self.onlookers.append(_onlookers(effect, names))
            case spec.AttributeEffect():
                place = (names.index[effect.owner.name], names.attributes.names.index(effect.attribute))
                if effect.absolute:
                    self.attributes_set.append((*place, names.numbers.array(effect.amount)))
                else:
                    entered(self.attributes, place, names.numbers.array(effect.amount))
            case spec.TensionEffect():
                dispute = names.disputes[effect.dispute]
                if effect.absolute:
                    self.tension_set.append((dispute, names.numbers.array(effect.amount)))
                else:
                    entered(self.tension, (dispute,), names.numbers.array(effect.amount))
            case _:
                pass


def _break(effect: spec.BreakEffect, names: Names) -> tuple[int | None, int, int]:
    kind = None if effect.kind is None else names.kinds.names.index(effect.kind)
    return kind, names.index[effect.first], names.index[effect.second]


def _pledge(effect: spec.PledgeEffect, names: Names) -> events.PledgeGiven:
    usual = names.scenario.pledge_kinds[effect.kind].turns
    turns = usual if effect.turns is None else effect.turns
    kind = list(names.scenario.pledge_kinds).index(effect.kind)
    giver, holder = names.index[effect.giver], names.index[effect.to]
    return events.PledgeGiven(kind, giver, holder, FOREVER if turns is None else turns)


def _claims(effects: Sequence[spec.Effect], names: Names) -> dict[str, Any]:
    """What becomes of disputes: who holds what, who takes whose side, and crises."""
    cessions, recognitions, crises = [], [], []
    for effect in effects:
        match effect:
            case spec.CedeEffect(dispute, to):
                cessions.append((names.disputes[dispute], names.index[to]))
            case spec.RecogniseEffect(dispute, state, side):
                parties = names.scenario.disputes[dispute].parties
                recognitions.append((names.disputes[dispute], names.index[state], SIDES[parties.index(side)]))
            case spec.CrisisEffect(dispute, rung):
                crises.append((names.disputes[dispute], rung))
            case _:
                pass
    return {"cessions": tuple(cessions), "recognitions": tuple(recognitions), "crises": tuple(crises)}


def _onlookers(effect: spec.RelationEffect, names: Names) -> events.Onlookers:
    outward = effect.target.selector is not None
    party, other = (effect.target, effect.source) if outward else (effect.source, effect.target)
    assert party.selector is not None
    return events.Onlookers(
        selector=catalogue.SELECTORS.index(party.selector),
        reference=names.index.get(party.name, names.index[other.name]),
        other=names.index[other.name],
        memory=names.memories.names.index(effect.memory),
        amount=names.numbers.array(effect.amount),
        outward=outward,
    )


def _action(effect: spec.ActEffect, names: Names) -> events.Action:
    act = names.acts.act(effect.act)
    scale = np.ones(1)
    if effect.value is not None:
        scale = names.numbers.array(effect.value) / names.acts.usual[act]
    return events.Action(
        act=act,
        actor=names.index[effect.actor],
        target=names.index[effect.target],
        scale=scale,
        secret=effect.secret,
        audience=_audience(effect.audience, names),
        office=0 if effect.office is None else list(names.scenario.offices).index(effect.office),
        about=catalogue.NONE if effect.about is None else names.index[effect.about],
        purpose=catalogue.NONE if effect.purpose is None else names.disputes[effect.purpose],
    )


def _audience(named: str | None, names: Names) -> int:
    if named is None:
        return PUBLIC
    return PRIVATE if named == "private" else names.index[named]


def first_due(scenario: spec.Scenario, numbers: Numbers) -> Shorts:
    """The turn each dated event is set for `[1 or R, E]`."""
    columns: dict[tuple[int, ...], Floats] = {}
    for place, event in enumerate(scenario.events.values()):
        trigger = event.trigger
        if trigger.at is not None:
            columns[(place,)] = np.array(
                [float(trigger.at if isinstance(trigger.at, int) else turn_of(trigger.at, scenario))]
            )
        elif trigger.window is not None:
            columns[(place,)] = np.maximum(np.rint(numbers.array(trigger.window)), 1.0)
    due = stacked({cell: value - NEVER for cell, value in columns.items()}, (len(scenario.events),)) + NEVER
    return np.where(due > FOREVER, NEVER, np.maximum(due, -FOREVER)).astype(np.int16)
