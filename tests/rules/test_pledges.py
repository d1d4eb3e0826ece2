"""pledges: what was pledged runs down, is kept or broken, and is remembered by those who know of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.analysis.explain import explain
from game.kernel.draws import Draws
from game.kernel.orders import no_orders
from game.kernel.world import (
    DENIED_BY_ACTOR,
    FOREVER,
    NEVER,
    OPEN,
    RUMOURED,
    SECRET,
    start_world,
)
from game.match.history import History
from game.match.match import Setup, begin
from game.measures.information import seen_by
from game.measures.relations import relations
from game.measures.reputation import trust
from game.narrative.causes import in_ids
from game.parameters import defaults
from game.rules.pledges import Params, pledges
from game.scenario import load, read
from game.scenario.compile import compiled
from game.submodels.pledges import disclose
from game.testing import (
    TRIAD,
    arrays,
    change_by,
    context,
    triad,
)
from game.turn import step
from tests.pledged import GOODWILL, NO_PACT, at, pledge, pledged, tied

ARDA, BOREA, CESTIA = range(3)
MEMORY, SCAR = 1, 2
BONDS = ("pledges", "pledged_on", "solemnity", "private_pledge")


@pytest.fixture(scope="module")
def board():
    return pledged(triad().board, pledges={"praise": "goodwill", "visit": "no_pact"}, secrets=["basing_rights"])


def entries(change, board):
    return {in_ids(entry.cause, board): entry.relation[0] for entry in change.entries}


def only(layer, holder, giver, points):
    """A regard `[L, N, N]` that is `points` in one place."""
    relation = np.zeros((3, 3, 3))
    relation[layer, holder, giver] = points
    return relation


def standing(change, kind, giver, holder):
    return int(change.pledges[0, kind, giver, holder])


# ---- terms


def test_a_term_runs_down_and_one_without_end_does_not(board):
    world = pledge(board, at(board, 5), "no_pact", "arda", "borea", turns=7)
    world = pledge(board, world, "goodwill", "borea", "arda")
    after = change_by(pledges, context(board, world), Params())
    assert standing(after, NO_PACT, ARDA, BOREA) == 6
    assert standing(after, GOODWILL, BOREA, ARDA) == FOREVER


def test_a_pledge_that_has_run_out_leaves_nothing_of_itself(board):
    world = pledge(board, at(board, 5), "no_pact", "arda", "borea", turns=1, solemnity=1.5, private_pledge=True)
    after = change_by(pledges, context(board, world), Params())
    for name, nothing in (("pledges", 0), ("pledged_on", NEVER), ("solemnity", 0.0), ("private_pledge", False)):
        assert (getattr(after, name) == nothing).all(), name


def test_a_action_gives_a_pledge_for_its_whole_term(board):
    given = change_by(pledges, context(board, at(board, 3), ["arda: praise borea"]), Params())
    assert standing(given, GOODWILL, ARDA, BOREA) == 4
    assert given.pledged_on[0, GOODWILL, ARDA, BOREA] == 3
    assert given.solemnity[0, GOODWILL, ARDA, BOREA] == 1.0
    assert np.count_nonzero(given.pledges) == 1


def test_a_pledge_given_again_is_half_as_much_more_and_has_its_term_anew(board):
    world = pledge(board, at(board, 5), "goodwill", "arda", "borea", turns=1, pledged_on=2)
    again = change_by(pledges, context(board, world, ["arda: praise borea"]), Params())
    assert standing(again, GOODWILL, ARDA, BOREA) == 4
    assert again.solemnity[0, GOODWILL, ARDA, BOREA] == 1.5  # (2 + 1) / 2


def test_the_longer_term_counts(board):
    world = pledge(board, at(board, 5), "goodwill", "arda", "borea", turns=40)
    assert (
        standing(change_by(pledges, context(board, world, ["arda: praise borea"]), Params()), GOODWILL, ARDA, BOREA)
        == 39
    )


def test_a_pledge_repeated_any_number_of_times_never_weighs_more_than_twice(board):
    world, weights = at(board, 1), []
    for turn in range(1, 60):
        world = replace(world, turn=turn - 1)
        after = change_by(pledges, context(board, world, ["arda: praise borea"]), Params())
        world = replace(world, pledges=after.pledges, pledged_on=after.pledged_on, solemnity=after.solemnity)
        weights.append(float(after.solemnity.max()))
    assert weights[:4] == [1.0, 1.5, 1.75, 1.875]
    assert weights == sorted(weights)
    assert weights[-1] <= 2.0


def test_nothing_happens_where_nobody_has_pledged_anything(board):
    assert not change_by(pledges, context(board, at(board, 6), ["arda: criticise borea"]), Params()).anything
    assert not change_by(pledges, context(triad().board), Params()).anything


def test_a_refused_deal_gives_no_pledge():
    board = pledged(triad().board, pledges={"trade_agreement": "goodwill"})
    line = "arda: trade_agreement borea"
    assert not change_by(pledges, context(board, orders=[line], refused=[line]), Params()).anything
    assert standing(change_by(pledges, context(board, orders=[line]), Params()), GOODWILL, ARDA, BOREA) == 4


# ---- kept


def test_a_pledge_that_is_kept_is_remembered_every_so_many_turns(board):
    remembered = []
    for turn in range(4, 18):
        world = pledge(board, at(board, turn), "no_pact", "arda", "borea", pledged_on=3, solemnity=1.5)
        after = change_by(pledges, context(board, world), Params())
        if after.kept.any():
            remembered.append(turn)
            # verifiable 0.5 x solemnity 1.5 / 2 = 0.375 of a pledge, and 2 points x 0.375 = 0.75
            assert (after.kept[0] == only(0, BOREA, ARDA, 0.375)[0]).all()
            assert (after.memories[0] == only(MEMORY, BOREA, ARDA, 0.75)).all()
            assert list(entries(after, board)) == ["kept: No pact with Cestia"]
            assert standing(after, NO_PACT, ARDA, BOREA) == FOREVER
    assert remembered == [9, 15]


def test_what_is_in_force_at_the_start_is_in_the_table_already(board):
    for turn in range(1, 30):
        world = pledge(board, at(board, turn), "no_pact", "arda", "borea", pledged_on=0)
        after = change_by(pledges, context(board, world), Params())
        assert not after.memories.any()
        assert not after.kept.any()


# ---- broken


@pytest.fixture
def broken_word(board):
    """Turn 9: arda has pledged borea to make no pact with cestia, and has one."""
    return tied(board, pledge(board, at(board, 9), "no_pact", "arda", "borea", pledged_on=3), "trade", "arda", "cestia")


def test_a_broken_pledge_leaves_a_scar_a_record_and_no_pledge(board, broken_word):
    after = change_by(pledges, context(board, broken_word), Params())
    assert (after.memories[0] == only(SCAR, BOREA, ARDA, -12.0)).all()  # gravity 12 x solemnity 1
    assert (after.broken[0] == only(0, BOREA, ARDA, 1.0)[0]).all()
    assert list(entries(after, board)) == ["broken: No pact with Cestia"]
    assert not after.pledges.any()
    assert not after.solemnity.any()
    assert not after.kept.any()  # turn 9 is six turns after turn 3, but what is broken is not kept


def test_a_solemn_pledge_leaves_a_deeper_scar(board, broken_word):
    solemn = pledge(board, broken_word, "no_pact", "arda", "borea", pledged_on=3, solemnity=1.75)
    assert change_by(pledges, context(board, solemn), Params()).memories[0, SCAR, BOREA, ARDA] == -21.0  # 12 x 1.75


def test_others_who_hold_a_pledge_of_the_same_giver_take_a_share_of_it(board, broken_word):
    world = pledge(board, broken_word, "goodwill", "arda", "cestia", pledged_on=7)
    after = change_by(pledges, context(board, world), Params())
    found = entries(after, board)
    assert (found["broken: No pact with Cestia"] == only(SCAR, BOREA, ARDA, -12.0)).all()
    alarm = found["broken: No pact with Cestia, owed to Borea"]
    assert alarm[SCAR, CESTIA, ARDA] == pytest.approx(-3.6, abs=1e-6)  # 0.3 x 12
    assert np.count_nonzero(alarm) == 1
    assert after.broken[0, CESTIA, ARDA] == pytest.approx(0.3, abs=1e-6)
    assert standing(after, GOODWILL, ARDA, CESTIA) == FOREVER  # that one was not broken


def test_a_word_broken_to_one_that_broke_its_own_counts_half_and_says_so(board, broken_word):
    broken = broken_word.broken.copy()
    broken[0, ARDA, BOREA] = 1.0
    after = change_by(pledges, context(board, replace(broken_word, broken=broken)), Params())
    assert (entries(after, board)["broken: No pact with Cestia (the other broke first)"][SCAR] * 2 == -12.0).any()
    assert after.memories[0, SCAR, BOREA, ARDA] == -6.0
    assert after.broken[0, BOREA, ARDA] == 0.5


def test_a_trifle_excuses_a_trifle(board, broken_word):
    broken = broken_word.broken.copy()
    broken[0, ARDA, BOREA] = 0.25
    after = change_by(pledges, context(board, replace(broken_word, broken=broken)), Params())
    assert after.broken[0, BOREA, ARDA] == 0.875  # 1 - (1 - 0.5) * 0.25
    assert after.memories[0, SCAR, BOREA, ARDA] == -10.5


@pytest.mark.parametrize(("struck", "points"), [(9, -3.0), (8, -3.0), (7, -12.0)])
def test_a_word_broken_in_defence_counts_a_quarter_and_says_so(board, broken_word, struck, points):
    act = board.acts.act("limited_strike")
    armed = replace(board, acts=replace(board.acts, force=np.arange(len(board.acts.names)) == act))
    last = broken_word.last.copy()
    last[0, act, BOREA, ARDA] = struck
    after = change_by(pledges, context(armed, replace(broken_word, last=last)), Params())
    assert after.memories[0, SCAR, BOREA, ARDA] == points
    assert list(entries(after, board)) == ["broken: No pact with Cestia" + (" (in defence)" if points == -3.0 else "")]


def test_the_victims_force_is_no_excuse_for_the_one_who_used_it(board, broken_word):
    act = board.acts.act("limited_strike")
    armed = replace(board, acts=replace(board.acts, force=np.arange(len(board.acts.names)) == act))
    last = broken_word.last.copy()
    last[0, act, ARDA, BOREA] = 9
    assert (
        change_by(pledges, context(armed, replace(broken_word, last=last)), Params()).memories[0, SCAR, BOREA, ARDA]
        == -12.0
    )


def test_what_is_given_this_turn_is_not_judged_this_turn_but_what_was_in_force_is(board):
    bound = tied(board, at(board, 9), "trade", "arda", "cestia")
    fresh = pledge(board, bound, "no_pact", "arda", "borea", pledged_on=9)
    assert not change_by(pledges, context(board, fresh), Params()).broken.any()
    repeated = pledge(board, bound, "no_pact", "arda", "borea", pledged_on=9, solemnity=1.5)
    assert change_by(pledges, context(board, repeated), Params()).broken[0, BOREA, ARDA] == 1.0
    by_order = change_by(pledges, context(board, bound, ["arda: visit borea"]), Params())
    assert not by_order.broken.any()
    assert standing(by_order, NO_PACT, ARDA, BOREA) == 12


def test_a_word_that_is_broken_and_given_anew_in_one_turn_begins_from_one(board, broken_word):
    solemn = pledge(board, broken_word, "no_pact", "arda", "borea", pledged_on=3, solemnity=1.75)
    after = change_by(pledges, context(board, solemn, ["arda: visit borea"]), Params())
    assert after.solemnity[0, NO_PACT, ARDA, BOREA] == 1.0
    assert after.broken[0, BOREA, ARDA] == 1.0


# ---- in secret


def secretly(board, world, stage=SECRET, verifiable=0.0):
    """The board and world of arda's basing rights for cestia, which it has pledged borea not to give."""
    certain = replace(board.pledges, verifiable=np.full(2, verifiable))
    bound = tied(board, pledge(board, world, "no_pact", "arda", "borea", pledged_on=5), "basing", "arda", "cestia")
    secrecy = bound.secrecy.copy()
    secrecy[:, 0, ARDA, CESTIA] = stage
    return replace(board, pledges=certain), replace(bound, secrecy=secrecy)


