"""The reasoner: scores that are sums of their terms, choices within the rules, proposals that others would take."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.kernel.catalogue import ACTOR, DEAL, NONE, TARGET
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths, total
from game.kernel.world import (
    COURT,
    HEDGE,
    ISOLATE,
    RUMOURED,
    relations,
    start_world,
)
from game.match.match import Setup, begin
from game.policies import observe
from game.policies.reasoner import deal_terms as terms
from game.policies.reasoner.deal_terms import Bids, weighed
from game.policies.reasoner.offers import proposable
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.utility import TERMS, Params, contributions
from game.policies.reasoner.utility_weights import tables
from game.scenario import load
from game.scenario.compile import compiled
from game.study.ensembles import played
from game.submodels.conflict import peril
from game.submodels.dependence import dependence
from game.submodels.impulses import plainly_heard
from game.submodels.legality import permitted
from game.testing import triad, with_relations
from game.turn import opening

ARDA, BOREA, CESTIA = range(3)
REPLICAS = 64


@pytest.fixture(scope="module")
def caucasus():
    """A position with everything in it: 64 replicas a few turns into the shipped scenario."""
    draws = Draws.of(*range(REPLICAS))
    made = compiled(load("south-caucasus-2012"), draws)
    *_, (world, _) = played(made.board, made.parameters, draws, 5)
    world, _ = opening(made.board, world, made.parameters, draws)
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    view = observe(made.board, world)
    return reasoner, view, reasoner.decide(view, draws), draws


def chosen(decision):
    return zip(*np.nonzero(decision.orders.act != NONE), strict=True)


def test_every_order_is_legal_and_affordable(caucasus):
    _, view, decision, _ = caucasus
    legal = permitted(view.board, view.world, view.relation)
    spent = np.zeros_like(view.world.capital)
    for replica, state, slot in chosen(decision):
        act, target = decision.orders.act[replica, state, slot], decision.orders.target[replica, state, slot]
        assert legal[replica, state, act, target]
        assert view.board.plays[state]
        spent[replica, state] += view.board.acts.cost[act] + max(
            decision.orders.side_payment[replica, state, slot], 0.0
        )
    assert (hundredths(spent) <= hundredths(view.world.capital)).all()


def test_the_terms_of_every_order_sum_to_its_score_exactly(caucasus):
    reasoner, view, decision, _ = caucasus
    seen = 0
    for replica, state, slot in chosen(decision):
        found = reasoner.rationale(view, decision, int(replica), int(state), int(slot))
        assert set(found.terms) == set(TERMS)
        assert sum(found.terms.values()) == pytest.approx(found.score, abs=1e-12)
        assert found.score + found.chance >= found.runner_up_score + found.runner_up_chance - 1e-9
        seen += 1
    assert seen > 300


def test_a_proposal_is_made_only_where_the_other_side_would_take_it(caucasus):
    reasoner, view, decision, _ = caucasus
    willing = proposable(decision.appraisal, reasoner.params).allowed
    cell = np.nonzero((decision.orders.act != NONE) & (view.board.acts.kind[decision.orders.act] == DEAL))
    bids = Bids.of(decision.orders, cell)
    assert len(bids) > 20
    assert willing[bids.replica, reasoner.tables.place[bids.act], bids.actor, bids.target].all()
    # What the other is about with it, and what it keeps from it, the proposer can't know.
    foreseen = weighed(view, reasoner.tables, decision.appraisal, reasoner.params, bids, TARGET, foreseen=True)
    assert (total(foreseen, axis=1) >= 0.0).all()


def test_no_state_smiles_and_frowns_at_the_same_one_in_a_turn(caucasus):
    _, view, decision, _ = caucasus
    tone = np.sign(view.board.acts.weight)
    for replica in range(REPLICAS):
        for state in range(len(view.board.states)):
            shown = {}
            for act, target in zip(
                decision.orders.act[replica, state], decision.orders.target[replica, state], strict=True
            ):
                if act != NONE:
                    assert shown.setdefault(int(target), tone[act]) == tone[act]


def test_a_refused_proposal_is_not_repeated_for_some_turns():
    draws = Draws.of(*range(16))
    made = compiled(load("south-caucasus-2012"))
    refused, seen = {}, 0
    for turn, (_, ledger) in enumerate(played(made.board, made.parameters, draws, 12), 1):
        actions = next(change.entries[0].actions for name, change in ledger.changes if name == "acts")
        cells = zip(actions.replica, actions.actor, actions.act, actions.target, strict=True)
        for proposal, declined in zip(cells, actions.refused, strict=True):
            if proposal in refused:
                assert turn - refused[proposal] > 6
            if declined:
                refused[proposal] = turn
                seen += 1
    assert seen > 10


def test_without_noise_the_best_act_is_chosen_and_every_seed_agrees():
    made = triad()
    reasoner = Reasoner(made.board, replace(made.parameters["reasoner"], noise=0.0, threshold=-20.0))
    view = observe(made.board, start_world(made.board))
    decisions = [reasoner.decide(view, Draws.of(seed)) for seed in (1, 2, 3)]
    assert len({decision.orders.act.tobytes() for decision in decisions}) == 1
    decision = decisions[0]
    scores = np.where(decision.legal[0, ARDA], decision.appraisal.actor[0, :, ARDA], -np.inf)
    act, target = divmod(int(scores.argmax()), 3)
    assert (decision.orders.act[0, ARDA, 0], decision.orders.target[0, ARDA, 0]) == (act, target)


GESTURES = """\
acts:
  wave:
    name: Wave
    kind: statement
    roles: {one: [arda], other: [borea]}
    text: "{one} waves to {other}"
    weight: 2
    effects: {other -> one: {mood: 3}}
    doc: A wave.
  frown:
    name: Frown
    kind: statement
    roles: {one: [arda], other: [cestia]}
    text: "{one} frowns at {other}"
    weight: -2
    effects: {other -> one: {mood: -3}}
    doc: A frown.
