"""crises: the ladder, its ways out, what each costs, and war."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.analysis.explain import explain
from game.errors import IllegalOrder
from game.kernel.causes import BackedDown, Escalation
from game.kernel.draws import Draws
from game.kernel.orders import Order
from game.kernel.world import (
    ALERT,
    CALM,
    FORCE,
    ULTIMATUM,
    WAR,
    start_world,
)
from game.match.history import History
from game.measures.conditions import holds
from game.measures.information import seen_by
from game.measures.legality import check_order, permitted
from game.measures.objectives import objective_points
from game.parameters import defaults, with_values
from game.rules.crises import Params, crises
from game.testing import arrays, change_by, context, triad
from game.turn import opening, step

ARDA, BOREA, CESTIA = range(3)
SEEDS = 4000
STILL = Params(accident=0.0)


def standing(board, arda, cestia, tension=90.0):
    """The world in which the two sides of the crisis over the islet stand on these rungs."""
    world = start_world(board)
    return replace(world, rung=np.array([[[arda, cestia]]], dtype=np.int16), tension=np.array([[tension]]))


def chosen(arda, cestia):
    return [f"arda: {arda} islet", f"cestia: {cestia} islet"]


def often(board, world, orders=()):
    """The moment in 4,000 replicas, each with its own luck."""
    fields = {name: np.repeat(array, SEEDS, axis=0) for name, array in world.arrays()}
    return replace(context(board, replace(world, **fields), orders), draws=Draws.of(*range(SEEDS)))


def mediated(board, world):
    """The world in which borea mediates for arda."""
    agreements = world.agreements.copy()
    agreements[0, board.agreements.names.index("mediation"), BOREA, ARDA] = 9
    return replace(world, agreements=agreements)


def test_a_crisis_opens_on_the_lowest_rung_where_tension_reaches_the_onset():
    board = triad().board
    high = replace(start_world(board), tension=np.array([[80.0]]))
    assert change_by(crises, context(board, high), STILL).rung.tolist() == [[[0, 0]]]
    low = replace(high, tension=np.array([[79.9]]))
    assert not change_by(crises, context(board, low), STILL).anything


def test_a_dispute_that_began_hot_is_in_no_crisis_until_it_grows_hotter():
    islet = "disputes: {islet: {name: The islet, kind: territory, held_by: arda, claimed_by: cestia, tension: 84}}"
    board = triad(disputes=islet).board
    assert not change_by(crises, context(board), STILL).anything
    hotter = replace(start_world(board), tension=np.array([[99.0]]))  # 84 and the margin of 15
    assert change_by(crises, context(board, hotter), STILL).rung.tolist() == [[[0, 0]]]


@pytest.mark.parametrize(
    ("before", "stances", "after"),
    [
        ((2, 2), ("escalate", "hold"), (3, 2)),
        ((2, 2), ("hold", "escalate"), (2, 3)),
        ((3, 1), ("hold", "escalate"), (3, 4)),  # a rung above the higher of the two
        ((2, 2), ("escalate", "escalate"), (3, 3)),
        ((2, 3), ("hold", "hold"), (1, 2)),
        ((0, 0), ("hold", "hold"), (CALM, CALM)),
        ((4, 4), ("off_ramp", "off_ramp"), (CALM, CALM)),
        ((4, 4), ("off_ramp", "back_down"), (CALM, CALM)),
        ((3, 3), ("off_ramp", "escalate"), (3, 4)),
        ((4, 3), ("back_down", "escalate"), (CALM, CALM)),
        ((4, 3), ("back_down", "back_down"), (CALM, CALM)),
        ((5, 4), ("hold", "escalate"), (WAR, WAR)),
        ((5, 4), ("escalate", "back_down"), (CALM, CALM)),
    ],
)
def test_two_choices_at_once_lead_to_these_rungs(before, stances, after):
    board = triad().board
    change = change_by(crises, context(board, standing(board, *before), chosen(*stances)), STILL)
    assert change.rung[0, 0].tolist() == list(after)


@pytest.mark.parametrize(("one", "other"), [("hold", None), (None, "hold")])
def test_who_alone_chooses_nothing_holds(one, other):
    board = triad().board
    orders = [f"{state}: {stance} islet" for state, stance in (("arda", one), ("cestia", other)) if stance]
    assert change_by(crises, context(board, standing(board, 3, 3), orders), STILL).rung.tolist() == [[[2, 2]]]


def test_where_nobody_could_choose_yet_nobody_steps_down():
    board = triad().board
    assert change_by(crises, context(board, standing(board, 3, 3)), STILL).rung.tolist() == [[[3, 3]]]


def test_what_backing_down_costs_is_missing_in_the_turn_that_follows():
    board = triad().board
    orders, accepted = arrays(board, ["arda: back_down islet", "cestia: hold islet"])
    after, _ = step(board, standing(board, 4, 4), orders, accepted, defaults(), Draws.of(1))
    # Refilled to 4 + 2, then 4 rungs at 0.8 are paid: 2.8 are left to spend where the others have 6.
    assert after.capital[0] == pytest.approx([2.8, 6.0, 6.0], abs=1e-5)


def test_the_choices_of_sides_without_a_crisis_change_nothing():
    board = triad().board
    assert not change_by(crises, context(board, orders=chosen("escalate", "back_down")), STILL).anything


@pytest.mark.parametrize(("rung", "paid"), [(0, 0.0), (1, 0.8), (2, 1.6), (4, 3.2)])
def test_the_audience_cost_grows_with_the_rung_one_stands_on(rung, paid):
    # 0.8 a rung for a state that cares for its audience as others do: 0.5 + 0.5
    board = triad().board
    change = change_by(crises, context(board, standing(board, rung, 4), chosen("back_down", "hold")), STILL)
    assert change.capital[0] == pytest.approx([-paid, 0, 0], abs=1e-5)


def test_nobody_pays_more_than_it_has():
    board = triad().board
    change = change_by(
        crises, context(board, standing(board, 5, 5), chosen("back_down", "hold")), Params(accident=0, audience=9)
    )
    assert change.capital[0].tolist() == [-4, 0, 0]


def test_a_mediator_halves_the_audience_cost():
    board = triad().board
    change = change_by(
        crises, context(board, mediated(board, standing(board, 4, 4)), chosen("back_down", "hold")), STILL
    )
    assert change.capital[0, ARDA] == pytest.approx(-1.6, abs=1e-5)


def test_those_it_guards_doubt_the_word_of_one_that_backs_down_and_its_friends_think_less_of_it():
    board = triad().board
    change = change_by(crises, context(board, standing(board, 3, 3), chosen("back_down", "escalate")), STILL)
    # borea has a defence pact with arda: 0.1 of a pledge a rung, as borea sees it
    assert change.broken[0, BOREA, ARDA] == pytest.approx(0.3, abs=1e-5)
    assert np.count_nonzero(change.broken) == 1
    # borea regards arda at 50: 1.5 points a rung times a half
    assert change.memories[0, 1, BOREA, ARDA] == pytest.approx(-2.25, abs=1e-4)
    assert [entry.cause for entry in change.entries] == [BackedDown(0, ARDA)]


def test_backing_down_and_agreement_lower_tension_agreement_more():
    board = triad().board
    yielded, agreed = (
        change_by(crises, context(board, standing(board, 3, 3), chosen(*stances)), STILL).tension[0, 0]
        for stances in (("back_down", "hold"), ("off_ramp", "off_ramp"))
    )
    # 90 is 50 above the start: half of that, and four fifths
    assert (yielded, agreed) == pytest.approx((-25, -40), abs=1e-4)


def test_an_off_ramp_signs_the_first_kind_that_settles_and_is_not_in_force():
    board = triad().board
    world = standing(board, 3, 3)
    names = board.agreements.names
    pact, talks = names.index("non_aggression"), names.index("consultation")
    first = change_by(crises, context(board, world, chosen("off_ramp", "off_ramp")), STILL)
    assert first.agreements[0, pact, ARDA, CESTIA] == first.agreements[0, pact, CESTIA, ARDA] == 24
    assert first.capital[0].tolist() == [-0.5, 0, -0.5]
    world = replace(world, agreements=first.agreements)
    again = change_by(crises, context(board, world, chosen("off_ramp", "off_ramp")), STILL)
    assert again.agreements[0, talks, ARDA, CESTIA] == 24
    world = replace(world, agreements=again.agreements)
    third = change_by(crises, context(board, world, chosen("off_ramp", "off_ramp")), STILL)
    assert (third.agreements == again.agreements).all()
    assert third.rung.tolist() == [[[CALM, CALM]]]


def test_the_agreement_of_an_off_ramp_gives_the_pledges_that_the_same_deal_gives():
    board = triad().board
    history = played(board, chosen("off_ramp", "off_ramp"), world=standing(board, 3, 3))
    by_deal = played(board, ["arda: non_aggression_pact cestia"])
    kind = board.pledges.names.index("non_aggression")
    assert history.world.pledges[0, kind, ARDA, CESTIA] == history.world.pledges[0, kind, CESTIA, ARDA] == 60
    assert (history.world.pledges == by_deal.world.pledges).all()
    assert (history.world.solemnity == by_deal.world.solemnity).all()
    # a strike in the next turn breaks it
    history = history.play(*arrays(board, ["arda: limited_strike cestia"]))
    assert history.world.broken[0, CESTIA, ARDA] == 1.0


@pytest.mark.parametrize(("mediator", "share"), [(False, 0.5), (True, 0.75)])
def test_a_side_that_holds_takes_an_off_ramp_by_chance_and_more_surely_from_a_mediator(mediator, share):
    board = triad().board
    world = standing(board, 2, 2)
    seen = often(board, mediated(board, world) if mediator else world, chosen("off_ramp", "hold"))
    left = (change_by(crises, seen, STILL).rung[:, 0, 0] == CALM).mean()
    assert left == pytest.approx(share, abs=0.032)  # four standard errors


@pytest.mark.parametrize(("rung", "chance"), [(2, 0.0), (3, 0.02), (4, 0.04), (5, 0.06)])
def test_accidents_happen_from_alert_on_and_more_often_higher_up(rung, chance):
    board = triad().board
    lifted = (change_by(crises, often(board, standing(board, rung, rung), chosen("off_ramp", "hold")),
                     Params(acceptance=0.0)).rung > rung).all(axis=(1, 2)).mean()  # fmt: skip
    assert lifted == pytest.approx(chance, abs=0.016)
    assert (lifted > 0) == (chance > 0)


def test_climbing_costs_the_relation_of_the_other_side_and_says_to_which_rung():
    board = triad().board
    change = change_by(crises, context(board, standing(board, 2, 2), chosen("escalate", "off_ramp")), STILL)
    assert [entry.cause for entry in change.entries] == [Escalation(0, ARDA, ALERT)]
    # 1.5 and 1 a rung: 4.5 of mood, 2 of memory from the penalty on
    assert change.memories[0, :, CESTIA, ARDA].tolist() == [-4.5, -2, 0]
    assert np.count_nonzero(change.memories) == 2
    assert change.tension.tolist() == [[3.0]]


def test_limited_force_costs_both_power_and_leaves_a_scar():
    board = triad().board
    change = change_by(crises, often(board, standing(board, 4, 4), chosen("escalate", "hold")), STILL)
    assert (change.rung == [[FORCE, ULTIMATUM]]).all()
    lost = change.attributes[:, :, 0]
    # 2 % for the side that prevails and 5 % for the other, of 60 and 20
    assert np.unique(lost.round(3), axis=0).tolist() == [[-3, 0, -0.4], [-1.2, 0, -1]]
    # arda has borea behind it: 0.6352, see the tests of the contest; four standard errors
    assert (lost[:, ARDA] > -2).mean() == pytest.approx(0.6352, abs=0.031)
    assert (change.memories[:, 2, CESTIA, ARDA] == -8).all()


def test_war_ends_the_game_of_both_at_the_same_share_of_their_power():
    board = triad().board
    change = change_by(crises, context(board, standing(board, 5, 5), chosen("escalate", "hold")), STILL)
    assert change.out.tolist() == [[True, False, True]]
    assert change.attributes[0, :, 0] == pytest.approx([-18, 0, -6], abs=1e-4)  # 30 % of 60 and of 20
    assert change.tension.tolist() == [[10.0]]  # from 90 to 100
    # with each other, and arda's guarantor with cestia
    assert change.memories[0, 2].tolist() == [[0, 0, -30], [0, 0, -30], [-30, 0, 0]]


def played(board, *turns, world=None, parameters=None):
    """A game of some turns in which these orders are given; it may begin from a world other than the first."""
    values = {"crises.accident": 0.0, **(parameters or {})}
    history = History.begin(board, with_values(defaults(), values), Draws.of(1))
    history = replace(history, worlds=(world or start_world(board),))
    for orders in turns:
        history = history.play(*arrays(board, orders))
    return history


WAR_ENDS = "endings: {war: {when: [islet.tension >= 100], text: War.}}"


def test_a_war_stays_a_war_and_brings_the_ending_of_the_scenario():
    board = triad(endings=WAR_ENDS).board
    history = played(board, chosen("escalate", "hold"), world=standing(board, 5, 5))
    assert history.world.over.tolist() == [0]
    peaceful = triad().board
    history = played(peaceful, chosen("escalate", "hold"), [], [], world=standing(peaceful, 5, 5))
    assert history.world.tension.tolist() == [[100.0]]
    assert history.world.out.tolist() == [[True, False, True]]
    assert history.world.rung.tolist() == [[[WAR, WAR]]]


def test_a_state_at_war_gives_no_orders_and_gets_none():
    board = triad().board
    history = played(board, chosen("escalate", "hold"), world=standing(board, 5, 5))
    legal = permitted(board, history.world)
    assert not legal[0, [ARDA, CESTIA]].any()
    assert not legal[0, :, :, [ARDA, CESTIA]].any()


def test_no_state_at_war_holds_points_however_many_objectives_it_has_met():
    wish = "{when: borea -> arda >= 0, points: %d, label: A friend}"
    objectives = f"objectives: {{arda: {{public: [{wish % 90}, {wish % 80}]}}, borea: {{public: [{wish % 50}]}}}}"
    board = triad(objectives=objectives).board
    history = played(board, chosen("escalate", "hold"), world=standing(board, 5, 5))
    assert objective_points(board, start_world(board)).tolist() == [[170, 50, 0]]
    assert objective_points(board, history.world).tolist() == [[0, 50, -100]]


def test_an_act_of_force_outside_a_crisis_opens_it_on_alert_and_inside_one_is_a_climb():
    board = triad().board
    outside = change_by(crises, context(board, orders=["arda: limited_strike cestia"]), STILL)
    assert outside.rung.tolist() == [[[3, 3]]]
    orders = ["arda: limited_strike cestia", *chosen("off_ramp", "hold")]
    inside = change_by(crises, context(board, standing(board, 4, 4), orders), STILL)
    assert inside.rung.tolist() == [[[5, 4]]]


def test_who_strikes_in_a_query_stands_on_alert_as_outside_of_a_crisis():
    board = triad().board
    orders = ["arda: limited_strike cestia", *chosen("hold", "hold")]
    change = change_by(crises, context(board, standing(board, 0, 0), orders), STILL)
    assert change.rung.tolist() == [[[3, 0]]]
    assert [entry.cause for entry in change.entries] == [Escalation(0, ARDA, ALERT)]
    yielding = ["arda: limited_strike cestia", *chosen("hold", "back_down")]
    assert change_by(crises, context(board, standing(board, 0, 0), yielding), STILL).rung.tolist() == [[[CALM, CALM]]]


def test_a_crisis_may_begin_by_an_event_and_goes_on_from_there():
    board = triad(
        events="events: {raid: {headline: A raid, at: 1, effects: {crisis: {dispute: islet, rung: 2}}}}"
    ).board
    assert played(board, chosen("escalate", "escalate")).world.rung.tolist() == [[[3, 3]]]


def test_a_war_by_an_event_is_a_war():
    board = triad(events="events: {war: {headline: War, at: 1, effects: {crisis: {dispute: islet, rung: 6}}}}").board
    world = played(board, [], []).world
    assert world.out.tolist() == [[True, False, True]]
    assert world.attributes[0, :, 0] == pytest.approx([42, 40, 14], abs=1e-3)


def test_the_crisis_of_a_state_that_went_to_war_elsewhere_is_over():
    board = triad().board
    world = standing(board, 3, 3)
    world = replace(world, out=world.out | (np.arange(3) == ARDA))
    assert change_by(crises, context(board, world, chosen("escalate", "escalate")), STILL).rung.tolist() == [
        [[CALM, CALM]]
    ]


def test_every_relation_is_explained_to_the_last_rung():
    board = triad().board
    turns = [
        chosen("escalate", "hold"),
        chosen("escalate", "escalate"),
        chosen("hold", "back_down"),
        [],
        chosen("off_ramp", "off_ramp"),
    ]
    history = played(board, *turns, world=standing(board, 2, 1))
    causes = set()
    for turn in range(1, len(turns) + 1):
        for first in board.states:
            for second in board.states:
                if first != second:
                    found = explain(history, first, second, turn)
                    assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)
                    causes |= {row.cause for row in found.rows}
    assert Escalation(0, ARDA, ALERT) in causes
    assert BackedDown(0, CESTIA) in causes


def test_a_query_is_a_matter_of_the_two_sides_and_a_protest_is_heard_by_all():
    board = triad().board
    for level, told in ((0, [[[CALM, CALM]]]), (1, [[[1, 0]]])):
        world = standing(board, level, 0)
        assert seen_by(board, world, BOREA).rung.tolist() == told
        for party in (ARDA, CESTIA):
            assert seen_by(board, world, party).rung.tolist() == [[[level, 0]]]


ASKS = """\
acts:
  note:
    kind: statement
    roles: {actor: any, target: any}
    text: "{actor} sends {target} a note"
    requires: ["%s"]
    cost: 1
    weight: 1
    doc: A note.