@pytest.mark.parametrize("stage", [SECRET, RUMOURED, DENIED_BY_ACTOR])
def test_a_breach_that_the_holder_cannot_know_of_is_not_noticed(board, stage):
    blind, world = secretly(board, at(board, 7), stage)
    after = change_by(pledges, context(blind, world), Params())
    assert not after.broken.any()
    assert not after.memories.any()
    assert standing(after, NO_PACT, ARDA, BOREA) == FOREVER


def test_it_is_noticed_when_it_comes_out(board):
    blind, world = secretly(board, at(board, 7), OPEN)
    after = change_by(pledges, context(blind, world), Params())
    assert after.broken[0, BOREA, ARDA] == 1.0
    assert after.memories[0, SCAR, BOREA, ARDA] == -12.0


def test_a_holder_that_finds_out_by_itself_has_its_scar_and_nobody_else_has(board):
    sharp, world = secretly(board, at(board, 7), SECRET, verifiable=1.0)
    world = pledge(board, world, "goodwill", "arda", "cestia", pledged_on=5)
    after = change_by(pledges, context(sharp, world), Params())
    assert (after.memories[0] == only(SCAR, BOREA, ARDA, -12.0)).all()
    assert np.count_nonzero(after.broken) == 1


def test_the_odds_to_find_out_are_how_verifiable_the_pledge_is(board):
    _, world = secretly(board, at(board, 7))
    seeds = 4000
    sharp, world = secretly(board, at(board, 7, seeds), SECRET, verifiable=0.3)
    after = change_by(pledges, batch(sharp, world, range(seeds)), Params())
    # A share of 0.3 among 4000 has a standard error of 0.0072; three of them are 0.022.
    assert after.broken[:, BOREA, ARDA].mean() == pytest.approx(0.3, abs=0.022)