"""


def test_the_odds_of_two_acts_follow_the_difference_of_their_scores():
    # One slot, two acts: P(first) = e^a / (e^a + e^b + e^w), scores in units of spread over rationality.
    made = triad(acts=GESTURES, catalogue="", orders="orders: 1", agreements="")
    board = made.board
    params = replace(made.parameters["reasoner"], threshold=0.0, spread=0.5)
    reasoner = Reasoner(board, params)
    replicas = 20000
    view = observe(board, start_world(board, replicas))
    decision = reasoner.decide(view, Draws.of(*range(replicas)))
    wave, frown = board.acts.act("wave"), board.acts.act("frown")
    scale = 1.5 / 0.5
    scores = np.array(
        [decision.appraisal.actor[0, wave, ARDA, BOREA], decision.appraisal.actor[0, frown, ARDA, CESTIA], 0.0]
    )
    odds = np.exp(scores * scale) / np.exp(scores * scale).sum()
    taken = decision.orders.act[:, ARDA, 0]
    shares = [(taken == wave).mean(), (taken == frown).mean(), (taken == NONE).mean()]
    assert shares == pytest.approx(odds, abs=0.012)


def test_friends_are_praised_and_enemies_criticised_more_often_than_the_reverse():
    made = triad()
    terms = {}
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    view = observe(made.board, start_world(made.board))
    appraisal = reasoner.appraisal(view)
    for act in ("praise", "criticise"):
        for other in (BOREA, CESTIA):
            cell = (0, ARDA, made.board.acts.act(act), other)
            terms[act, other] = contributions(reasoner.tables, appraisal, Params(), cell)["congruence"]
    assert terms["praise", BOREA] > 0 > terms["praise", CESTIA]
    assert terms["criticise", CESTIA] > 0 > terms["criticise", BOREA]


def test_a_state_answers_in_kind():
    made = triad()
    board = made.board
    hurt = start_world(board)
    mood = hurt.memories.copy()
    mood[0, board.recent, ARDA, BOREA] = -15.0
    reasoner = Reasoner(board, made.parameters["reasoner"])
    cell = (0, ARDA, board.acts.act("protest"), BOREA)
    calm = observe(board, hurt)
    offended = observe(board, replace(hurt, memories=mood))
    before = contributions(reasoner.tables, reasoner.appraisal(calm), Params(), cell)["reciprocity"]
    after = contributions(reasoner.tables, reasoner.appraisal(offended), Params(), cell)["reciprocity"]
    assert before == 0 < after


def test_an_objective_pulls_towards_what_serves_it():
    wish = "objectives:\n  arda: {public: [{when: borea -> arda >= 90, points: 60, label: A friend}]}\n"
    made = triad(objectives=wish)
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    view = observe(made.board, start_world(made.board))
    cells = {name: (0, ARDA, made.board.acts.act(name), BOREA) for name in ("praise", "criticise")}
    objectives = {
        name: contributions(reasoner.tables, reasoner.appraisal(view), Params(), cell)["objectives"]
        for name, cell in cells.items()
    }
    assert objectives["praise"] > 0 > objectives["criticise"]


def test_an_ally_of_a_hostile_third_state_forbids_a_binding_pact():
    made = triad()
    board = with_relations(made.board, {"arda -> cestia": -80})
    reasoner = Reasoner(board, made.parameters["reasoner"])
    view = observe(board, start_world(board))
    veto = reasoner.appraisal(view).veto
    pact = reasoner.tables.place[board.acts.act("defence_pact")]
    assert veto[0, pact, BOREA, CESTIA] == 1 + ARDA
    assert veto[0, pact, CESTIA, BOREA] == 0
    trade = reasoner.tables.place[board.acts.act("trade_agreement")]
    assert not veto[0, trade].any()


def test_more_rational_states_choose_the_better_act_more_often():
    text = "personalities:\n  wild: {rationality: 0.2, doc: Wild.}\n  cool: {rationality: 4, doc: Cool.}\n"
    shares = {}
    for kind in ("wild", "cool"):
        states = f"""\
