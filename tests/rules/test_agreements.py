"""agreements: agreements are signed, run out, deliver and break."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.analysis.explain import explain
from game.kernel.causes import AgreementInForce
from game.kernel.draws import Draws
from game.kernel.records import one_world
from game.kernel.relations import agreed_worth
from game.kernel.setting import setting_of
from game.kernel.world import FOREVER, SECRET, start_world
from game.match.history import History
from game.measures.legality import permitted
from game.measures.relations import relations
from game.parameters import defaults
from game.rules.acts import Params as ActsParams
from game.rules.acts import acts
from game.rules.agreements import Params, agreements
from game.testing import arrays, change_by, context, triad

KINDS = """\
agreement_kinds:
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
  hold_up:
    name: Hold the supply up
    kind: deed
    roles: {giver: any, taker: any}
    text: "{giver} holds up its supply of {taker}"
    cost: 1
    suspends: supply
    effects: {taker -> giver: {mood: -1}}
    doc: Not now.
  go_on:
    name: Go on with the supply
    kind: deed
    roles: {giver: any, taker: any}
    text: "{giver} goes on with its supply of {taker}"
    cost: 1
    resumes: supply
    effects: {taker -> giver: {mood: 1}}
    doc: Now again.
"""
ARDA, BOREA, CESTIA = range(3)


def following(board, world, *orders):
    """The agreements a turn later."""
    change = change_by(agreements, context(board, world, orders), Params())
    terms = {name: getattr(change, name) for name in ("agreements", "volume", "suspended", "purpose")}
    return replace(world, turn=world.turn + 1, **terms)


def in_tranches(board, every):
    """The board with supplies delivered every so many turns."""
    column = board.agreements.every.copy()
    column[kind(board, "supply")] = every
    return replace(board, agreements=replace(board.agreements, every=column))


def depended_on(board, share):
    """The board with receivers of a supply depending on it."""
    column = board.agreements.dependence.copy()
    column[kind(board, "supply")] = share
    return replace(board, agreements=replace(board.agreements, dependence=column))


def priced(board):
    """The board with supplies that have a value: usually 2."""
    act, acts = board.acts.act("supply_arms"), board.acts
    columns = {"usual": 2.0, "low": 1.0, "high": 4.0}
    arrays = {name: getattr(acts, name).copy() for name in columns}
    for name, value in columns.items():
        arrays[name][act] = value
    units = tuple("bn usd" if place == act else unit for place, unit in enumerate(acts.units))
    return replace(board, acts=replace(acts, units=units, **arrays))


@pytest.fixture(scope="module")
def board():
    return triad(
        agreement_kinds=KINDS, agreements="agreements: {old: {kind: treaty, members: [arda, borea], turns: 3}}"
    ).board


def kind(board, name):
    return board.agreements.names.index(name)


def with_supply(board, *members, turns=4, volume=1.0, world=None, **terms):
    """The world with a supply in force between some givers and receivers."""
    given = world or start_world(board)
    fields = {"agreements": turns, "volume": volume, **terms}
    arrays = {}
    for name, value in fields.items():
        array = getattr(given, name).copy()
        for giver, receiver in members:
            array[0, kind(board, "supply"), giver, receiver] = value
        arrays[name] = array
    return replace(given, **arrays)


def worth(board, change, i, j):
    """What the agreements that a change leaves add to how i regards j."""
    after = replace(start_world(board), agreements=change.agreements)
    return agreed_worth(setting_of(board), one_world(after, 0), i, j)


def test_a_treaty_binds_both_and_is_worth_the_same_to_both(board):
    change = change_by(agreements, context(board, orders=["borea: sign_treaty cestia"]), Params())
    signed = change.agreements[0, kind(board, "treaty")]
    assert signed[BOREA, CESTIA] == signed[CESTIA, BOREA] == 10
    assert worth(board, change, BOREA, CESTIA) == worth(board, change, CESTIA, BOREA) == 12


def test_a_treaty_that_both_propose_in_one_turn_is_one_treaty(board):
    alone = change_by(acts, context(board, orders=["borea: sign_treaty cestia"]), ActsParams())
    crossed = change_by(
        acts, context(board, orders=["borea: sign_treaty cestia", "cestia: sign_treaty borea"]), ActsParams()
    )
    assert (alone.memories == crossed.memories).all()


def test_a_supply_runs_one_way_and_is_worth_more_to_the_receiver(board):
    change = change_by(agreements, context(board, orders=["borea: supply_arms cestia"]), Params())
    signed = change.agreements[0, kind(board, "supply")]
    assert (signed[BOREA, CESTIA], signed[CESTIA, BOREA]) == (4, 0)
    assert (worth(board, change, BOREA, CESTIA), worth(board, change, CESTIA, BOREA)) == (3, 7)


def test_what_is_refused_is_not_signed(board):
    order = "borea: sign_treaty cestia"
    change = change_by(agreements, context(board, orders=[order], refused=[order]), Params())
    assert change.agreements[0, kind(board, "treaty"), BOREA, CESTIA] == 0


def test_an_agreement_has_a_turn_less_every_turn_and_then_ends(board):
    world = start_world(board)
    for left in (2, 1, 0, 0):
        world = replace(world, agreements=change_by(agreements, context(board, world), Params()).agreements)
        assert world.agreements[0, kind(board, "treaty"), ARDA, BOREA] == left


def test_an_agreement_without_end_stays(board):
    world = start_world(board)
    lasting = world.agreements.copy()
    lasting[0, kind(board, "treaty"), ARDA, BOREA] = FOREVER
    after = change_by(agreements, context(board, replace(world, agreements=lasting)), Params())
    assert after.agreements[0, kind(board, "treaty"), ARDA, BOREA] == FOREVER


def test_a_supply_in_force_delivers_to_its_receiver(board):
    change = change_by(agreements, context(board, with_supply(board, (ARDA, CESTIA), (BOREA, CESTIA))), Params())
    assert change.attributes[0, :, 0].tolist() == [0, 0, 1.0]


def test_a_greater_volume_delivers_more(board):
    # 0.5 a turn at the usual volume; arda's is 1.5 and borea's 0.5: 0.75 + 0.25.
    world = with_supply(board, (BOREA, CESTIA), volume=0.5, world=with_supply(board, (ARDA, CESTIA), volume=1.5))
    assert change_by(agreements, context(board, world), Params()).attributes[0, :, 0].tolist() == [0, 0, 1.0]


def test_the_volume_is_what_was_agreed_over_the_usual_one(board):
    valued = priced(board)
    change = change_by(agreements, context(valued, orders=["borea: supply_arms cestia value=3"]), Params())
    assert change.volume[0, kind(valued, "supply"), BOREA, CESTIA] == 1.5


def test_tranches_come_every_so_many_turns_and_bring_what_the_turns_between_add_up_to(board):
    # 0.5 a turn for 12 turns in tranches of 4: 2 with 12, 8 and 4 turns left, 6 in all.
    slow = in_tranches(board, 4)
    world, received = with_supply(slow, (BOREA, CESTIA), turns=12), []
    for _ in range(13):
        change = change_by(agreements, context(slow, world), Params())
        received.append(float(change.attributes[0, CESTIA, 0]))
        world = replace(world, agreements=change.agreements, volume=change.volume)
    assert received == [2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 0]


@pytest.mark.parametrize("every", [1, 3, 4, 6])
def test_a_supply_without_end_delivers_its_tranches_by_the_turn_of_the_game(board, every):
    slow = in_tranches(board, every)
    world, received = with_supply(slow, (BOREA, CESTIA), turns=FOREVER), 0.0
    for turn in range(12):
        received += float(
            change_by(agreements, context(slow, replace(world, turn=turn)), Params()).attributes[0, CESTIA, 0]
        )
    assert received == 12 * 0.5


def test_a_suspended_supply_delivers_nothing_counts_for_nothing_and_waits(board):
    world = with_supply(board, (BOREA, CESTIA), suspended=True)
    change = change_by(agreements, context(board, world), Params())
    assert change.agreements[0, kind(board, "supply"), BOREA, CESTIA] == 4
    assert not change.attributes.any()
    assert relations(board, world)[0, CESTIA, BOREA] == relations(board, start_world(board))[0, CESTIA, BOREA]


def test_a_supply_goes_on_where_it_was_held_up(board):
    world = with_supply(board, (BOREA, CESTIA))
    held_up = following(board, world, "borea: hold_up cestia")
    assert held_up.suspended[0, kind(board, "supply"), BOREA, CESTIA]
    waiting = following(board, held_up)
    resumed = following(board, waiting, "borea: go_on cestia")
    assert not resumed.suspended.any()
    left = [each.agreements[0, kind(board, "supply"), BOREA, CESTIA] for each in (held_up, waiting, resumed)]
    assert left == [3, 3, 3]
    assert change_by(agreements, context(board, resumed), Params()).attributes[0, CESTIA, 0] == 0.5


def test_deliveries_of_a_secret_agreement_are_concealed(board):
    hushed = replace(board, acts=replace(board.acts, secrets=(board.acts.act("supply_arms"),)))
    world = with_supply(hushed, (ARDA, CESTIA), (BOREA, CESTIA))
    secrecy = np.zeros((1, 1, 3, 3), dtype=np.int16)
    secrecy[0, 0, BOREA, CESTIA] = SECRET
    change = change_by(agreements, context(hushed, replace(world, secrecy=secrecy, stake=secrecy * 1.0)), Params())
    assert change.attributes[0, :, 0].tolist() == [0, 0, 0.5]
    assert change.concealed[0, :, 0].tolist() == [0, 0, 0.5]


def test_the_purpose_stays_with_the_agreement_as_long_as_it_lasts(board):
    signed = following(board, start_world(board), "borea: supply_arms cestia purpose=islet")
    assert signed.purpose[0, kind(board, "supply"), BOREA, CESTIA] == 0
    assert following(board, signed).purpose[0, kind(board, "supply"), BOREA, CESTIA] == 0
    ended = following(board, signed, "borea: stop_supply cestia")
    assert (ended.purpose == -1).all()


def test_a_training_mission_builds_a_little_every_turn():
    board = triad().board
    mission = board.agreements.names.index("training")
    world = start_world(board)
    running, volume = world.agreements.copy(), world.volume.copy()
    running[0, mission, ARDA, CESTIA], volume[0, mission, ARDA, CESTIA] = 10, 1.0
    world, built = replace(world, agreements=running, volume=volume), []
    for _ in range(10):
        change = change_by(agreements, context(board, world), Params())
        built.append(float(change.attributes[0, CESTIA, 0]))
        world = replace(world, agreements=change.agreements, volume=change.volume)
    assert built == [float(board.agreements.delivers[0, mission, 0])] * 10
    assert 0 < built[0] < 1


def test_whoever_depends_on_a_supply_resents_that_it_is_held_up_or_ended(board):
    # Dependence 0.5 on a sole supplier; 12 x 0.5 = 6 points. With a second one as great, half of that.
    needed = depended_on(board, 0.5)
    alone = with_supply(needed, (BOREA, CESTIA))
    shared = with_supply(needed, (ARDA, CESTIA), world=alone)
    for order in ("borea: hold_up cestia", "borea: stop_supply cestia", "borea: tear_up cestia"):
        for world, points in ((alone, -6.0), (shared, -3.0)):
            change = change_by(agreements, context(needed, world, [order]), Params(withheld=12.0))
            assert change.memories[0, needed.lasting, CESTIA, BOREA] == points
            assert (change.entries[0].relation == change.memories).all()
            assert np.count_nonzero(change.memories) == 1


def test_a_receiver_that_tears_an_agreement_up_resents_nothing(board):
    needed = depended_on(board, 0.5)
    change = change_by(
        agreements, context(needed, with_supply(needed, (BOREA, CESTIA)), ["cestia: tear_up borea"]), Params()
    )
    assert not change.memories.any()
    assert change.entries == ()


def test_what_is_withheld_in_secret_only_the_two_know(board):
    needed = depended_on(board, 0.5)
    hushed = replace(needed, acts=replace(needed.acts, secrets=(needed.acts.act("supply_arms"),)))
    secrecy = np.zeros((1, 1, 3, 3), dtype=np.int16)
    secrecy[0, 0, BOREA, CESTIA] = SECRET
    world = replace(with_supply(hushed, (BOREA, CESTIA)), secrecy=secrecy, stake=secrecy * 1.0)
    change = change_by(agreements, context(hushed, world, ["borea: hold_up cestia"]), Params())
    assert not change.memories.any()
    assert change.hidden[0, hushed.lasting, CESTIA, BOREA] == -6


def test_tearing_up_ends_everything_between_the_two_and_nothing_else(board):
    world = start_world(board)
    running = world.agreements.copy()
    running[0, kind(board, "supply"), BOREA, ARDA] = 4
    running[0, kind(board, "supply"), BOREA, CESTIA] = 4
    change = change_by(
        agreements, context(board, replace(world, agreements=running), ["arda: tear_up borea"]), Params()
    )
    assert not change.agreements[0, :, ARDA, BOREA].any()
    assert not change.agreements[0, :, BOREA, ARDA].any()
    assert change.agreements[0, kind(board, "supply"), BOREA, CESTIA] == 3


def test_only_the_giver_of_a_one_sided_agreement_can_end_it(board):
    world = start_world(board)
    running = world.agreements.copy()
    running[0, kind(board, "supply"), BOREA, CESTIA] = 4
    supplied = replace(world, agreements=running)
    legal = permitted(board, supplied)[0]
    stop = board.acts.act("stop_supply")
    assert legal[BOREA, stop, CESTIA]
    assert not legal[CESTIA, stop, BOREA]
    change = change_by(agreements, context(board, supplied, ["borea: stop_supply cestia"]), Params())
    assert change.agreements[0, kind(board, "supply"), BOREA, CESTIA] == 0


def test_the_longer_term_stands_whoever_signs_first(board):
    world = start_world(board)
    running = world.agreements.copy()
    running[0, kind(board, "treaty"), BOREA, CESTIA] = running[0, kind(board, "treaty"), CESTIA, BOREA] = 30
    change = change_by(
        agreements, context(board, replace(world, agreements=running), ["cestia: sign_treaty borea"]), Params()
    )
    assert change.agreements[0, kind(board, "treaty"), BOREA, CESTIA] == 29


def test_the_table_of_a_scenario_states_relations_with_the_agreements_in_force(board):
    assert relations(board, start_world(board))[0, ARDA, BOREA] == 60
    assert board.baseline[0, ARDA, BOREA] == 48


def test_what_is_withheld_and_what_is_suspended_are_told_apart_exactly(board):
    needed = depended_on(board, 0.5)
    history = History.begin(needed, defaults(), Draws.of(1))
    for line in ("borea: supply_arms cestia", "borea: hold_up cestia", "borea: go_on cestia"):
        history = history.play(*arrays(needed, [line]))
        told = explain(history, "cestia", "borea")
        assert sum(row.left for row in told.rows) == pytest.approx(told.relation, abs=1e-9)
        in_force = any(row.cause == AgreementInForce(needed.agreements.names.index("supply")) for row in told.rows)
        assert in_force == (line != "borea: hold_up cestia")
    assert [row.impulse for row in told.rows if row.rule == "agreements" and row.memory] == [-6]
