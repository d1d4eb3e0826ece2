"""The events of a scenario as arrays: when each fires, and what it and its options do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from game import acts as catalogue
from game import happenings, world
from game.declare import Floats, Shorts
from game.scenario import spec
from game.scenario.compile.numbers import Numbers, all_of, entered, index_of, stacked
from game.scenario.opening import turn_of
from game.world import NEVER


@dataclass(frozen=True, slots=True)
class Names:
    """What the effects of events refer to."""

    scenario: spec.Scenario
    index: Mapping[str, int]
    memories: world.Memories
    attributes: world.Attributes
    kinds: world.TieKinds
    acts: catalogue.Catalogue
    numbers: Numbers


def compiled_events(scenario: spec.Scenario, names: Names) -> tuple[happenings.Event, ...]:
    """The events of a scenario, in the order of the file."""
    order = index_of(scenario.events)
    return tuple(_event(event, names, order) for event in scenario.events.values())


def _event(event: spec.Event, names: Names, order: Mapping[str, int]) -> happenings.Event:
    trigger = event.trigger
    rate = None if trigger.mean_turns is None else 1.0 / np.maximum(names.numbers.array(trigger.mean_turns), 1e-6)
    return happenings.Event(
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
            happenings.Option(option.id, option.label, option.weight, _effects(option.effects, names))
            for option in event.options
        ),
    )


def _effects(effects: Sequence[spec.Effect], names: Names) -> happenings.Effects:
    states = len(names.index)
    regard: dict[tuple[int, ...], Floats] = {}
    attributes: dict[tuple[int, ...], Floats] = {}
    tension: dict[tuple[int, ...], Floats] = {}
    onlookers, attributes_set, tension_set, deeds, breaks, flags = [], [], [], [], [], []
    disputes = index_of(names.scenario.disputes)
    for effect in effects:
        match effect:
            case spec.RegardEffect() if effect.source.selector is None and effect.target.selector is None:
                layer = names.memories.names.index(effect.memory)
                cell = (layer, names.index[effect.source.name], names.index[effect.target.name])
                entered(regard, cell, names.numbers.array(effect.amount))
            case spec.RegardEffect():
                onlookers.append(_onlookers(effect, names))
            case spec.AttributeEffect():
                place = (names.index[effect.owner.name], names.attributes.names.index(effect.attribute))
                if effect.absolute:
                    attributes_set.append((*place, names.numbers.array(effect.amount)))
                else:
                    entered(attributes, place, names.numbers.array(effect.amount))
            case spec.TensionEffect():
                dispute = disputes[effect.dispute]
                if effect.absolute:
                    tension_set.append((dispute, names.numbers.array(effect.amount)))
                else:
                    entered(tension, (dispute,), names.numbers.array(effect.amount))
            case spec.ActEffect():
                deeds.append(_deed(effect, names))
            case spec.BreakEffect():
                kind = None if effect.kind is None else names.kinds.names.index(effect.kind)
                breaks.append((kind, names.index[effect.first], names.index[effect.second]))
            case spec.FlagEffect():
                flags.append((names.scenario.flags.index(effect.flag), effect.value))
    layers, quantities = len(names.memories.names), len(names.attributes.names)
    return happenings.Effects(
        regard=stacked(regard, (layers, states, states)) if regard else None,
        onlookers=tuple(onlookers),
        attributes=stacked(attributes, (states, quantities)) if attributes else None,
        attributes_set=tuple(attributes_set),
        tension=stacked(tension, (len(disputes),)) if tension else None,
        tension_set=tuple(tension_set),
        deeds=tuple(deeds),
        breaks=tuple(breaks),
        flags=tuple(flags),
    )


def _onlookers(effect: spec.RegardEffect, names: Names) -> happenings.Onlookers:
    outward = effect.target.selector is not None
    party, other = (effect.target, effect.source) if outward else (effect.source, effect.target)
    assert party.selector is not None
    return happenings.Onlookers(
        selector=catalogue.SELECTORS.index(party.selector),
        reference=names.index.get(party.name, names.index[other.name]),
        other=names.index[other.name],
        memory=names.memories.names.index(effect.memory),
        amount=names.numbers.array(effect.amount),
        outward=outward,
    )


def _deed(effect: spec.ActEffect, names: Names) -> happenings.Deed:
    act = names.acts.act(effect.act)
    scale = np.ones(1)
    if effect.value is not None:
        scale = names.numbers.array(effect.value) / names.acts.usual[act]
    return happenings.Deed(act, names.index[effect.actor], names.index[effect.target], scale)


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
    return np.asarray(due.astype(np.int16))