states:
  arda: {{name: Arda, personality: {kind}, stats: {{military: 60}}, borders: [borea]}}
  borea: {{name: Borea, personality: wild, stats: {{military: 40}}, borders: [arda, cestia]}}
  cestia: {{name: Cestia, personality: cool, stats: {{military: 20}}, borders: [borea]}}
"""
        made = triad(personalities=text, states=states)
        reasoner = Reasoner(made.board, made.parameters["reasoner"])
        view = observe(made.board, start_world(made.board, 800))
        decision = reasoner.decide(view, Draws.of(*range(800)))
        acts, targets = decision.orders.act[:, ARDA, 0], decision.orders.target[:, ARDA, 0]
        some = acts != NONE
        scores = decision.appraisal.actor[np.arange(800)[some], acts[some], ARDA, targets[some]]
        shares[kind] = scores.mean()
    assert shares["cool"] > shares["wild"] + 0.05


def bids_of(decision, board, kind=None):
    """The orders of a decision, or those of one kind, as the reasoner weighs them."""
    some = decision.orders.act != NONE
    if kind is not None:
        some &= board.acts.kind[decision.orders.act] == kind
    return Bids.of(decision.orders, np.nonzero(some))


def test_an_order_without_terms_weighs_to_the_last_bit_what_the_matrix_says(caucasus):
    reasoner, view, decision, _ = caucasus
    given = bids_of(decision, view.board)
    plain = Bids.plain(given.replica, given.actor, given.act, given.target)
    own = weighed(view, reasoner.tables, decision.appraisal, reasoner.params, plain)
    assert (total(own, axis=1) == decision.appraisal.actor[plain.replica, plain.act, plain.actor, plain.target]).all()
    deals = plain.taken(np.flatnonzero(view.board.acts.kind[plain.act] == DEAL))
    other = weighed(view, reasoner.tables, decision.appraisal, reasoner.params, deals, TARGET)
    place = reasoner.tables.place[deals.act]
    assert (total(other, axis=1) == decision.appraisal.target[deals.replica, place, deals.target, deals.actor]).all()


def test_what_onlookers_think_of_a_purpose_is_what_they_think_where_nobody_minds_it(caucasus, monkeypatch):
    # Made anew for each order, onlooker by onlooker, and equal to the features of the matrix to the last bit.
    reasoner, view, decision, _ = caucasus
    monkeypatch.setattr(terms, "heard", lambda board, world, actions: plainly_heard(board, actions))
    given = bids_of(decision, view.board, DEAL)
    plain = Bids.plain(given.replica, given.actor, given.act, given.target)
    stated = replace(plain, purpose=np.zeros_like(plain.purpose))
    for role in (ACTOR, TARGET):
        one, other = (
            weighed(view, reasoner.tables, decision.appraisal, reasoner.params, bids, role) for bids in (plain, stated)
        )
        assert (one == other).all()


def test_a_purpose_weighs_with_those_it_is_for(caucasus):
    reasoner, view, decision, _ = caucasus
    given = bids_of(decision, view.board, DEAL)
    signing = given.taken(np.flatnonzero(view.board.acts.signs[given.act] != NONE))
    plain = Bids.plain(signing.replica, signing.actor, signing.act, signing.target)
    stated = replace(plain, purpose=np.zeros_like(plain.purpose))
    each = [weighed(view, reasoner.tables, decision.appraisal, reasoner.params, bids) for bids in (plain, stated)]
    moved = (each[0] != each[1]).any(axis=0)
    assert {name for name, changed in zip(TERMS, moved, strict=True) if changed} <= {
        "objectives",
        "standing",
        "security",
    }
    assert moved.any()


def offer_of(made, act, **fields):
    """What arda's deal with borea is worth to (arda, borea), by such terms."""
    board = made.board
    reasoner = Reasoner(board, made.parameters["reasoner"])
    view = observe(board, start_world(board))
    one = np.zeros(1, dtype=np.int64)
    plain = Bids.plain(one, one + ARDA, one + board.acts.act(act), one + BOREA)
    bids = replace(plain, **{name: np.array([value]) for name, value in fields.items()})
    own, other = (weighed(view, reasoner.tables, reasoner.appraisal(view), reasoner.params, bids, role)[0]
                  for role in (ACTOR, TARGET))  # fmt: skip
    return dict(zip(TERMS, own.tolist(), strict=True)), dict(zip(TERMS, other.tolist(), strict=True))


