"""One replica of a batch is the single run of its seed, bit for bit, ledger included; luck belongs to its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.compiled.workspaces import setting_for
from game.kernel.draws import Draws
from game.kernel.world import ARRAYS, digest
from game.match.match import Setup, begin
from game.measures.relations import relations
from game.scenario import load, read
from game.scenario.compile import compiled
from game.study import ensemble
from game.testing import TRIAD
from tests.oracle.games import played

TURNS = 6
SEEDS = 12
POWER_DRAWN = TRIAD.replace("military: 60", "military: {mean: 45, sd: 12}").replace(
    "military: 20", "military: {low: 5, high: 80}"
)


@pytest.fixture(scope="module", params=["central", "drawn"])
def spreads(request):
    return request.param


@pytest.fixture(scope="module")
def scenario():
    return load("south-caucasus-2012")


def single(scenario, seed, spreads, turns=TURNS):
    match = begin(Setup(scenario, seed, spreads))
    for _ in range(turns):
        match = match.advance()
    return match


def replicas(scenario, seeds, **given):
    """The runs of some seeds, five a part, with their relations and last worlds."""
    return ensemble(scenario, seeds, keep=("series", "worlds"), **{"chunk": 5, **given})


def batch(scenario, seeds, spreads):
    draws = Draws.of(*seeds)
    made = compiled(scenario, draws if spreads == "drawn" else None)
    return made.board, [(step.world, step.ledger) for step in played(made, "reasoner", seeds, TURNS)]


def test_a_replica_equals_the_single_run_of_its_seed(scenario, spreads):
    runs = replicas(scenario, range(SEEDS), turns=TURNS, spreads=spreads)
    assert len(runs.worlds) > 1, "replicas on both sides of a cut are compared"
    for seed in (0, 1, 7, SEEDS - 2, SEEDS - 1):
        match = single(scenario, seed, spreads)
        assert digest(runs.world(seed)) == match.history.digests()[-1]
        assert (runs.series[seed] == match.history.series()).all()


def test_so_does_one_of_many(spreads):
    small = read(POWER_DRAWN).scenario
    assert small is not None
    runs = replicas(small, range(80), turns=TURNS, spreads=spreads, chunk=32)
    for seed in (0, 1, 33, 79):
        assert digest(runs.world(seed)) == single(small, seed, spreads).history.digests()[-1]


def test_its_ledger_is_the_single_runs_ledger(scenario, spreads):
    board, turns = batch(scenario, range(40, 48), spreads)
    match = single(scenario, 43, spreads)
    for (_, ledger), mine in zip(turns, match.history.turns, strict=True):
        for i, j in ((0, 1), (1, 2), (2, 1), (3, 2), (7, 0)):
            assert [*ledger.rows(board, i, j, replica=3)] == [*mine.ledger.rows(board, i, j)]


def test_it_holds_where_power_is_drawn_too():
    scenario = read(POWER_DRAWN).scenario
    assert scenario is not None
    runs = replicas(scenario, range(20), turns=4, spreads="drawn")
    for seed in range(20):
        assert digest(runs.world(seed)) == single(scenario, seed, "drawn", 4).history.digests()[-1]


def test_a_batch_is_the_same_however_it_is_cut(scenario, spreads):
    whole = replicas(scenario, range(9), turns=4, spreads=spreads)
    parts = replicas(scenario, range(9), turns=4, spreads=spreads, chunk=2)
    assert [digest(whole.world(r)) for r in range(9)] == [digest(parts.world(r)) for r in range(9)]


def test_the_order_of_the_seeds_does_not_matter(scenario):
    forward = replicas(scenario, [3, 1, 2], turns=4)
    backward = replicas(scenario, [2, 1, 3], turns=4)
    assert digest(forward.world(0)) == digest(backward.world(2))
    assert digest(forward.world(1)) == digest(backward.world(1))


def test_seeds_make_a_difference(scenario):
    runs = replicas(scenario, range(8), turns=6, spreads="drawn")
    assert len({digest(runs.world(r)) for r in range(8)}) == 8


def test_a_parameter_may_differ_from_replica_to_replica(scenario):
    couplings = np.array([0.1, 0.9, 2.0])
    swept = replicas(scenario, [5, 5, 5], turns=4, parameters={"balance.coupling": couplings}, spreads="central")
    for replica, coupling in enumerate(couplings):
        match = begin(Setup(scenario, 5, "central", {"balance.coupling": float(coupling)}))
        for _ in range(4):
            match = match.advance()
        assert digest(swept.world(replica)) == match.history.digests()[-1]


IDLE = TRIAD.replace(
    "  borea: {name: Borea", "  aloof: {name: Aloof, plays: false, stats: {military: 0}}\n  borea: {name: Borea"
).replace("arda  borea  cestia\n", "arda  borea  cestia\n")
NODS = """
agreement_kinds:
  defence_pact: {name: Defence pact, mutual: true, worth: 5, commitment: 1, doc: A pact.}
