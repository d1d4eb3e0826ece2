"""The first world of a scenario: what is in force, who holds what, and what is remembered before the first turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from game.kernel import world
from game.kernel.catalogue import Catalogue
from game.kernel.declare import Floats
from game.kernel.numerics import COARSE, snap
from game.kernel.world import (
    CALM,
    FOREVER,
    HEDGE,
    NEVER,
    OPEN,
    SIDES,
)
from game.scenario import spec
from game.scenario.compile.events import first_due
from game.scenario.compile.numbers import Numbers, index_of, stacked


def first_world(
    scenario: spec.Scenario, numbers: Numbers, kinds: world.AgreementKinds, acts: Catalogue, attributes: Floats
) -> Mapping[str, Any]:
    """The first world's arrays, each `[1 or R, ...]`."""
    return {
        "attributes": attributes,
        "tension": calm_of(scenario, numbers),
        "due": first_due(scenario, numbers),
        **_agreements(scenario, kinds),
        **_pledges(scenario),
        **_claims(scenario),
        **_nothing_yet(scenario, acts),
    }


def calm_of(scenario: spec.Scenario, numbers: Numbers) -> Floats:
    """The tension of each dispute at the start `[1 or R, D]`."""
    cells: dict[tuple[int, ...], Floats] = {
        (place,): numbers.array(each.tension) for place, each in enumerate(scenario.disputes.values())
    }
    return stacked(cells, (len(scenario.disputes),))


def _nothing_yet(scenario: spec.Scenario, acts: Catalogue) -> dict[str, Any]:
    """What only a run can bring about."""
    states, layers, events = len(scenario.states), len(scenario.memories), len(scenario.events)
    done, secrets = (1, len(acts.names), states, states), (1, len(acts.secrets), states, states)
    return {
        "memories": np.zeros((1, layers, states, states)),
        "capital": np.full((1, states), snap(scenario.income, COARSE)),
        "cooldown": np.zeros(done, dtype=np.int16),
        "fired": np.full((1, events), NEVER, dtype=np.int16),
        "pending": np.zeros((1, events), dtype=bool),
        "flags": np.zeros((1, len(scenario.flags)), dtype=bool),
        "over": np.full(1, NEVER, dtype=np.int16),
        "last": np.full(done, NEVER, dtype=np.int16),
        "secrecy": np.full(secrets, OPEN, dtype=np.int16),
        "stake": np.zeros(secrets),
        "hidden": np.zeros((1, layers, states, states)),
        "concealed": np.zeros((1, states, len(scenario.attributes))),
        "suspicion": np.zeros((1, states, states)),
        "rung": np.full((1, len(scenario.disputes), 2), CALM, dtype=np.int16),
        "posture": np.full((1, states, states), HEDGE, dtype=np.int16),
        "out": np.zeros((1, states), dtype=bool),
    }


def starting_attributes(scenario: spec.Scenario, numbers: Numbers, attributes: world.Attributes) -> Floats:
    """The attributes of each state at the start `[1 or R, N, Q]`."""
    cells: dict[tuple[int, ...], Floats] = {}
    for row, state in enumerate(scenario.states.values()):
        for column, attribute in enumerate(scenario.attributes.values()):
            spread = state.stats.get(attribute.id, attribute.start)
            if spread is not None:
                cells[row, column] = numbers.array(spread)
    start = stacked(cells, (len(scenario.states), len(scenario.attributes)))
    return np.clip(start, attributes.low, attributes.high)


def _agreements(scenario: spec.Scenario, kinds: world.AgreementKinds) -> dict[str, Any]:
    """The agreements in force, each field `[1, K, N, N]`; of two that are the same the longer and greater counts."""
    index, disputes = index_of(scenario.states), index_of(scenario.disputes)
    shape = (1, len(kinds.names), len(index), len(index))
    agreements, volume = np.zeros(shape, dtype=np.int16), np.zeros(shape)
    purpose = np.full(shape, NEVER, dtype=np.int16)
    for agreement in scenario.agreements.values():
        kind = kinds.names.index(agreement.kind)
        for place in _bound(agreement, kind, bool(kinds.mutual[kind]), index):
            agreements[place] = max(FOREVER if agreement.turns is None else agreement.turns, agreements[place])
            volume[place] = max(float(snap(np.array(agreement.volume), COARSE)), volume[place])
            if agreement.purpose is not None:
                purpose[place] = disputes[agreement.purpose]
    return {"agreements": agreements, "volume": volume, "purpose": purpose, "suspended": np.zeros(shape, dtype=bool)}


def _bound(
    agreement: spec.Agreement, kind: int, mutual: bool, index: Mapping[str, int]
) -> list[tuple[int, int, int, int]]:
    """Where an agreement stands: from each member to every later one, and back where it is mutual."""
    members = [index[member] for member in agreement.members]
    pairs = [(first, second) for place, first in enumerate(members) for second in members[place + 1 :]]
    pairs += [(second, first) for first, second in pairs] if mutual else []
    return [(0, kind, first, second) for first, second in pairs]


def _pledges(scenario: spec.Scenario) -> dict[str, Any]:
    """The pledges in force, each field `[1, P, N, N]`, and the record of trust `[1, N, N]`."""
    index, kinds = index_of(scenario.states), index_of(scenario.pledge_kinds)
    shape, pairs = (1, len(kinds), len(index), len(index)), (1, len(index), len(index))
    pledges, pledged_on, solemnity = (
        np.zeros(shape, dtype=np.int16),
        np.full(shape, NEVER, dtype=np.int16),
        np.zeros(shape),
    )
    for each in scenario.pledges.values():
        place = (0, kinds[each.kind], index[each.giver], index[each.to])
        pledges[place] = max(FOREVER if each.turns is None else each.turns, pledges[place])
        pledged_on[place], solemnity[place] = 0, 1.0
    kept, broken = np.zeros(pairs), np.zeros(pairs)
    for (first, second), record in scenario.trust.items():
        kept[0, index[first], index[second]] = record.kept
        broken[0, index[first], index[second]] = record.broken
    return {
        "pledges": pledges, "pledged_on": pledged_on, "solemnity": solemnity,
        "private_pledge": np.zeros(shape, dtype=bool),
        "kept": snap(kept, COARSE), "broken": snap(broken, COARSE),
    }  # fmt: skip


def _claims(scenario: spec.Scenario) -> dict[str, Any]:
    """Who holds each territory `[1, D]`, and whose side each state takes `[1, D, N]`."""
    index, disputes = index_of(scenario.states), scenario.disputes.values()
    held = [NEVER if each.held_by is None else index[each.held_by] for each in disputes]
    recognition = np.zeros((1, len(held), len(index)))
    for place, dispute in enumerate(disputes):
        for state, column in index.items():
            side = _side_taken(dispute, state)
            if side is not None:
                recognition[0, place, column] = SIDES[dispute.parties.index(side)]
    return {"holder": np.array([held], dtype=np.int16), "recognition": recognition}


def _side_taken(dispute: spec.Dispute, state: str) -> str | None:
    """The party of a dispute whose side a state takes at the start; each party takes its own."""
    if state in dispute.parties:
        return state
    return dispute.recognised_by.get(state, dispute.recognised)
