"""Tallies: what is counted of a game is what there is to count in it, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np
import pytest

from game import turn
from game.kernel.catalogue import DEAL, NONE
from game.kernel.compiled import workspaces
from game.kernel.draws import Draws
from game.kernel.step import Step
from game.kernel.world import CALM, NEVER, WAR, Board, start_world
from game.measures.relations import relations
from game.policies import Reasoner, answered, decided
from game.scenario.compile import Compiled
from game.study.runs import table
from game.study.tallies import (
    Tally,
    count_acts,
    count_agreements,
    count_crises,
    count_end,
    count_relations,
    empty,
)
from game.testing import triad
from tests import kernels

TURNS = 8
EVENTS = """\
events:
  feast: {headline: A feast, at: 2, effects: {arda <-> borea: {memory: 10}}}
  raid: {headline: A raid, mean_turns: 2, repeats: true, effects: {islet.tension: 30, cestia -> arda: {memory: -20}}}
"""
SCENES = {
    "friends": {"events": EVENTS},
    "foes": {
        "relations": "relations: {pairs: {arda -> borea: 40, borea -> arda: 30, arda -> cestia: -80}}",
        "disputes": "disputes:\n  islet: {name: I, kind: territory, held_by: arda, claimed_by: cestia, tension: 97}",
        "events": EVENTS,
    },
    "over": {
        "events": EVENTS,
        "endings": "endings: {late: {when: ['arda.military > 0', 'turn >= 5'], text: It is over.}}",
    },
}


@pytest.fixture(autouse=True)
def plainly() -> Iterator[None]:
    with kernels.uncompiled():
        yield


@pytest.fixture
def board() -> Board:
    return triad(events=EVENTS).board


@pytest.fixture
def step(board: Board) -> Step:
    made = workspaces.made(board, 0).step
    made.turn = 2
    return made


def tallied(scene: Compiled, seeds: range) -> Tally:
    """The tally of whole games of some seeds."""
    board = scene.board
    seat = table(board, scene.parameters, 0, TURNS)
    nowhere = np.zeros((0, len(board.states), len(board.states)))
    for seed in seeds:
        seat.play(start_world(board), 0, seed, nowhere)
    return seat.tally


def by_hand(scene: Compiled, seed: int) -> Tally:
    """The same of one game that is played turn by turn: each thing is looked for in every turn."""
    board, tally = scene.board, empty(scene.board, TURNS)
    draws, world = Draws.of(seed), start_world(scene.board)
    reasoner = Reasoner(board, scene.parameters["reasoner"])
    for number in range(1, TURNS + 1):
        before = world
        opened, _ = turn.opening(board, world, scene.parameters, draws)
        orders = decided(reasoner, {}, board, opened, draws)
        accepted = answered(reasoner, {}, board, opened, orders, draws)
        world, _ = turn.step(board, opened, orders, accepted, scene.parameters, draws)
        whole = np.rint(relations(board, world)[0] * 100).astype(np.int64)
        tally.relation[number], tally.squares[number] = whole, whole**2
        if not opened.running[0]:
            continue
        for cell in np.argwhere(orders.act != NONE).tolist():
            act, agreed = orders.act[*cell], accepted[*cell]
            refused = board.acts.kind[act] == DEAL and not agreed
            (tally.refused if refused else tally.done)[number, act] += 1
        tally.events[number] = world.fired[0] == number
        _count_changes(board, tally, number, before, world)
    tally.runs[0] = 1
    tally.endings[int(world.over[0]) if world.over[0] != NEVER else -1] = 1
    tally.at_war[:] = world.out[0]
    return tally


def _count_changes(board, tally, number, before, world) -> None:
    for kind, mutual in enumerate(board.agreements.mutual):
        was, now = before.agreements[0, kind], world.agreements[0, kind]
        share = 2 if mutual else 1
        tally.signed[number, kind] = ((was == 0) & (now > 0)).sum() // share
        tally.broken[number, kind] = ((was > 1) & (now == 0)).sum() // share
    was, now = before.rung[0].max(axis=1), world.rung[0].max(axis=1)
    tally.crises[number] = (was == CALM) & (now != CALM)
    tally.wars[number] = (was != WAR) & (now == WAR)


@pytest.mark.parametrize("name", SCENES)
def test_a_game_is_counted_as_it_is_by_hand(name):
    scene = triad(**SCENES[name])
    found = tallied(scene, range(3, 4))
    expected = by_hand(scene, 3)
    for each in fields(Tally):
        assert getattr(found, each.name).tolist() == getattr(expected, each.name).tolist(), each.name
    assert found.done.sum() > 5
    assert found.events.sum() > 1
    assert found.signed.any()


def test_several_games_add_up():
    scene = triad(**SCENES["foes"])
    together, parts = tallied(scene, range(4)), [tallied(scene, range(seed, seed + 1)) for seed in range(4)]
    added = parts[0].added(parts[1]).added(parts[2].added(parts[3]))
    for each in fields(Tally):
        assert getattr(together, each.name).tolist() == getattr(added, each.name).tolist(), each.name
    assert together.runs.tolist() == [4]


def test_a_game_that_is_over_counts_on_as_it_ended():
    found = tallied(triad(**SCENES["over"]), range(3, 4))
    assert found.endings.tolist() == [1, 0]
    assert not found.done[6:].any()
    assert not found.events[6:].any()
    assert found.relation[6:].tolist() == [found.relation[5].tolist()] * (TURNS - 5)


# ---- one thing at a time


def test_acts_are_counted_as_done_or_refused_and_events_in_the_turn_they_happen(board, step):
    tally, deeds = empty(board, 3), step.deeds
    deeds.count[0] = 4
    deeds.act[:4], deeds.refused[:4] = (1, 2, 1, 2), (False, True, False, False)
    deeds.act[4:] = 3
    step.world.fired[:] = 2, 1
    count_acts(tally, step)
    assert tally.done[2, :4].tolist() == [0, 2, 1, 0]
    assert tally.refused[2, :4].tolist() == [0, 0, 1, 0]
    assert tally.events[2].tolist() == [1, 0]
    assert tally.done.sum() + tally.refused.sum() + tally.events.sum() == 5


def test_relations_are_counted_in_whole_hundredths(board):
    tally = empty(board, 3)
    count_relations(tally, 2, np.array([[0.0, 1.234, -50.0], [0.126, 0.0, 100.0], [-0.004, -0.0, 0.0]]))
    count_relations(tally, 2, np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]))
    assert tally.relation[2].tolist() == [[0, 223, -5000], [13, 0, 10000], [0, 0, 0]]
    assert tally.squares[2].tolist() == [[0, 123**2 + 100**2, 5000**2], [169, 0, 10000**2], [0, 0, 0]]
    assert not tally.relation[[0, 1, 3]].any()


def test_a_mutual_agreement_counts_once_and_one_that_runs_out_is_not_broken(board, step):
    mutual = int(np.flatnonzero(board.agreements.mutual)[0])
    given = int(np.flatnonzero(~board.agreements.mutual)[0])
    tally, before, now = empty(board, 3), np.zeros_like(step.world.agreements), step.world.agreements
    now[:] = 0
    now[mutual, 0, 1] = now[mutual, 1, 0] = 5
    now[given, 0, 1] = now[given, 1, 0] = now[given, 2, 0] = 1
    count_agreements(tally, step, before)
    assert (tally.signed[2, mutual], tally.signed[2, given]) == (1, 3)
    assert before.tolist() == now.tolist(), "what is now is before the next turn"
    now[given, 2, 0] = 4
    count_agreements(tally, step, before)
    now[:] = 0
    count_agreements(tally, step, before)
    assert (tally.broken[2, mutual], tally.broken[2, given]) == (1, 1)
    assert tally.signed.sum() == 4


@pytest.mark.parametrize(
    ("before", "after", "counted"),
    [((-1, -1), (0, -1), (1, 0)), ((-1, -1), (-1, 3), (1, 0)), ((2, -1), (3, 4), (0, 0)), ((5, 5), (6, 5), (0, 1)),
     ((6, 6), (6, 6), (0, 0)), ((-1, -1), (6, 6), (1, 1)), ((4, 4), (-1, -1), (0, 0))],
)  # fmt: skip
def test_a_crisis_begins_with_the_first_rung_and_war_with_the_last(board, step, before, after, counted):
    tally, was = empty(board, 3), np.array([before], dtype=np.int16)
    step.world.rung[0] = after
    count_crises(tally, step, was)
    assert (int(tally.crises[2, 0]), int(tally.wars[2, 0])) == counted
    assert was.tolist() == [[*after]]


def test_an_ending_and_who_is_at_war_count_at_the_end():
    board = triad(**SCENES["over"]).board
    step, points = workspaces.made(board, 0).step, np.zeros(3)
    tally = empty(board, 1)
    count_end(tally, step, 1, points)
    step.world.over[0] = 0
    step.world.out[:] = True, False, True
    count_end(tally, step, 1, points)
    assert tally.runs.tolist() == [2]
    assert tally.endings.tolist() == [1, 1]
    assert tally.at_war.tolist() == [1, 0, 1]


def test_a_tally_takes_the_same_room_whatever_is_counted(board):
    one, many = tallied(triad(), range(1)), tallied(triad(), range(3))
    assert [getattr(one, each.name).shape for each in fields(Tally)] == [
        getattr(many, each.name).shape for each in fields(Tally)
    ]
    assert replace(one).added(one).runs.tolist() == [2]