def test_a_holder_that_is_party_to_the_secret_knows(board):
    blind, world = secretly(board, at(board, 7), SECRET)
    world = pledge(board, world, "no_pact", "arda", "cestia", pledged_on=5)
    after = change_by(pledges, context(blind, world), Params())
    assert (after.broken[0] == only(0, CESTIA, ARDA, 1.0)[0]).all()
    assert standing(after, NO_PACT, ARDA, BOREA) == FOREVER


def test_what_only_two_know_of_is_kept_and_broken_between_the_two(board, broken_word):
    private_pledge = pledge(board, broken_word, "no_pact", "arda", "borea", pledged_on=3, private_pledge=True)
    witnessed = pledge(board, private_pledge, "goodwill", "arda", "cestia", pledged_on=8)
    after = change_by(pledges, context(board, witnessed), Params())
    assert not after.memories.any()
    assert (after.hidden[0] == only(SCAR, BOREA, ARDA, -12.0)).all()
    assert not after.broken.any()
    kept = pledge(board, at(board, 9), "no_pact", "arda", "borea", pledged_on=3, private_pledge=True)
    after = change_by(pledges, context(board, kept), Params())
    assert not after.memories.any()
    assert (after.hidden[0] == only(MEMORY, BOREA, ARDA, 0.5)).all()  # 2 x 0.5 x 1 / 2
    assert not after.kept.any()