"""


@pytest.mark.parametrize("asked", ["crisis(islet)", "rung(islet) >= 0"])
def test_what_asks_about_a_crisis_sees_a_query_only_in_the_eyes_of_its_two_sides(asked):
    wish = f"[{{when: {asked}, points: 10, label: Trouble}}]"
    board = triad(
        acts=ASKS % asked,
        objectives=f"objectives: {{arda: {{public: {wish}}}, borea: {{public: {wish}}}}}",
        events=f"events: {{news: {{headline: News, at: 1, when: ['{asked}'], effects: {{islet.tension: +1}}}}}}",
    ).board
    note = board.acts.act("note")
    for level, third in ((0, False), (1, True)):
        world = standing(board, level, 0)
        legal = permitted(board, world)[0, :, note]
        assert legal.any(axis=1).tolist() == [True, third, True]
        assert objective_points(board, world).tolist() == [[10, 10 * third, 0]]
        assert opening(board, world, defaults(), Draws.of(1))[0].fired.tolist() == [[1 if third else -1]]
        wished = board.objectives[0].condition
        holding = [bool(holds(wished, board, seen_by(board, world, state))[0]) for state in range(3)]
        assert holding == [True, third, True]
    with pytest.raises(IllegalOrder, match="it requires"):
        check_order(Order("borea", "note", "arda"), board, query := standing(board, 0, 0))
    check_order(Order("arda", "note", "borea"), board, query)


def test_parameters_may_differ_from_replica_to_replica():
    board = triad().board
    seen = often(board, standing(board, 4, 4), chosen("back_down", "hold"))
    audience = np.linspace(0.0, 0.8, SEEDS)
    paid = change_by(crises, seen, replace(STILL, audience=audience)).capital[:, ARDA]
    assert paid == pytest.approx(-4 * audience, abs=1e-5)


def test_limited_force_takes_its_toll_when_it_is_taken_up_and_not_in_every_turn_it_lasts():
    board = triad().board
    toll = {}
    for name, rungs, stances in (
        ("taken up", (ULTIMATUM, ULTIMATUM), ("escalate", "hold")),
        # A way out that the other does not take leaves both where they stand.
        ("goes on", (FORCE, ULTIMATUM), ("off_ramp", "hold")),
    ):
        change = change_by(crises, context(board, standing(board, *rungs), chosen(*stances)), STILL)
        assert (change.rung == FORCE).any()
        toll[name] = change.attributes
    assert (toll["taken up"][0, [ARDA, CESTIA], 0] < 0).all()
    assert toll["taken up"][0, BOREA, 0] == 0
    assert not toll["goes on"].any()
