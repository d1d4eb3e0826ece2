"""The ledger is exact, every number stays in bounds, and an undisturbed world stays as its author put it."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from game import turn
from game.files import shipped_scenarios
from game.kernel.draws import Draws
from game.kernel.numerics import snap
from game.kernel.orders import no_orders
from game.kernel.world import World, digest, start_world
from game.match.match import Setup, begin
from game.measures.relations import relations
from game.scenario import load
from game.scenario.compile import compiled
from game.testing import triad
from tests.oracle.games import played

SHIPPED = sorted(shipped_scenarios())


@pytest.mark.parametrize("name", SHIPPED)
def test_after_is_what_fading_leaves_of_before_and_of_the_sum_of_the_ledger_to_the_last_bit(name):
    made = compiled(load(name))
    before = start_world(made.board, 2)
    for step in played(made, "reasoner", [4, 5], 12):
        after, ledger = step.world, step.ledger
        for replica in np.flatnonzero(before.running).tolist():
            summed = [each[replica].copy() for each in (before.memories, before.hidden)]
            for first, second, row in ledger.every(made.board, replica):
                summed[row.hidden][row.layer, first, second] += row.impulse
            for total, left in zip(summed, (after.memories, after.hidden), strict=True):
                assert (snap(total * made.board.memories.factors[:, None, None]) == left[replica]).all()
        before = after


@pytest.mark.parametrize("name", SHIPPED)
def test_every_number_of_a_world_stays_in_its_declared_bounds(name):
    made = compiled(load(name), Draws.of(*range(16)))
    declared = {each.name: each.metadata for each in fields(World) if "axes" in each.metadata}
    for world in (step.world for step in played(made, "reasoner", range(16), 24)):
        sizes = made.board.sizes(16)
        for field, array in world.arrays():
            assert array.shape == tuple(sizes[axis] for axis in declared[field]["axes"]), field
            assert (array >= declared[field]["low"]).all(), field
            assert (array <= declared[field]["high"]).all(), field
            if array.dtype.kind == "f":
                assert np.isfinite(array).all(), field
        low, high = made.board.attributes.low, made.board.attributes.high
        assert ((world.attributes >= low) & (world.attributes <= high)).all()
        shown = relations(made.board, world)
        assert np.abs(shown).max() <= 100
        assert not np.diagonal(shown, axis1=1, axis2=2).any()


@pytest.mark.parametrize("name", SHIPPED)
def test_a_world_that_nothing_disturbs_stays_where_its_author_put_it(name):
    made = compiled(undisturbed(load(name)))
    board = made.board
    nobody, consent = no_orders(board), np.zeros((1, len(board.states), board.orders), dtype=bool)
    world = start_world(board)
    for _ in range(12):
        world, _ = turn.step(board, world, nobody, consent, made.parameters, Draws.of(1))
        assert (relations(board, world) == board.opening).all()
        assert (world.tension == board.calm).all()


def undisturbed(scenario):
    """The scenario without events, with agreements that neither end nor deliver, and balance as it is by default."""
    still = {name: replace(kind, delivers={}) for name, kind in scenario.agreement_kinds.items()}
    lasting = {name: replace(agreement, turns=None) for name, agreement in scenario.agreements.items()}
    return replace(scenario, events={}, objectives={}, agreement_kinds=still, agreements=lasting, parameters={})


def test_a_run_that_has_ended_stays_as_it_is():
    made = triad(endings="endings:\n  at_once: {when: [turn >= 1], text: It is over.}\n")
    first, *later = (step.world for step in played(made, "reasoner", [1], 4))
    assert first.over[0] == 0
    for world in later:
        for name, array in world.arrays():
            assert (array == getattr(first, name)).all(), name


@pytest.mark.parametrize("name", SHIPPED)
def test_a_relabelling_of_the_states_relabels_the_result(name):
    scenario = load(name)
    match = begin(Setup(scenario, 2))
    mirrored = begin(Setup(_reversed(scenario), 2))
    for _ in range(5):
        match, mirrored = match.advance(), mirrored.advance()
    assert (match.history.series() == mirrored.history.series()[:, ::-1, ::-1]).all()


def _reversed(scenario):
    return replace(scenario, states=dict(reversed(scenario.states.items())))


def test_the_same_setup_gives_the_same_digests_again():
    scenario = load("classroom-triad")
    runs = []
    for _ in range(2):
        match = begin(Setup(scenario, 8))
        while not match.finished:
            match = match.advance()
        runs.append(match.history.digests())
    assert runs[0] == runs[1]
    assert digest(start_world(begin(Setup(scenario, 8)).history.board)) == runs[0][0]