def test_a_pledge_in_a_private_word_is_confided_until_it_is_repeated_in_the_open(board):
    private = change_by(pledges, context(board, at(board, 3), ["arda: praise borea audience=private"]), Params())
    assert private.private_pledge[0, GOODWILL, ARDA, BOREA]
    told = replace(at(board, 4), **{name: getattr(private, name) for name in BONDS})
    again = change_by(pledges, context(board, told, ["arda: praise borea"]), Params())
    assert not again.private_pledge.any()
    assert again.solemnity[0, GOODWILL, ARDA, BOREA] == 1.5
    open_first = pledge(board, at(board, 4), "goodwill", "arda", "borea", pledged_on=3)
    private = change_by(pledges, context(board, open_first, ["arda: praise borea audience=private"]), Params())
    assert not private.private_pledge.any()
    assert private.solemnity[0, GOODWILL, ARDA, BOREA] == 1.0
    assert private.pledged_on[0, GOODWILL, ARDA, BOREA] == 3


def test_it_comes_out_with_the_other_affairs_of_the_two(board):
    world = pledge(board, at(board, 9), "no_pact", "arda", "borea", private_pledge=True)
    world = pledge(board, world, "no_pact", "arda", "cestia", private_pledge=True)
    private = world.private_pledge[0].copy()
    disclose(private, BOREA, ARDA)
    assert np.argwhere(private).tolist() == [[NO_PACT, ARDA, CESTIA]]


# ---- laws, over random worlds


def batch(board, world, seeds):
    """What the rule sees of many worlds in which nobody orders anything."""
    return replace(context(board, world), draws=Draws.of(*seeds))