def test_capital_that_is_offered_counts_like_cost_against_one_and_for_the_other():
    # Income 4, weight 1: two units are half a turn's income, 0.5 in score on either side.
    plain, given = (offer_of(triad(), "trade_agreement", side_payment=side_payment) for side_payment in (0.0, 2.0))
    assert given[0]["cost"] - plain[0]["cost"] == -0.5
    assert given[1]["cost"] - plain[1]["cost"] == 0.5
    for side in (0, 1):
        assert {name: value for name, value in given[side].items() if name != "cost"} == {
            name: value for name, value in plain[side].items() if name != "cost"
        }


def test_a_score_is_linear_in_the_value_and_what_the_agreement_itself_is_worth_does_not_grow():
    scores = [offer_of(triad(), "arms_package", scale=scale) for scale in (1.0, 2.0, 3.0)]
    for side in (0, 1):
        steps = [{name: later[side][name] - earlier[side][name] for name in TERMS}
                 for earlier, later in pairwise(scores)]  # fmt: skip
        assert steps[0] == pytest.approx(steps[1], abs=1e-9)
        for name in ("congruence", "reciprocity", "balance", "cost", "commitment", "fatigue", "personality"):
            assert steps[0][name] == 0.0
        assert abs(steps[0]["security"]) > 1e-6


PROMISE = """\
pledge_kinds:
  word:
    name: A word
    turns: 12
    breach: ["did(giver -> holder: limited_strike)"]
    reliability: 0.5
    gravity: 10
    shelters: 0.5
    doc: A word.
"""


def test_a_pledge_is_worth_its_kind_and_the_exposure_to_its_giver_and_costs_freedom():
    made = triad(pledge_kinds=PROMISE)
    kind = made.board.pledges.names.index("word")
    plain, given = offer_of(made, "trade_agreement"), offer_of(made, "trade_agreement", pledge=kind)
    # To the holder 12 x 0.5 x 10 / 100 x (0.2 + exposure). Arda, the greatest power, regards borea at X, so borea is
    # exposed to 1 x reach x (1 - X) / 2.
    share = float(relations(made.board, start_world(made.board))[0, ARDA, BOREA]) / 100.0
    exposure = float(made.board.reach[ARDA, BOREA]) * (1.0 - share) / 2.0
    gain = given[1]["security"] - plain[1]["security"]
    assert gain == pytest.approx(12 * 0.5 * 0.1 * (0.2 + exposure), abs=1e-5)
    # To the giver 2 x 10 / 100 x 0.25 of freedom: it is not hostile to the holder.
    assert given[0]["commitment"] - plain[0]["commitment"] == pytest.approx(-0.05, abs=1e-6)


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.integers(0, 30), st.integers(1, 30))
def test_a_better_offer_never_fares_worse(seed, side_payment, more):
    made = triad()
    board, reasoner = made.board, Reasoner(made.board, made.parameters["reasoner"])
    view, draws = observe(board, start_world(board)), Draws.of(seed)
    one = np.zeros(2, dtype=np.int64)
    for act in board.acts.names:
        if board.acts.kind[board.acts.act(act)] == DEAL:
            plain = Bids.plain(one, one + CESTIA, one + board.acts.act(act), one + BOREA)
            bids = replace(plain, side_payment=np.array([side_payment, side_payment + more]) / 10.0)
            received = reasoner.reception(view, bids, draws)
            assert received.chance[0] == received.chance[1]
            assert received.score[0] < received.score[1]
            assert received.accepted[0] <= received.accepted[1]


