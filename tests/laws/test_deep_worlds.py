"""Laws over random worlds with pledges, secrets, access, claims and crises, where states do anything they can, on any
terms: numbers stay in bounds, explanations stay exact, batches equal their parts, journals replay byte for byte.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import turn
from game.analysis.explain import explain
from game.journal import journal_of, replay
from game.kernel.draws import Draws
from game.kernel.world import World, digest, start_world
from game.match.match import Setup, begin
from game.measures.information import seen_by
from game.measures.relations import relations
from game.policies import answered, decided, observe
from game.policies.reasoner.reasoner import Reasoner
from game.scenario import read
from game.scenario.compile import compiled
from tests.laws.wild import Wild

NAMES = ("ada", "bora", "cyra", "dena", "evra")
TURNS = 7  # pledges are remembered every six
FEW = 5
PLEDGES = ("no_attack", "no_foreign_use", "no_basing", "non_aggression", "neutrality", "end_use")
DECLARED = {each.name: each.metadata for each in fields(World) if "axes" in each.metadata}


@st.composite
def deep_scenarios(draw):
    """The text of a scenario of three to five states that uses everything the format has."""
    names = NAMES[: draw(st.integers(3, 5))]
    lines = [
        "format: 1\nid: deep\ntitle: Deep\nsummary: A drawn world.\nstart: 2000-01\nturn: month\nturns: 12\norders: 3",
        f"capital: {{income: {draw(st.integers(3, 8))}, carry: 3}}\ncatalogue: standard",
        "attributes:\n  military: {unit: index, min: 0, max: 100}\npower: military\nstates:",
    ]
    for place, name in enumerate(names):
        border = f", borders: [{names[place - 1]}]" if place and draw(st.booleans()) else ""
        lines.append(f"  {name}: {{name: {name.title()}, stats: {{military: {draw(st.integers(1, 90))}}}{border}}}")
    lines.append("relations:\n  pairs:")
    pairs = [(first, second) for first in names for second in names if first != second]
    lines += [f"    {first} -> {second}: {draw(st.integers(-95, 95))}" for first, second in pairs]
    tension = draw(st.integers(0, 99))
    lines.append(
        f"disputes:\n  valley: {{name: The valley, kind: territory, held_by: {names[0]}, claimed_by: {names[1]}, "
        f"recognised: {names[1]}, tension: {tension}}}\n"
        f"  reactor: {{name: The reactor, kind: security, parties: [{names[1]}, {names[2]}], "
        f"tension: {draw(st.integers(0, 99))}}}"
    )
    kind, giver, holder = draw(st.sampled_from(PLEDGES)), *draw(st.permutations(names))[:2]
    lines.append(f"pledges:\n  old: {{kind: {kind}, giver: {giver}, to: {holder}, turns: {draw(st.integers(1, 20))}}}")
    lines.append(f"trust:\n  {names[0]} -> {names[1]}: {{kept: {draw(st.integers(0, 5))}, broken: 1}}")
    lines.append(
        f"events:\n  whispers: {{headline: Whispers, mean_turns: 3, repeats: true, "
        f"effects: {{rumour: {{members: [{names[0]}, {names[2]}]}}}}}}\n"
        f"  showdown: {{headline: A showdown, mean_turns: 4, effects: {{crisis: {{dispute: valley, rung: 2}}}}}}\n"
        f"  comment: {{headline: An analyst doubts it, at: 2, comment: true}}"
    )
    return "\n".join(lines) + "\n"


def scenario_of(text):
    reading = read(text)
    assert reading.scenario is not None, [str(each) for each in reading.findings]
    return reading.scenario


def wild_match(text, seed, policy="wild", turns=TURNS):
    """A match of a drawn world: every state wild, or some reasoning."""
    scenario = scenario_of(text)
    match = begin(Setup(scenario, seed))
    states = range(len(match.history.board.states))
    wild = Wild()
    seats = {state: wild for state in states if policy == "wild" or state % 2}
    match = replace(match, seats=seats)
    for _ in range(turns):
        match = match.advance()
    return match


def check_bounds(board, world):
    sizes = board.sizes(world.replicas)
    for name, array in world.arrays():
        declared = DECLARED[name]
        assert array.shape == tuple(sizes[axis] for axis in declared["axes"]), name
        assert (array >= declared["low"]).all(), name
        assert (array <= declared["high"]).all(), name
        if array.dtype.kind == "f":
            assert np.isfinite(array).all(), name


@settings(max_examples=40)
@given(deep_scenarios(), st.integers(0, 2**32), st.sampled_from(["wild", "mixed"]))
def test_whatever_states_do_every_number_stays_in_bounds_and_is_explained(text, seed, policy):
    match = wild_match(text, seed, policy)
    board = match.history.board
    for world in match.history.worlds:
        check_bounds(board, world)
        assert np.abs(relations(board, world)).max() <= 100
    for first in board.states:
        for second in board.states:
            if first != second:
                found = explain(match.history, first, second)
                assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)
                assert found.relation == pytest.approx(
                    relations(board, match.history.world)[0, board.state(first), board.state(second)], abs=1e-12
                )


@settings(max_examples=25)
@given(deep_scenarios(), st.lists(st.integers(0, 2**32), min_size=2, max_size=3, unique=True))
def test_a_batch_of_wild_worlds_equals_its_parts(text, seeds):
    made = compiled(scenario_of(text))
    board = made.board
    wild = Wild()
    seats = {state: wild for state in range(len(board.states)) if state != 1}

    def played(draws):
        reasoner, world = Reasoner(board, made.parameters["reasoner"]), start_world(board, draws.seeds.size)
        for _ in range(FEW):
            opened, _ = turn.opening(board, world, made.parameters, draws)
            orders = decided(reasoner, seats, board, opened, draws)
            accepted = answered(reasoner, seats, board, opened, orders, draws)
            world, _ = turn.step(board, opened, orders, accepted, made.parameters, draws)
        return world

    whole = played(Draws.of(*seeds))
    for place, seed in enumerate(seeds):
        assert digest(whole.replica(place)) == digest(played(Draws.of(seed)))


@settings(max_examples=25)
@given(deep_scenarios(), st.integers(0, 2**32))
def test_a_wild_game_replays_from_its_journal_byte_for_byte(text, seed):
    match = wild_match(text, seed, "mixed", FEW)
    journal = journal_of(match)
    assert replay(journal).history.digests() == match.history.digests()


@settings(max_examples=25)
@given(deep_scenarios(), st.integers(0, 2**32))
def test_the_order_of_the_states_never_matters(text, seed):
    scenario = scenario_of(text)
    mirrored = replace(scenario, states=dict(reversed(scenario.states.items())))
    runs = []
    for each in (scenario, mirrored):
        match = begin(Setup(each, seed))
        for _ in range(FEW):
            match = match.advance()
        runs.append(match.history.series())
    assert (runs[0] == runs[1][:, ::-1, ::-1]).all()


@settings(max_examples=25)
@given(deep_scenarios(), st.integers(0, 2**32))
def test_what_a_state_may_know_is_enough_for_its_own_decisions(text, seed):
    match = wild_match(text, seed, "mixed", FEW)
    board, world = match.history.board, match.history.world
    reasoner = Reasoner(board, match.reasoner.params)
    draws = match.history.draws.run(0)
    whole = reasoner.orders(observe(board, world), draws)
    for state in range(len(board.states)):
        own = Reasoner(board, match.reasoner.params).orders(observe(board, seen_by(board, world, state)), draws)
        for name in ("act", "target", "scale", "secret", "side_payment"):
            assert (getattr(whole, name)[state] == getattr(own, name)[state]).all(), name