def anything(board, replicas, seed, turn=14):
    """Worlds with any pledges, ties, secrets, records and deeds."""
    rng = np.random.default_rng(seed)
    world = at(board, turn, replicas)
    apart = ~np.eye(3, dtype=bool)

    def some(shape, share):
        return (rng.random(shape) < share) & apart

    force = some(world.pledges.shape, 0.6)
    act = board.acts.act("limited_strike")
    last = world.last.copy()
    last[:, act] = np.where(some(last[:, act].shape, 0.2), rng.integers(turn - 3, turn + 1, last[:, act].shape), NEVER)
    secrecy = np.where(
        some(world.secrecy.shape, 0.5), rng.integers(OPEN, DENIED_BY_ACTOR + 1, world.secrecy.shape), OPEN
    )
    basing = board.agreements.names.index("basing")
    agreements = world.agreements.copy()
    agreements[:, basing] = np.where(some(agreements[:, basing].shape, 0.5), 5, 0)
    record = np.round(rng.random((2, replicas, 3, 3)) * 40) / 8 * apart * (rng.random((2, replicas, 3, 3)) < 0.5)
    return replace(
        world,
        pledges=np.where(force, rng.integers(1, 9, force.shape), 0).astype(np.int16),
        pledged_on=np.where(force, rng.integers(0, turn + 1, force.shape), NEVER).astype(np.int16),
        solemnity=np.where(force, rng.choice([1.0, 1.5, 1.75], force.shape), 0.0),
        private_pledge=force & (rng.random(force.shape) < 0.3),
        kept=record[0], broken=record[1], last=last.astype(np.int16), agreements=agreements,
        secrecy=secrecy.astype(np.int16),
    )  # fmt: skip


@pytest.fixture(scope="module")
def armed(board):
    force = np.arange(len(board.acts.names)) == board.acts.act("limited_strike")
    return replace(board, acts=replace(board.acts, force=force))


def test_records_only_grow_and_every_number_stays_in_bounds(armed):
    for seed in range(6):
        seen = batch(armed, anything(armed, 60, seed), range(60))
        change = change_by(pledges, seen, Params())
        assert change.kept.any()
        assert change.broken.any()
        assert change.hidden.any()
        assert (change.kept >= 0).all()
        assert (change.broken >= 0).all()
        orders = no_orders(armed, 60)
        given = orders, np.zeros(orders.act.shape, dtype=bool), defaults(), seen.draws
        world, _ = step(armed, seen.world, *given, phases=(("pledges",),))
        assert ((world.solemnity >= 0) & (world.solemnity <= 2)).all()
        assert ((world.pledges > 0) == (world.solemnity > 0)).all()
        assert ((world.pledges > 0) == (world.pledged_on > NEVER)).all()
        assert not (world.private_pledge & (world.pledges == 0)).any()
        for name in ("memories", "hidden", "kept", "broken", "pledges"):
            assert not np.diagonal(getattr(world, name), axis1=-2, axis2=-1).any(), name


def test_the_entries_sum_to_what_was_added_to_the_last_bit(armed):
    for seed in range(6):
        change = change_by(pledges, batch(armed, anything(armed, 20, seed), range(20)), Params())
        assert (sum(entry.relation for entry in change.entries) == change.memories + change.hidden).all()
        rows = change.ledger.rows(armed, BOREA, ARDA, 3)
        assert sum(row.impulse for row in rows) == (change.memories + change.hidden)[3, :, BOREA, ARDA].sum()


def test_a_replica_of_a_batch_is_the_single_run(armed):
    worlds = anything(armed, 30, 1)
    params = Params(schedule=np.repeat([3.0, 6.0], 15), onlookers=np.linspace(0, 1, 30), answered=np.linspace(0, 1, 30))
    together = change_by(pledges, batch(armed, worlds, range(30)), params)
    for replica in (0, 7, 22, 29):
        mine = replace(params, schedule=float(params.schedule[replica]), onlookers=float(params.onlookers[replica]),
                       answered=float(params.answered[replica]))  # fmt: skip
        alone = change_by(pledges, batch(armed, worlds.replica(replica), [replica]), mine)
        for name in ("memories", "hidden", "kept", "broken", *BONDS):
            assert (getattr(together, name)[replica] == getattr(alone, name)[0]).all(), name


