"""ties: agreements are signed, run out, deliver and break."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.orders import permitted
from game.rules.acts import Params as ActsParams
from game.rules.acts import acts
from game.rules.ties import Params, ties
from game.testing import moment, triad
from game.world import FOREVER, relations, start_world, tie_worth

KINDS = """\
tie_kinds:
  treaty: {name: Treaty, mutual: true, worth: 12, commitment: 1, doc: Binds both.}
  supply: {name: Supply, mutual: false, giver: 3, receiver: 7, delivers: {military: 0.5}, doc: One way.}
acts:
  sign_treaty:
    name: Treaty
    kind: deal
    roles: {one: any, other: any}
    text: "{one} and {other} sign a treaty"
    terms: {turns: 10}
    cost: 1
    signs: treaty
    effects: {one <-> other: {memory: 1}}
    doc: A treaty.
  supply_arms:
    name: Supply
    kind: deal
    roles: {giver: any, taker: any}
    text: "{giver} supplies {taker}"
    terms: {turns: 4}
    cost: 1
    signs: supply
    effects: {taker -> giver: {memory: 1}}
    doc: A supply.
  stop_supply:
    name: Stop the supply
    kind: deed
    roles: {giver: any, taker: any}
    text: "{giver} stops its supply of {taker}"
    cost: 1
    breaks: supply
    effects: {taker -> giver: {mood: -2}}
    doc: No more of it.
  tear_up:
    name: Tear up
    kind: deed
    roles: {one: any, other: any}
    text: "{one} tears up what it signed with {other}"
    cost: 1
    breaks: all
    effects: {other -> one: {scar: -5}}
    doc: The end of it.
"""
ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def board():
    return triad(tie_kinds=KINDS, ties="ties: {old: {kind: treaty, members: [arda, borea], turns: 3}}").board


def kind(board, name):
    return board.ties.names.index(name)


def test_a_treaty_binds_both_and_is_worth_the_same_to_both(board):
    change = ties(moment(board, orders=["borea: sign_treaty cestia"]), Params())
    signed = change.ties[0, kind(board, "treaty")]
    assert signed[BOREA, CESTIA] == signed[CESTIA, BOREA] == 10
    worth = tie_worth(board, change.ties > 0)[0]
    assert worth[BOREA, CESTIA] == worth[CESTIA, BOREA] == 12


def test_a_treaty_that_both_propose_in_one_turn_is_one_treaty(board):
    alone = acts(moment(board, orders=["borea: sign_treaty cestia"]), ActsParams())
    crossed = acts(moment(board, orders=["borea: sign_treaty cestia", "cestia: sign_treaty borea"]), ActsParams())
    assert (alone.memories == crossed.memories).all()


def test_a_supply_runs_one_way_and_is_worth_more_to_the_receiver(board):
    change = ties(moment(board, orders=["borea: supply_arms cestia"]), Params())
    signed = change.ties[0, kind(board, "supply")]
    assert (signed[BOREA, CESTIA], signed[CESTIA, BOREA]) == (4, 0)
    worth = tie_worth(board, change.ties > 0)[0]
    assert (worth[BOREA, CESTIA], worth[CESTIA, BOREA]) == (3, 7)


def test_what_is_refused_is_not_signed(board):
    order = "borea: sign_treaty cestia"
    change = ties(moment(board, orders=[order], refused=[order]), Params())
    assert change.ties[0, kind(board, "treaty"), BOREA, CESTIA] == 0


def test_an_agreement_has_a_turn_less_every_turn_and_then_ends(board):
    world = start_world(board)
    for left in (2, 1, 0, 0):
        world = replace(world, ties=ties(moment(board, world), Params()).ties)
        assert world.ties[0, kind(board, "treaty"), ARDA, BOREA] == left


def test_an_agreement_without_end_stays(board):
    world = start_world(board)
    lasting = world.ties.copy()
    lasting[0, kind(board, "treaty"), ARDA, BOREA] = FOREVER
    after = ties(moment(board, replace(world, ties=lasting)), Params())
    assert after.ties[0, kind(board, "treaty"), ARDA, BOREA] == FOREVER


def test_a_supply_in_force_delivers_to_its_receiver(board):
    world = start_world(board)
    running = world.ties.copy()
    running[0, kind(board, "supply"), ARDA, CESTIA] = 4
    running[0, kind(board, "supply"), BOREA, CESTIA] = 4
    change = ties(moment(board, replace(world, ties=running)), Params())
    assert change.attributes[0, :, 0].tolist() == [0, 0, 1.0]


def test_tearing_up_ends_everything_between_the_two_and_nothing_else(board):
    world = start_world(board)
    running = world.ties.copy()
    running[0, kind(board, "supply"), BOREA, ARDA] = 4
    running[0, kind(board, "supply"), BOREA, CESTIA] = 4
    change = ties(moment(board, replace(world, ties=running), ["arda: tear_up borea"]), Params())
    assert not change.ties[0, :, ARDA, BOREA].any()
    assert not change.ties[0, :, BOREA, ARDA].any()
    assert change.ties[0, kind(board, "supply"), BOREA, CESTIA] == 3


def test_only_the_giver_of_a_one_sided_tie_can_end_it(board):
    world = start_world(board)
    running = world.ties.copy()
    running[0, kind(board, "supply"), BOREA, CESTIA] = 4
    supplied = replace(world, ties=running)
    legal = permitted(board, supplied, relations(board, supplied))[0]
    stop = board.acts.act("stop_supply")
    assert legal[BOREA, stop, CESTIA]
    assert not legal[CESTIA, stop, BOREA]
    change = ties(moment(board, supplied, ["borea: stop_supply cestia"]), Params())
    assert change.ties[0, kind(board, "supply"), BOREA, CESTIA] == 0


def test_the_longer_term_stands_whoever_signs_first(board):
    world = start_world(board)
    running = world.ties.copy()
    running[0, kind(board, "treaty"), BOREA, CESTIA] = running[0, kind(board, "treaty"), CESTIA, BOREA] = 30
    change = ties(moment(board, replace(world, ties=running), ["cestia: sign_treaty borea"]), Params())
    assert change.ties[0, kind(board, "treaty"), BOREA, CESTIA] == 29


def test_the_table_of_a_scenario_states_relations_with_the_agreements_in_force(board):
    assert relations(board, start_world(board))[0, ARDA, BOREA] == 60
    assert board.baseline[0, ARDA, BOREA] == 48
