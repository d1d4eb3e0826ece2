"""The plain Mesa model gives the engine's own numbers wherever the two play the same rules."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.mesa_model import Region, filled
from benchmarks.worlds import scenario_text
from game import turn
from game.kernel.draws import Draws
from game.kernel.world import COERCE, HEDGE, start_world
from game.measures.legality import permitted
from game.measures.relations import relations
from game.parameters import with_values
from game.policies import observe
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.thoughts import weights_of
from game.scenario import read
from game.scenario.compile import compiled
from game.testing import arrays

QUIET = {"suspicion.weight": 0.0}
"""What the Mesa model leaves out and moves relations all the same, turned off."""

SCRIPT = (
    (["ada: praise bora", "cyra: criticise ada", "dena: trade_agreement evra"], []),
    (["bora: visit ada", "ada: criticise cyra", "evra: consultation_pact bora"], ["evra: consultation_pact bora"]),
    (["cyra: sanction dena", "dena: threaten cyra", "ada: training_mission bora"], []),
    (["bora: praise evra", "evra: visit dena"], []),
    ([], []),
    (["dena: lift_sanctions cyra", "cyra: lift_sanctions dena", "ada: criticise evra"], []),
    (["ada: praise bora", "cyra: criticise ada"], []),
)
"""The orders of each turn, and which of them are refused."""

TEXT = """\
format: 1
id: overlap
title: Overlap
summary: Where both play the same.
start: 2000-01
turn: month
turns: 24
orders: 3
capital: {income: 4, carry: 2}
catalogue: standard
attributes: {military: {unit: index, min: 0, max: 100}}
power: military
states:
  ada: {name: Ada, personality: patron, stats: {military: 70}, borders: [bora]}
  bora: {name: Bora, personality: trader, stats: {military: 40}, borders: [cyra, dena]}
  cyra: {name: Cyra, personality: revisionist, stats: {military: 55}, borders: [dena]}
  dena: {name: Dena, stats: {military: 20}, borders: [evra]}
  evra: {name: Evra, personality: hedger, stats: {military: 10}}
relations:
  pairs:
    ada <-> bora: 55
    ada -> cyra: -50
    cyra -> ada: -62
    bora -> cyra: -15
    cyra -> bora: 22
    dena <-> evra: 48
    dena -> cyra: -71
    cyra -> dena: -35
    evra -> ada: 31
    ada -> evra: -8
    bora <-> evra: 46
agreements:
  old: {kind: defence_pact, members: [ada, bora]}
  short: {kind: trade, members: [bora, dena], turns: 4}
objectives:
  ada: {public: [{when: bora -> ada >= 70, points: 30}, {when: cyra -> bora < 0, points: 20}]}
  cyra: {public: [{when: dena -> cyra >= 10, points: 40}]}
  evra: {public: [{when: ada -> evra >= 20, points: 25}]}