def test_other_places_for_the_states_give_the_same_result_in_other_places(armed):
    scenario = read(TRIAD).scenario
    assert scenario is not None
    turned = compiled(replace(scenario, states=dict(reversed(scenario.states.items())))).board
    mirrored = pledged(turned, pledges={}, secrets=["basing_rights"])
    mirrored = replace(mirrored, acts=replace(mirrored.acts, force=armed.acts.force))
    worlds = anything(armed, 40, 2)
    fields = (*BONDS, "kept", "broken", "last", "agreements", "secrecy")
    flipped = {name: np.ascontiguousarray(getattr(worlds, name)[..., ::-1, ::-1]) for name in fields}
    here = change_by(pledges, batch(armed, worlds, range(40)), Params())
    there = change_by(pledges, batch(mirrored, replace(at(mirrored, 14, 40), **flipped), range(40)), Params())
    for name in ("memories", "hidden", "kept", "broken", *BONDS):
        assert (getattr(here, name)[..., ::-1, ::-1] == getattr(there, name)).all(), name


# ---- in whole turns

SWORN = {
    "pledge_kinds": "pledge_kinds: {no_foreign_use: {verifiable: 0}}",
    "pledges": """\
pledges:
  peace: {kind: no_attack, giver: arda, to: borea, turns: 20}
  soil: {kind: no_foreign_use, giver: arda, to: borea}
""",
    "events": """\
events:
  papers:
    headline: The papers have it
    at: 5
    effects: {reveal: {members: [arda, cestia]}}
""",
}


def after_turns(made, turns, orders=()):
    """The history of a triad in which only these orders are given: `{turn: [lines]}`."""
    history = History.begin(made.board, made.parameters, Draws.of(3))
    for turn in range(1, turns + 1):
        history = history.play(*arrays(made.board, dict(orders).get(turn, [])))
    return history


def broken_by(history, turn):
    return history.worlds[turn].broken[0, BOREA, ARDA]


def test_a_strike_breaks_the_pledge_not_to_and_is_explained_to_the_last_digit():
    history = after_turns(triad(**SWORN), 4, {2: ["arda: limited_strike borea"]})
    kind = history.board.pledges.names.index("no_attack")
    assert [int(world.pledges[0, kind, ARDA, BOREA]) for world in history.worlds] == [20, 19, 0, 0, 0]
    assert [broken_by(history, turn) for turn in range(5)] == [0, 0, 1, 1, 1]
    assert (
        trust(history.board, history.worlds[2])[0, BOREA, ARDA]
        < trust(history.board, history.worlds[1])[0, BOREA, ARDA]
    )
    for turn in range(5):
        for first, second in (("borea", "arda"), ("arda", "borea"), ("cestia", "arda")):
            found = explain(history, first, second, turn)
            assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)
    cause = next(row for row in explain(history, "borea", "arda").rows if row.rule == "pledges")
    assert (in_ids(cause.cause, history.board), cause.turn, cause.impulse) == ("broken: No attack", 2, -12.0)


@pytest.mark.parametrize(("rung", "accident", "broken"), [(3, 0.0, 0.0), (4, 0.0, 1.0), (5, 0.0, 1.0), (4, 1.0, 0.0)])
def test_who_climbs_to_force_by_its_own_will_breaks_its_pledge_not_to_attack(rung, accident, broken):
    sworn = "pledges: {peace: {kind: no_attack, giver: arda, to: cestia, turns: 20}}"
    made = triad(pledges=sworn, parameters="parameters: {crises: {accident: 0}}")
    given = {**made.parameters, "crises": replace(made.parameters["crises"], accident=accident)}
    start = start_world(made.board)
    hot = replace(start, rung=np.full_like(start.rung, rung))
    history = replace(History.begin(made.board, given, Draws.of(3)), worlds=(hot,))
    after = history.play(*arrays(made.board, ["arda: escalate islet", "cestia: hold islet"])).world
    assert after.rung.max() > rung
    assert after.broken[0, CESTIA, ARDA] == broken
    assert after.broken[0, ARDA, CESTIA] == 0.0


WARD = ["arda: hold islet", "cestia: escalate islet"]
STANDS_BY = "borea: sanction cestia"


@pytest.mark.parametrize(
    ("first", "second", "deserted"),
    [
        (WARD, WARD, 1.0),
        ([*WARD, STANDS_BY], WARD, 0.0),  # in the turn of the blow before the war
        (WARD, [*WARD, STANDS_BY], 0.0),
        (WARD, [*WARD, "borea: sanction arda"], 1.0),
        (WARD, ["arda: escalate islet", "cestia: escalate islet"], 0.0),  # the ward made war itself
    ],
)
def test_who_stands_by_its_ward_in_a_war_keeps_its_word_and_who_stands_aside_breaks_it(first, second, deserted):
    sworn = "pledges: {shield: {kind: defence, giver: borea, to: arda, turns: 20}}"
    made = triad(pledges=sworn, parameters="parameters: {crises: {accident: 0}}")
    start = start_world(made.board)
    hot = replace(start, rung=np.full_like(start.rung, 4))
    history = replace(History.begin(made.board, made.parameters, Draws.of(3)), worlds=(hot,))
    history = history.play(*arrays(made.board, first)).play(*arrays(made.board, second)).play(*arrays(made.board, []))
    assert history.world.out[0].tolist() == [True, False, True]
    assert [world.broken[0, ARDA, BOREA] for world in history.worlds] == [0.0, 0.0, deserted, deserted]