@settings(max_examples=20)
@given(st.integers(0, 2**32))
def test_where_a_value_is_good_for_the_target_more_of_it_never_fares_worse(seed):
    made = triad()
    board, reasoner = made.board, Reasoner(made.board, made.parameters["reasoner"])
    view, draws = observe(board, start_world(board)), Draws.of(seed)
    act = board.acts.act("arms_package")
    scales = reasoner.tables.values[act]
    at = np.zeros(scales.size, dtype=np.int64)
    received = reasoner.reception(view, replace(Bids.plain(at, at + CESTIA, at + act, at + BOREA), scale=scales), draws)
    steps = np.diff(received.score)
    assert (steps > 0).all() or (steps < 0).all()
    change = np.diff(received.accepted.astype(int))
    assert (change >= 0).all() if (steps > 0).all() else (change <= 0).all()


def test_more_is_not_asked_than_the_other_has():
    made = triad()
    board, reasoner = made.board, Reasoner(made.board, made.parameters["reasoner"])
    view = observe(board, start_world(board))
    left = float(view.world.capital[0, BOREA])
    at = np.zeros(2, dtype=np.int64)
    plain = Bids.plain(at, at + ARDA, at + board.acts.act("trade_agreement"), at + BOREA)
    received = reasoner.reception(view, replace(plain, side_payment=np.array([-left, -left - 0.01])), Draws.of(1))
    assert received.payable.tolist() == [True, False]
    assert not received.accepted[1]


def test_where_the_other_is_just_short_of_accepting_a_little_is_added():
    # Over many starts; without generosity the same states make no such proposals.
    offers = {}
    for most in (0.0, 1.0):
        made = compiled(load("south-caucasus-2012"), Draws.of(*range(64)))
        params = replace(made.parameters["reasoner"], generosity=most, threshold=-1.0)
        reasoner = Reasoner(made.board, params)
        view = observe(made.board, start_world(made.board, 64))
        decision = reasoner.decide(view, Draws.of(*range(64)))
        bids = bids_of(decision, made.board)
        offers[most] = bids.taken(np.flatnonzero(bids.side_payment > 0))
        assert (bids.side_payment >= 0).all()
    assert len(offers[0.0]) == 0
    assert len(offers[1.0]) > 5
    bids = offers[1.0]
    foreseen = weighed(view, reasoner.tables, decision.appraisal, params, bids, TARGET, foreseen=True)
    assert (total(foreseen, axis=1) >= 0.0).all()
    short = replace(
        bids, side_payment=bids.side_payment - 0.1, scale=np.ones(len(bids)), secret=np.zeros(len(bids), dtype=bool),
        purpose=np.full(len(bids), NONE),
    )  # fmt: skip
    less = weighed(view, reasoner.tables, decision.appraisal, params, short, TARGET, foreseen=True)
    assert (total(less, axis=1) < 0.0).all()


def test_without_insight_a_state_proposes_what_would_be_refused():
    made = triad()
    board = made.board
    shares = {}
    for insight in (0.0, 1.0):
        reasoner = Reasoner(board, replace(made.parameters["reasoner"], insight=insight))
        view = observe(board, start_world(board, 400))
        decision = reasoner.decide(view, Draws.of(*range(400)))
        bids = bids_of(decision, board, DEAL)
        foreseen = weighed(view, reasoner.tables, decision.appraisal, reasoner.params, bids, TARGET, foreseen=True)
        shares[insight] = float((total(foreseen, axis=1) < 0.0).mean())
    assert shares[1.0] == 0.0 < shares[0.0]