acts:
  nod:
    name: Nod
    kind: statement
    roles: {one: [arda, borea, cestia], other: [arda, borea, cestia]}
    text: "{one} nods to {other}"
    effects: {other -> one: {mood: 2}}
    weight: 2.5
    doc: A nod.
parameters: {reasoner: {threshold: 0}}
"""


def orders(text, seed=3, turns=8):
    scenario = read(text).scenario
    assert scenario is not None
    match = begin(Setup(scenario, seed))
    for _ in range(turns):
        match = match.advance()
    return [[str(record.order) for record in match.records(turn)] for turn in range(1, turns + 1)], match


def test_a_state_that_nobody_can_reach_moves_no_other_draw():
    plain = TRIAD.replace("catalogue: standard\n", "") + NODS
    joined = IDLE.replace("catalogue: standard\n", "") + NODS
    for text in (plain, joined):
        assert read(text).scenario is not None, read(text).findings
    before, after = orders(plain)[0], orders(joined)[0]
    assert any(before)
    assert before == after


def test_the_draws_of_every_state_and_event_stay_when_a_state_is_added():
    small, large = orders(TRIAD)[1].history.board, orders(IDLE)[1].history.board
    kept = [large.state(name) for name in small.states]
    assert (large.keys[kept] == small.keys).all()
    assert (setting_for(large, 0).events.keys[: len(small.events)] == setting_for(small, 0).events.keys).all()


def test_an_inert_event_moves_no_other_draw():
    event = "events:\n  nothing: {headline: Nothing, mean_turns: 2, effects: {arda.military: 0}}\n"
    plain, match = orders(TRIAD)
    with_event, other = orders(TRIAD + event)
    assert plain == with_event
    assert (match.history.series() == other.history.series()).all()


def test_two_branches_of_a_game_share_their_chance(scenario):
    match = single(scenario, 11, "central", 5)
    again = match.with_history(match.history.back_to(3)).advance().advance()
    assert again.history.digests() == match.history.digests()


def test_nothing_mutates_what_it_is_given(scenario):
    match = begin(Setup(scenario, 1))
    board = match.history.board
    given = [board.baseline, board.opening, board.opening_pull, board.reach, board.calm, board.acts.direct]
    for array in (*given, board.acts.onlook, match.history.draws.seeds):
        array.setflags(write=False)
    for _ in range(6):
        opened = match.history.open()
        for world in (match.history.worlds[-1], opened.world):
            for name in ARRAYS:
                getattr(world, name).setflags(write=False)
        match = match.with_history(opened).advance()
    assert match.history.turn == 6


def test_a_world_of_one_replica_is_its_row_of_the_batch(scenario):
    board, turns = batch(scenario, range(3), "central")
    world = turns[-1][0]
    assert (relations(board, world.replica(2))[0] == relations(board, world)[2]).all()
    assert replace(world.replica(2)).replicas == 1