def test_a_war_that_nobody_willed_breaks_no_word_of_defence():
    sworn = "pledges: {shield: {kind: defence, giver: borea, to: arda, turns: 20}}"
    made = triad(pledges=sworn)
    given = {**made.parameters, "crises": replace(made.parameters["crises"], accident=1.0)}
    start = start_world(made.board)
    hot = replace(start, rung=np.full_like(start.rung, 5))
    history = replace(History.begin(made.board, given, Draws.of(3)), worlds=(hot,)).play(*arrays(made.board, []))
    assert history.world.out[0].tolist() == [True, False, True]
    assert not history.world.broken.any()


def test_a_secret_breach_costs_nothing_until_it_comes_out():
    history = after_turns(triad(**SWORN), 6, {2: ["arda: basing_rights cestia secret"]})
    assert [broken_by(history, turn) for turn in range(7)] == [0, 0, 0, 0, 0, 1, 1]
    causes = {in_ids(row.cause, history.board): row for row in explain(history, "borea", "arda").rows}
    assert causes["broken: No foreign use of soil"].turn == 5


def test_the_same_breach_in_the_open_costs_at_once():
    history = after_turns(triad(**SWORN), 3, {2: ["arda: basing_rights cestia"]})
    assert [broken_by(history, turn) for turn in range(4)] == [0, 0, 1, 1]


def test_a_world_with_pledges_that_nothing_disturbs_stays_where_it_is():
    made = triad(pledges=SWORN["pledges"])
    history = after_turns(made, 14)
    for world in history.worlds:
        assert (relations(made.board, world) == made.board.opening).all()
        assert not world.kept.any()


def test_an_event_gives_a_pledge_that_is_kept_from_then_on():
    pledge = "{kind: no_attack, giver: arda, to: borea, turns: 6}"
    history = after_turns(
        triad(events=f"events: {{vow: {{headline: A vow, at: 3, effects: {{pledge: {pledge}}}}}}}"), 10
    )
    kind = history.board.pledges.names.index("no_attack")
    assert [int(world.pledges[0, kind, ARDA, BOREA]) for world in history.worlds] == [0, 0, 0, 6, 5, 4, 3, 2, 1, 0, 0]
    kept = [float(world.kept[0, BOREA, ARDA]) for world in history.worlds]
    assert kept[:9] == [0.0] * 9
    assert kept[9:] == pytest.approx([0.45, 0.45], abs=1e-6)  # turn 3 + 6: verifiable 0.9 x solemnity 1 / 2


@pytest.mark.parametrize("name", ["classroom-triad", "south-caucasus-2012"])
def test_whatever_is_done_trust_is_never_certain_and_records_only_grow(name):
    scenario = load(name)
    policies = dict.fromkeys(scenario.states, "random")
    match = begin(Setup(scenario, 5, policies=policies))
    before = match.history.world
    for _ in range(16):
        match = match.advance()
        now = match.history.world
        found = trust(match.history.board, now)
        assert ((found > 0) & (found < 1)).all()
        assert (now.kept >= before.kept).all()
        assert (now.broken >= before.broken).all()
        assert ((now.solemnity >= 0) & (now.solemnity <= 2)).all()
        before = now


def test_a_pledge_in_confidence_leaves_no_trace_in_what_others_may_see():
    made = triad()
    actions = {14: ["arda: basing_rights cestia", "arda: limited_strike borea"]}
    plain = after_turns(made, 16, actions)
    sworn = ["arda: pledge_no_foreign_use borea audience=private", "arda: pledge_no_attack borea audience=private"]
    private_pledge = after_turns(made, 16, {2: sworn, **actions})
    for turn, (here, there) in enumerate(zip(plain.worlds, private_pledge.worlds, strict=True)):
        seen, alike = (seen_by(made.board, world, CESTIA) for world in (here, there))
        for name, array in seen.arrays():
            assert (array == getattr(alike, name)).all(), (turn, name)
    assert private_pledge.worlds[14].hidden[0, SCAR, BOREA, ARDA] < -15.0  # 8 and 12 points, lately
    assert not plain.worlds[14].hidden.any()