def test_a_longer_horizon_weighs_what_lasts_against_what_fades():
    made = triad()
    board = made.board
    near, far = (tables(board, horizon) for horizon in (1.0, 24.0))
    praise = board.acts.act("praise")
    # A mood halves every two turns: of 24 turns little is left on average, of one turn sqrt(1/2).
    assert abs(far.actor[0, praise, 1]) < abs(near.actor[0, praise, 1])
    both = tables(board, np.array([1.0, 24.0]))
    assert (both.actor[0] == near.actor[0]).all()
    assert (both.actor[1] == far.actor[0]).all()


def test_what_was_done_this_turn_tires_of_doing_more_towards_the_same(caucasus):
    reasoner, view, decision, _ = caucasus
    seen = 0
    for replica in range(REPLICAS):
        for state in range(len(view.board.states)):
            row = decision.orders.target[replica, state]
            for slot in range(1, view.board.orders):
                if row[slot] != NONE and row[slot] in row[:slot]:
                    found = reasoner.rationale(view, decision, replica, state, slot).terms["fatigue"]
                    slots = tuple(np.array([each]) for each in (replica, state, slot))
                    bid = Bids.of(decision.orders, slots)
                    alone = weighed(view, reasoner.tables, decision.appraisal, reasoner.params, bid)
                    assert found < alone[0, TERMS.index("fatigue")]
                    seen += 1
    assert seen > 5


def test_no_state_does_the_same_to_the_same_turn_after_turn():
    match = begin(Setup(load("south-caucasus-2012"), 4))
    before = set()
    for turn in range(1, 13):
        match = match.advance()
        now = {(each.order.state, each.order.act, each.order.target) for each in match.records(turn)
               if not each.order.is_stance}  # fmt: skip
        assert not now & before
        before = now


def test_breaking_ones_word_costs_by_its_gravity_and_only_while_it_binds():
    made = triad(pledge_kinds=PROMISE)
    board = made.board
    kind = board.pledges.names.index("word")
    start = start_world(board)
    pledges, solemnity = start.pledges.copy(), start.solemnity.copy()
    pledges[0, kind, ARDA, CESTIA], solemnity[0, kind, ARDA, CESTIA] = 6, 1.0
    reasoner = Reasoner(board, made.parameters["reasoner"])
    strike = board.acts.act("limited_strike")
    found = {}
    for world in (start, replace(start, pledges=pledges, solemnity=solemnity)):
        appraisal = reasoner.appraisal(observe(board, world))
        for other in (BOREA, CESTIA):
            cell = (0, ARDA, strike, other)
            found[world is start, other] = contributions(reasoner.tables, appraisal, Params(), cell)["commitment"]
    # 2 x 4 x gravity 10 / 100: its word counts as much as anybody's.
    assert found[False, CESTIA] - found[True, CESTIA] == pytest.approx(-0.8, abs=1e-6)
    assert found[False, BOREA] == found[True, BOREA]


def test_what_a_state_is_about_favours_what_goes_with_it():
    made = triad()
    board, start = made.board, start_world(made.board)
    reasoner = Reasoner(board, made.parameters["reasoner"])
    found = {}
    for name, posture in (("court", COURT), ("hedge", HEDGE), ("isolate", ISOLATE)):
        view = observe(board, replace(start, posture=np.full_like(start.posture, posture)))
        for act in ("praise", "criticise", "trade_agreement"):
            cell = (0, ARDA, board.acts.act(act), BOREA)
            terms_of = contributions(reasoner.tables, reasoner.appraisal(view), Params(), cell)
            found[name, act] = terms_of["posture"]
    assert found["court", "trade_agreement"] > found["court", "praise"] > 0 > found["court", "criticise"]
    assert found["isolate", "trade_agreement"] < found["isolate", "praise"] < 0 < found["isolate", "criticise"]
    assert {found["hedge", act] for act in ("praise", "criticise", "trade_agreement")} == {0.0}


def test_the_deceptive_hide_what_the_open_show():
    shares = {}
    for slider in (0.0, 1.0):
        made = compiled(load("south-caucasus-2012"), Draws.of(*range(64)))
        sliders = {**made.board.personalities.sliders}
        sliders["deceptiveness"] = np.full(len(made.board.states), slider)
        board = replace(made.board, personalities=replace(made.board.personalities, sliders=sliders))
        reasoner = Reasoner(board, replace(made.parameters["reasoner"], threshold=-1.0))
        view = observe(board, start_world(board, 64))
        bids = bids_of(reasoner.decide(view, Draws.of(*range(64))), board)
        able = np.isin(bids.act, board.acts.secrets)
        assert not bids.secret[~able].any()
        shares[slider] = bids.secret[able].mean()
    assert shares[1.0] > shares[0.0]