"""


@pytest.fixture(scope="module")
def scenario():
    reading = read(TEXT)
    assert reading.scenario is not None, [str(each) for each in reading.findings]
    return reading.scenario


def both(scenario, turns):
    """The engine and the Mesa model after each turn of the script: (board, world, model)."""
    made = compiled(scenario, None)
    values = with_values(made.parameters, QUIET)
    model = Region(scenario, 1, QUIET, exact=True)
    world, draws = start_world(made.board), Draws.of(1)
    yield made.board, world, model
    for given, refused in SCRIPT[:turns]:
        orders, accepted = arrays(made.board, given, refused)
        world, _ = turn.step(made.board, world, orders, accepted, values, draws)
        model.play(given, refused)
        yield made.board, world, model


def pairs(board):
    return [(i, j) for i in range(len(board.states)) for j in range(len(board.states)) if i != j]


def test_relations_are_the_engines_after_every_turn_of_given_orders(scenario):
    moved = []
    for board, world, model in both(scenario, len(SCRIPT)):
        relation = relations(board, world)[0]
        for i, j in pairs(board):
            assert model.states[board.states[i]].relation(board.states[j]) == pytest.approx(relation[i, j], abs=1e-9)
        moved.append(relation)
    assert np.abs(moved[-1] - moved[0]).max() > 5.0


def test_so_is_what_each_memory_holds(scenario):
    for board, world, model in both(scenario, len(SCRIPT)):
        for i, j in pairs(board):
            held = model.states[board.states[i]].memory[board.states[j]]
            assert held == pytest.approx(world.memories[0, :, i, j].tolist(), abs=1e-9)
    written = np.abs(world.memories).max(axis=(0, 2, 3))
    assert (written[[board.recent, board.lasting]] > 0.5).all(), "moods and memories were written to"


def test_capital_pauses_and_agreements_are_the_engines(scenario):
    signed = ended = 0
    for board, world, model in both(scenario, len(SCRIPT)):
        force = (world.agreements[0] > 0) & ~world.suspended[0]
        for i, name in enumerate(board.states):
            state = model.states[name]
            assert state.capital == pytest.approx(world.capital[0, i], abs=1e-9)
            for j, other in enumerate(board.states):
                pauses = [state.pauses.get((act, other), 0) for act in range(len(board.acts.names))]
                assert pauses == world.cooldown[0, :, i, j].tolist()
                agreed = [state.agreements.get((kind, other), 0) for kind in range(len(board.agreements.names))]
                assert agreed == world.agreements[0, :, i, j].tolist()
        signed, ended = max(signed, int(force.sum())), int(force.sum())
    assert signed > ended, "some agreement has run out or was broken"


def test_a_turn_of_the_fast_form_differs_from_the_exact_one_by_less_than_anybody_could_see(scenario):
    plain, exact = Region(scenario, 1, QUIET), Region(scenario, 1, QUIET, exact=True)
    for given, refused in SCRIPT:
        plain.play(given, refused)
        exact.play(given, refused)
    for name, state in plain.states.items():
        for other in state.others:
            assert state.relation(other) == pytest.approx(exact.states[name].relation(other), abs=1e-3)


@pytest.mark.parametrize("turns", [0, 3, 5])
def test_the_scores_are_the_engines_in_the_terms_that_both_have(scenario, turns):
    *_, (board, world, model) = both(scenario, turns)
    params = compiled(scenario, None).parameters["reasoner"]
    reasoner = Reasoner(board, params)
    # What agreements deliver is left out, and so is what it adds to power.
    view = observe(board, replace(world, attributes=board.start["attributes"]))
    thoughts, weights = reasoner.appraisal(view), weights_of(board, params)
    columns, leaning = filled(model), thoughts.leaning
    # What an agreement makes one depend on is left out: it stands in the column of what the two are bound by.
    bound = params.commitment * thoughts.outlook.commitments
    features = thoughts.outlook.features.copy()
    features[model.place["commitment"]] = bound
    model.agents.do("look")
    model.agents.do("ponder")
    for i, j in pairs(board):
        state, other = model.states[board.states[i]], board.states[j]
        for act in model.acts:
            expected = leaning[i, act.number] + weights.actor[act.number, columns] @ features[columns, i, j]
            assert state.score(act, other) == pytest.approx(expected, abs=2e-4), act.name
            if act.is_deal:
                row = weights.target[weights.place[act.number]]
                expected = leaning[i, act.number] + row[columns] @ features[columns, i, j]
                assert state.reception(act, other) == pytest.approx(expected, abs=2e-4), act.name


@pytest.mark.parametrize("turns", [0, 3, 5])
def test_what_may_be_done_is_what_the_engine_permits(scenario, turns):
    *_, (board, world, model) = both(scenario, turns)
    legal = permitted(board, world)[0]
    model.agents.do("look")
    for i, j in pairs(board):
        state, other = model.states[board.states[i]], board.states[j]
        for act in model.acts:
            if act.actors:
                mine = state.name in act.actors and state.may(act, other)
                assert mine == legal[i, act.number, j], (state.name, act.name, other)


def test_what_a_state_is_about_with_another_is_reviewed_as_in_the_engine(scenario):
    made = compiled(scenario, None)
    board, draws = made.board, Draws.of(1)
    model = Region(scenario, 1, QUIET, exact=True)
    start = start_world(board)
    world = replace(
        start, posture=np.where(np.eye(len(board.states), dtype=bool), HEDGE, COERCE)[None].astype(np.int16)
    )
    for i, j in pairs(board):
        model.states[board.states[i]].posture[board.states[j]] = COERCE
    for given, refused in SCRIPT[:4]:
        orders, accepted = arrays(board, given, refused)
        values = with_values(made.parameters, QUIET)
        world, _ = turn.step(board, world, orders, accepted, values, draws)
        model.play(given, refused)
        for i, j in pairs(board):
            assert model.states[board.states[i]].posture[board.states[j]] == world.posture[0, i, j]
    assert set(np.unique(world.posture).tolist()) > {COERCE}, "some have changed their minds, and some have not"


def test_it_plays_by_itself_and_its_states_do_things():
    region = Region(read(scenario_text(5)).scenario, 3)
    for _ in range(4):
        region.step()
    collected = region.datacollector.get_agent_vars_dataframe()
    assert len(collected) == 4 * 5
    assert sum(len(state.orders) for state in region.states.values()) > 0
    assert all(abs(state.relation(other)) <= 100 for state in region.states.values() for other in state.others)


def test_the_same_seed_plays_the_same_game(scenario):
    games = [Region(scenario, seed) for seed in (4, 4, 5)]
    for game in games:
        for _ in range(5):
            game.step()
    shares = [{name: state.share for name, state in game.states.items()} for game in games]
    assert shares[0] == shares[1]
    assert shares[0] != shares[2]


def test_a_requirement_over_anything_else_is_refused_not_ignored():
    text = TEXT + "acts: {praise: {requires: [turn >= 3]}}\n"
    with pytest.raises(TypeError, match="no requirement such as"):
        Region(read(text).scenario, 1)