def test_a_action_of_the_turn_before_the_pledge_does_not_break_it():
    pledge = "arda: pledge_no_attack borea"
    history = after_turns(triad(), 4, {2: ["arda: limited_strike borea"], 3: [pledge]})
    assert not history.world.broken.any()
    strike = "{act: limited_strike, attacker: arda, target: borea}"
    by_event = triad(events=f"events: {{raid: {{headline: A raid, at: 2, effects: {{act: {strike}}}}}}}")
    assert not after_turns(by_event, 4, {2: [pledge]}).world.broken.any()


@pytest.mark.parametrize("orders", [["arda: pledge_no_attack borea", "arda: limited_strike borea"],
                                    ["arda: limited_strike borea", "arda: pledge_no_attack borea"]])  # fmt: skip
def test_who_pledges_peace_and_strikes_in_one_turn_has_broken_its_word(orders):
    history = after_turns(triad(), 2, {1: orders})
    kind = history.board.pledges.names.index("no_attack")
    assert [broken_by(history, turn) for turn in range(3)] == [0, 1, 1]
    assert not history.worlds[1].pledges[0, kind].any()
    found = explain(history, "borea", "arda")
    cause = next(row for row in found.rows if row.rule == "pledges")
    assert (in_ids(cause.cause, history.board), cause.turn, cause.impulse) == ("broken: No attack", 1, -12.0)
    assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)


def test_a_pledge_that_an_event_has_given_is_broken_by_a_strike_ordered_in_that_turn():
    pledge = "{kind: no_attack, giver: arda, to: borea, turns: 6}"
    made = triad(events=f"events: {{vow: {{headline: A vow, at: 2, effects: {{pledge: {pledge}}}}}}}")
    history = after_turns(made, 3, {2: ["arda: limited_strike borea"]})
    assert [broken_by(history, turn) for turn in range(4)] == [0, 0, 1, 1]
    assert not history.worlds[2].pledges.any()


def test_what_another_does_in_the_turn_of_a_pledge_does_not_break_it():
    orders = ["arda: pledge_no_attack borea", "borea: limited_strike arda", "cestia: limited_strike borea"]
    history = after_turns(triad(), 2, {1: orders})
    assert history.worlds[1].pledges.any()
    assert not history.world.broken.any()


def test_who_climbs_to_force_in_the_turn_in_which_it_pledges_peace_has_broken_its_word():
    made = triad(parameters="parameters: {crises: {accident: 0}}")
    start = start_world(made.board)
    for rung, broken in ((3, 0.0), (4, 1.0)):
        hot = replace(start, rung=np.full_like(start.rung, rung))
        history = replace(History.begin(made.board, made.parameters, Draws.of(3)), worlds=(hot,))
        orders = ["arda: pledge_no_attack cestia", "arda: escalate islet", "cestia: hold islet"]
        assert history.play(*arrays(made.board, orders)).world.broken[0, CESTIA, ARDA] == broken


def test_a_word_broken_and_given_again_in_one_turn_is_broken_once_and_does_not_stand():
    orders = {2: ["arda: limited_strike borea", "arda: pledge_no_attack borea"]}
    history = after_turns(triad(**SWORN), 2, orders)
    kind = history.board.pledges.names.index("no_attack")
    assert [broken_by(history, turn) for turn in range(3)] == [0, 0, 1]
    assert not history.worlds[2].pledges[0, kind, ARDA, BOREA]


def test_who_holds_a_pledge_in_confidence_does_not_show_it_by_its_alarm(board, broken_word):
    world = pledge(board, broken_word, "goodwill", "arda", "cestia", pledged_on=7, private_pledge=True)
    after = change_by(pledges, context(board, world), Params())
    assert (after.memories[0] == only(SCAR, BOREA, ARDA, -12.0)).all()


def test_what_is_hidden_says_so_in_the_ledger(board, broken_word):
    private_pledge = pledge(board, broken_word, "no_pact", "arda", "borea", pledged_on=3, private_pledge=True)
    for world, hidden in ((broken_word, False), (private_pledge, True)):
        ledger = change_by(pledges, context(board, world), Params()).ledger
        assert [row.hidden for row in ledger.rows(board, BOREA, ARDA)] == [hidden]