def test_a_value_other_than_the_usual_is_chosen_only_where_it_gains_and_would_be_accepted(caucasus):
    reasoner, view, decision, _ = caucasus
    bids = bids_of(decision, view.board)
    moved = bids.taken(np.flatnonzero(bids.scale != 1.0))
    assert len(moved) > 3
    usual = replace(moved, scale=np.ones(len(moved)))
    gains = [total(weighed(view, reasoner.tables, decision.appraisal, reasoner.params, each), axis=1)
             for each in (moved, usual)]  # fmt: skip
    assert (gains[0] > gains[1]).all()
    for each in range(len(moved)):
        order = moved.taken(np.array([each]))
        act = int(order.act[0])
        value = order.scale[0] * view.board.acts.usual[act]
        assert view.board.acts.low[act] - 1e-9 <= value <= view.board.acts.high[act] + 1e-9
        assert float(f"{value:.6g}") / view.board.acts.usual[act] == order.scale[0]


def test_who_depends_on_another_hurts_it_less_gladly():
    made = triad(agreements="agreements: {arms: {kind: arms_supply, members: [borea, arda]}}")
    board = made.board
    world = start_world(board)
    depends = dependence(board, world)[0]
    assert depends[ARDA, BOREA] > 0
    without = triad(agreements="").board
    found = []
    for each in (board, without):
        reasoner = Reasoner(each, made.parameters["reasoner"])
        view = observe(each, start_world(each))
        cell = (0, ARDA, each.acts.act("sanction"), BOREA)
        found.append(contributions(reasoner.tables, reasoner.appraisal(view), Params(), cell)["commitment"])
    weight = board.acts.weight[board.acts.act("sanction")]
    agreement = max(
        float(depends[ARDA, BOREA]), float(board.agreements.commitment[board.agreements.names.index("arms_supply")])
    )
    assert found[0] == pytest.approx(2.0 * agreement * weight, abs=1e-4)
    assert found[1] == 0.0


def test_force_against_a_guarded_state_it_expects_to_lose_to_is_perilous():
    made = triad()
    board = made.board
    reasoner = Reasoner(board, made.parameters["reasoner"])
    strike = board.acts.act("limited_strike")
    terms_of = {}
    for name, world in (("guarded", start_world(board)), ("alone", start_world(triad(agreements="").board))):
        view = observe(board, world)
        cell = (0, CESTIA, strike, BOREA)
        terms_of[name] = contributions(reasoner.tables, reasoner.appraisal(view), Params(), cell)["security"]
        danger = float(peril(board, world, relations(board, world))[0, CESTIA, BOREA])
        assert (danger > 0) == (name == "guarded")
        if name == "guarded":
            expected = danger
    # Twelve times the peril, and what the pact itself makes of the relations changes little besides.
    assert terms_of["guarded"] - terms_of["alone"] < -6.0 * expected


def test_a_denial_puts_its_word_at_risk_and_hushes_those_who_mind():
    made = triad()
    board = made.board
    start = start_world(board)
    secrecy = start.secrecy.copy()
    secrecy[0, 0, ARDA, BOREA] = RUMOURED
    reasoner = Reasoner(board, made.parameters["reasoner"])
    found = {}
    for name, world in (("calm", start), ("rumoured", replace(start, secrecy=secrecy))):
        for act in ("deny", "confirm"):
            cell = (0, ARDA, board.acts.act(act), BOREA)
            appraisal = reasoner.appraisal(observe(board, world))
            found[name, act] = contributions(reasoner.tables, appraisal, Params(), cell)
    # Its word counts as much as anybody's: 2 x 1/4.
    lost = found["rumoured", "deny"]["commitment"] - found["calm", "deny"]["commitment"]
    assert lost == pytest.approx(-0.5, abs=1e-6)
    gain, price = (found["rumoured", act]["standing"] - found["calm", act]["standing"] for act in ("deny", "confirm"))
    assert gain == -price > 0
