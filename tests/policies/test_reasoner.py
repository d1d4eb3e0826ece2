"""The reasoner: scores that are sums of their terms, choices within the rules, proposals that others would take."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from game import turn
from game.kernel.catalogue import ACTOR, DEAL, NONE, TARGET
from game.kernel.compiled.workspaces import setting_for
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
from game.kernel.orders import is_proposal
from game.kernel.records import one_world
from game.kernel.world import COURT, HEDGE, ISOLATE, RUMOURED, start_world
from game.match.match import Setup, begin
from game.measures.relations import relations
from game.policies import answered, decided, observe
from game.policies.reasoner import deal_terms
from game.policies.reasoner.deal_terms import Bid
from game.policies.reasoner.offers import may_propose, tolerance
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.thoughts import veto_of, weights_of
from game.policies.reasoner.utility import TERMS
from game.policies.reasoner.utility_weights import tables
from game.scenario import load
from game.scenario.compile import compiled
from game.submodels.conflict import peril
from game.submodels.dependence import dependence
from game.testing import triad, with_relations
from tests.policies.asking import given, score, worth

ARDA, BOREA, CESTIA = range(3)
REPLICAS = 8


@pytest.fixture(scope="module")
def caucasus():
    """A position with everything in it in some runs, two turns into the shipped scenario, and what is decided."""
    draws = Draws.of(*range(REPLICAS))
    made = compiled(load("south-caucasus-2012"), draws)
    reasoner, world = Reasoner(made.board, made.parameters["reasoner"]), start_world(made.board, REPLICAS)
    for _ in range(2):
        world, _ = turn.opening(made.board, world, made.parameters, draws)
        orders = decided(reasoner, {}, made.board, world, draws)
        accepted = answered(reasoner, {}, made.board, world, orders, draws)
        world, _ = turn.step(made.board, world, orders, accepted, made.parameters, draws)
    world, _ = turn.opening(made.board, world, made.parameters, draws)
    views = [observe(made.board, world, replica) for replica in range(REPLICAS)]
    return reasoner, [(view, reasoner.decide(view, draws.run(view.replica))) for view in views]


def chosen(decisions):
    """Every order of every run: the view, the decision, the state, the slot, the order."""
    return [
        (view, decision, state, slot, bid)
        for view, decision in decisions
        for state, slot, bid in given(decision.orders)
    ]


def test_every_order_is_legal_and_affordable(caucasus):
    for view, decision in caucasus[1]:
        legal, spent = view.permitted(), np.zeros_like(view.world.capital)
        for state, _, bid in given(decision.orders):
            assert legal[state, bid.act, bid.target]
            assert view.board.plays[state]
            spent[state] += view.board.acts.cost[bid.act] + max(bid.side_payment, 0.0)
        assert (hundredths(spent) <= hundredths(view.world.capital)).all()


def test_the_terms_of_every_order_sum_to_its_score_exactly(caucasus):
    reasoner, decisions = caucasus
    seen = 0
    for view, decision, state, slot, _ in chosen(decisions):
        found = reasoner.rationale(view, decision, state, slot)
        assert set(found.terms) == set(TERMS)
        assert sum(found.terms.values()) == pytest.approx(found.score, abs=1e-12)
        assert found.score + found.chance >= found.runner_up_score + found.runner_up_chance - 1e-9
        seen += 1
    assert seen > 35


def test_a_proposal_is_made_only_where_the_other_side_would_take_it(caucasus):
    reasoner, decisions = caucasus
    params, seen = reasoner.params, 0
    for view, _, _, _, bid in chosen(decisions):
        if view.board.acts.kind[bid.act] == DEAL:
            weights, place = (
                weights_of(view.board, params, view.replica),
                int(np.cumsum(view.board.acts.kind == DEAL)[bid.act]) - 1,
            )
            thoughts = reasoner.appraisal(view)
            assert may_propose(weights, params, thoughts, tolerance(params), place, bid.actor, bid.target)
            # What the other is about with it, and what it keeps from it, the proposer can't know.
            assert score(reasoner, view, bid, TARGET, foreseen=True) >= 0.0
            seen += 1
    assert seen > 5


def test_no_state_smiles_and_frowns_at_the_same_one_in_a_turn(caucasus):
    for view, decision in caucasus[1]:
        shown = {}
        for state, _, bid in given(decision.orders):
            tone = np.sign(view.board.acts.weight[bid.act])
            assert shown.setdefault((state, bid.target), tone) == tone


def test_a_refused_proposal_is_not_repeated_for_some_turns():
    scenario, seen = load("south-caucasus-2012"), 0
    for seed in range(3):
        match, refused = begin(Setup(scenario, seed)), {}
        for number in range(1, 13):
            match = match.advance()
            made = match.history.turns[-1]
            proposals = is_proposal(match.history.board, made.orders)[0]
            for state, slot, bid in given(one_world(made.orders, 0)):
                if proposals[state, slot]:
                    proposal = bid.actor, bid.act, bid.target
                    assert number - refused.get(proposal, -12) > 6
                    if not made.accepted[0, state, slot]:
                        refused[proposal] = number
                        seen += 1
    assert seen > 2


def test_without_noise_the_best_act_is_chosen_and_every_seed_agrees():
    made = triad()
    reasoner = Reasoner(made.board, replace(made.parameters["reasoner"], noise=0.0, threshold=-20.0))
    view = observe(made.board, start_world(made.board))
    decisions = [reasoner.decide(view, Draws.of(seed)) for seed in (1, 2, 3)]
    assert len({decision.orders.act.tobytes() for decision in decisions}) == 1
    decision = decisions[0]
    scores = np.where(decision.legal[ARDA], reasoner.appraisal(view).actor[:, ARDA], -np.inf)
    act, target = divmod(int(scores.argmax()), 3)
    assert (decision.orders.act[ARDA, 0], decision.orders.target[ARDA, 0]) == (act, target)


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
    runs = 20000
    view = observe(board, start_world(board))
    wave, frown = board.acts.act("wave"), board.acts.act("frown")
    scale = 1.5 / 0.5
    actor = reasoner.appraisal(view).actor
    scores = np.array([actor[wave, ARDA, BOREA], actor[frown, ARDA, CESTIA], 0.0])
    odds = np.exp(scores * scale) / np.exp(scores * scale).sum()
    taken = np.array([reasoner.orders(view, Draws.of(seed)).act[ARDA, 0] for seed in range(runs)])
    shares = [(taken == wave).mean(), (taken == frown).mean(), (taken == NONE).mean()]
    assert shares == pytest.approx(odds, abs=0.012)


def test_friends_are_praised_and_enemies_criticised_more_often_than_the_reverse():
    made = triad()
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    view = observe(made.board, start_world(made.board))
    terms = {
        (act, other): worth(reasoner, view, Bid(ARDA, made.board.acts.act(act), other))["congruence"]
        for act in ("praise", "criticise")
        for other in (BOREA, CESTIA)
    }
    assert terms["praise", BOREA] > 0 > terms["praise", CESTIA]
    assert terms["criticise", CESTIA] > 0 > terms["criticise", BOREA]


def test_a_state_answers_in_kind():
    made = triad()
    board = made.board
    hurt = start_world(board)
    mood = hurt.memories.copy()
    mood[0, board.recent, ARDA, BOREA] = -15.0
    reasoner = Reasoner(board, made.parameters["reasoner"])
    protest = Bid(ARDA, board.acts.act("protest"), BOREA)
    before = worth(reasoner, observe(board, hurt), protest)["reciprocity"]
    after = worth(reasoner, observe(board, replace(hurt, memories=mood)), protest)["reciprocity"]
    assert before == 0 < after


def test_an_objective_pulls_towards_what_serves_it():
    wish = "objectives:\n  arda: {public: [{when: borea -> arda >= 90, points: 60, label: A friend}]}\n"
    made = triad(objectives=wish)
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    view = observe(made.board, start_world(made.board))
    objectives = {
        name: worth(reasoner, view, Bid(ARDA, made.board.acts.act(name), BOREA))["objectives"]
        for name in ("praise", "criticise")
    }
    assert objectives["praise"] > 0 > objectives["criticise"]


def test_an_ally_of_a_hostile_third_state_forbids_a_binding_pact():
    made = triad()
    board = with_relations(made.board, {"arda -> cestia": -80})
    reasoner = Reasoner(board, made.parameters["reasoner"])
    view = observe(board, start_world(board))
    veto, weights = reasoner.appraisal(view).veto, weights_of(board, reasoner.params)
    pact, trade = (weights.place[board.acts.act(name)] for name in ("defence_pact", "trade_agreement"))
    assert veto_of(weights, veto, pact, BOREA, CESTIA) == 1 + ARDA
    assert veto_of(weights, veto, pact, CESTIA, BOREA) == 0
    assert not any(veto_of(weights, veto, trade, i, j) for i in range(3) for j in range(3))


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
        view = observe(made.board, start_world(made.board))
        actor = reasoner.appraisal(view).actor
        first = [(orders.act[ARDA, 0], orders.target[ARDA, 0])
                 for orders in (reasoner.orders(view, Draws.of(seed)) for seed in range(300))]  # fmt: skip
        shares[kind] = np.mean([actor[act, ARDA, target] for act, target in first if act != NONE])
    assert shares["cool"] > shares["wild"] + 0.05


def test_an_order_without_terms_weighs_to_the_last_bit_what_its_score_says(caucasus):
    reasoner, decisions = caucasus
    for view, _, _, _, bid in chosen(decisions):
        plain, thoughts = Bid(bid.actor, bid.act, bid.target), reasoner.appraisal(view)
        assert score(reasoner, view, plain) == thoughts.actor[plain.act, plain.actor, plain.target]
        if view.board.acts.kind[bid.act] == DEAL:
            place = np.cumsum(view.board.acts.kind == DEAL)[bid.act] - 1
            assert score(reasoner, view, plain, TARGET) == thoughts.target[place, plain.target, plain.actor]


def test_what_onlookers_think_of_a_purpose_is_what_they_think_where_nobody_minds_it(caucasus, monkeypatch):
    # Made anew for each order, onlooker by onlooker, and equal to the features of the score to the last bit.
    reasoner, decisions = caucasus
    monkeypatch.setattr(deal_terms, "heed", lambda *_: 1.0)
    seen = 0
    for view, _, _, _, bid in chosen(decisions):
        if view.board.acts.kind[bid.act] == DEAL:
            plain = Bid(bid.actor, bid.act, bid.target)
            for role in (ACTOR, TARGET):
                assert worth(reasoner, view, plain, role) == worth(reasoner, view, plain._replace(purpose=0), role)
            seen += 1
    assert seen > 5


def test_a_purpose_weighs_with_those_it_is_for(caucasus):
    reasoner, decisions = caucasus
    moved = set()
    for view, _, _, _, bid in chosen(decisions):
        if view.board.acts.kind[bid.act] == DEAL and view.board.acts.signs[bid.act] != NONE:
            plain = Bid(bid.actor, bid.act, bid.target)
            one, other = (worth(reasoner, view, each) for each in (plain, plain._replace(purpose=0)))
            moved |= {name for name in TERMS if one[name] != other[name]}
    assert moved
    assert moved <= {"objectives", "standing", "security"}


def offer_of(made, act, **fields):
    """What arda's deal with borea is worth to (arda, borea), by such terms."""
    board = made.board
    reasoner, view = Reasoner(board, made.parameters["reasoner"]), observe(board, start_world(board))
    bid = Bid(ARDA, board.acts.act(act), BOREA, **fields)
    return worth(reasoner, view, bid), worth(reasoner, view, bid, TARGET)


def test_capital_that_is_offered_counts_like_cost_against_one_and_for_the_other():
    # Income 4, weight 1: two units are half a turn's income, 0.5 in score on either side.
    plain, offered = (offer_of(triad(), "trade_agreement", side_payment=side_payment) for side_payment in (0.0, 2.0))
    assert offered[0]["cost"] - plain[0]["cost"] == -0.5
    assert offered[1]["cost"] - plain[1]["cost"] == 0.5
    for side in (0, 1):
        assert {name: value for name, value in offered[side].items() if name != "cost"} == {
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
    plain, sworn = offer_of(made, "trade_agreement"), offer_of(made, "trade_agreement", pledge=kind)
    # To the holder 12 x 0.5 x 10 / 100 x (0.2 + exposure). Arda, the greatest power, regards borea at X, so borea is
    # exposed to 1 x reach x (1 - X) / 2.
    share = float(relations(made.board, start_world(made.board))[0, ARDA, BOREA]) / 100.0
    exposure = float(made.board.reach[ARDA, BOREA]) * (1.0 - share) / 2.0
    gain = sworn[1]["security"] - plain[1]["security"]
    assert gain == pytest.approx(12 * 0.5 * 0.1 * (0.2 + exposure), abs=1e-5)
    # To the giver 2 x 10 / 100 x 0.25 of freedom: it is not hostile to the holder.
    assert sworn[0]["commitment"] - plain[0]["commitment"] == pytest.approx(-0.05, abs=1e-6)


@settings(max_examples=40)
@drawn(st.integers(0, 2**32), st.integers(0, 30), st.integers(1, 30))
def test_a_better_offer_never_fares_worse(seed, side_payment, more):
    made = triad()
    board, reasoner = made.board, Reasoner(made.board, made.parameters["reasoner"])
    view, draws = observe(board, start_world(board)), Draws.of(seed)
    for act in board.acts.names:
        if board.acts.kind[board.acts.act(act)] == DEAL:
            plain = Bid(CESTIA, board.acts.act(act), BOREA)
            bids = [plain._replace(side_payment=each / 10.0) for each in (side_payment, side_payment + more)]
            received = reasoner.reception(view, bids, draws)
            assert received.chance[0] == received.chance[1]
            assert received.score[0] < received.score[1]
            assert received.accepted[0] <= received.accepted[1]


@settings(max_examples=20)
@drawn(st.integers(0, 2**32))
def test_where_a_value_is_good_for_the_target_more_of_it_never_fares_worse(seed):
    made = triad()
    board, reasoner = made.board, Reasoner(made.board, made.parameters["reasoner"])
    view, draws = observe(board, start_world(board)), Draws.of(seed)
    act = board.acts.act("arms_package")
    scales = tables(board, reasoner.params.horizon).values[act].tolist()
    received = reasoner.reception(view, [Bid(CESTIA, act, BOREA, scale=scale) for scale in scales], draws)
    steps = np.diff(received.score)
    assert (steps > 0).all() or (steps < 0).all()
    change = np.diff(received.accepted.astype(int))
    assert (change >= 0).all() if (steps > 0).all() else (change <= 0).all()


def test_more_is_not_asked_than_the_other_has():
    made = triad()
    board, reasoner = made.board, Reasoner(made.board, made.parameters["reasoner"])
    view = observe(board, start_world(board))
    left = float(view.world.capital[BOREA])
    plain = Bid(ARDA, board.acts.act("trade_agreement"), BOREA)
    asked = [plain._replace(side_payment=each) for each in (-left, -left - 0.01)]
    received = reasoner.reception(view, asked, Draws.of(1))
    assert received.payable.tolist() == [True, False]
    assert not received.accepted[1]


def test_where_the_other_is_just_short_of_accepting_a_little_is_added():
    # Over many starts; without generosity the same states make no such proposals.
    draws, offers = Draws.of(*range(24)), {0.0: 0, 1.0: 0}
    made = compiled(load("south-caucasus-2012"), draws)
    for most in offers:
        reasoner = Reasoner(made.board, replace(made.parameters["reasoner"], generosity=most, threshold=-1.0))
        for replica in range(24):
            view = observe(made.board, start_world(made.board, 24), replica)
            for _, _, bid in given(reasoner.orders(view, draws.run(replica))):
                assert bid.side_payment >= 0
                if bid.side_payment > 0:
                    offers[most] += 1
                    assert score(reasoner, view, bid, TARGET, foreseen=True) >= 0.0
                    short = Bid(bid.actor, bid.act, bid.target, side_payment=bid.side_payment - 0.1, pledge=bid.pledge)
                    assert score(reasoner, view, short, TARGET, foreseen=True) < 0.0
    assert offers[0.0] == 0
    assert offers[1.0] > 2


def test_without_insight_a_state_proposes_what_would_be_refused():
    made = triad()
    board = made.board
    shares = {}
    view = observe(board, start_world(board))
    for insight in (0.0, 1.0):
        reasoner = Reasoner(board, replace(made.parameters["reasoner"], insight=insight))
        refused = [
            score(reasoner, view, bid, TARGET, foreseen=True) < 0.0
            for seed in range(200)
            for _, _, bid in given(reasoner.orders(view, Draws.of(seed)))
            if board.acts.kind[bid.act] == DEAL
        ]
        shares[insight] = float(np.mean(refused))
    assert shares[1.0] == 0.0 < shares[0.0]


def test_a_longer_horizon_weighs_what_lasts_against_what_fades():
    made = triad()
    board = made.board
    near, far = (tables(board, horizon) for horizon in (1.0, 24.0))
    praise = board.acts.act("praise")
    # A mood halves every two turns: of 24 turns little is left on average, of one turn sqrt(1/2).
    assert abs(far.actor[praise, 1]) < abs(near.actor[praise, 1])


def test_what_was_done_this_turn_tires_of_doing_more_towards_the_same(caucasus):
    reasoner, decisions = caucasus
    seen = 0
    for view, decision, state, slot, bid in chosen(decisions):
        if bid.target in decision.orders.target[state, :slot]:
            found = reasoner.rationale(view, decision, state, slot).terms["fatigue"]
            assert found < worth(reasoner, view, bid)["fatigue"]
            seen += 1
    assert seen > 2


def test_no_state_does_the_same_to_the_same_turn_after_turn():
    match = begin(Setup(load("south-caucasus-2012"), 4))
    before = set()
    for number in range(1, 13):
        match = match.advance()
        now = {(each.order.state, each.order.act, each.order.target) for each in match.records(number)
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
        view = observe(board, world)
        for other in (BOREA, CESTIA):
            found[world is start, other] = worth(reasoner, view, Bid(ARDA, strike, other))["commitment"]
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
            found[name, act] = worth(reasoner, view, Bid(ARDA, board.acts.act(act), BOREA))["posture"]
    assert found["court", "trade_agreement"] > found["court", "praise"] > 0 > found["court", "criticise"]
    assert found["isolate", "trade_agreement"] < found["isolate", "praise"] < 0 < found["isolate", "criticise"]
    assert {found["hedge", act] for act in ("praise", "criticise", "trade_agreement")} == {0.0}


def test_the_deceptive_hide_what_the_open_show():
    shares, draws = {}, Draws.of(*range(12))
    for slider in (0.0, 1.0):
        made = compiled(load("south-caucasus-2012"), draws)
        sliders = {**made.board.personalities.sliders}
        sliders["deceptiveness"] = np.full(len(made.board.states), slider)
        board = replace(made.board, personalities=replace(made.board.personalities, sliders=sliders))
        reasoner, hidden = Reasoner(board, replace(made.parameters["reasoner"], threshold=-1.0)), []
        for replica in range(12):
            view = observe(board, start_world(board, 12), replica)
            for _, _, bid in given(reasoner.orders(view, draws.run(replica))):
                if bid.act in board.acts.secrets:
                    hidden.append(bid.secret)
                else:
                    assert not bid.secret
        shares[slider] = np.mean(hidden)
    assert shares[1.0] > shares[0.0]


def test_a_value_other_than_the_usual_is_chosen_only_where_it_gains_and_would_be_accepted(caucasus):
    reasoner, decisions = caucasus
    seen = 0
    for view, _, _, _, bid in chosen(decisions):
        if bid.scale != 1.0:
            assert score(reasoner, view, bid) > score(reasoner, view, bid._replace(scale=1.0))
            acts = view.board.acts
            value = bid.scale * acts.usual[bid.act]
            assert acts.low[bid.act] - 1e-9 <= value <= acts.high[bid.act] + 1e-9
            assert float(f"{value:.6g}") / acts.usual[bid.act] == bid.scale
            seen += 1
    assert seen > 0


def test_who_depends_on_another_hurts_it_less_gladly():
    made = triad(agreements="agreements: {arms: {kind: arms_supply, members: [borea, arda]}}")
    board = made.board
    world = start_world(board)
    depends = dependence(setting_for(board, 0), observe(board, world).world, ARDA, BOREA)
    assert depends > 0
    without = triad(agreements="").board
    found = []
    for each in (board, without):
        reasoner = Reasoner(each, made.parameters["reasoner"])
        view = observe(each, start_world(each))
        found.append(worth(reasoner, view, Bid(ARDA, each.acts.act("sanction"), BOREA))["commitment"])
    weight = board.acts.weight[board.acts.act("sanction")]
    agreement = max(depends, float(board.agreements.commitment[board.agreements.names.index("arms_supply")]))
    assert found[0] == pytest.approx(2.0 * agreement * weight, abs=1e-4)
    assert found[1] == 0.0


def test_force_against_a_guarded_state_it_expects_to_lose_to_is_perilous():
    made = triad()
    board = made.board
    reasoner = Reasoner(board, made.parameters["reasoner"])
    strike = board.acts.act("limited_strike")
    terms_of = {}
    for name, world in (("guarded", start_world(board)), ("alone", start_world(triad(agreements="").board))):
        view, perils = observe(board, world), np.zeros((3, 3))
        terms_of[name] = worth(reasoner, view, Bid(CESTIA, strike, BOREA))["security"]
        peril(setting_for(board, 0), view.world, view.relation, perils)
        danger = float(perils[CESTIA, BOREA])
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
            found[name, act] = worth(reasoner, observe(board, world), Bid(ARDA, board.acts.act(act), BOREA))
    # Its word counts as much as anybody's: 2 x 1/4.
    lost = found["rumoured", "deny"]["commitment"] - found["calm", "deny"]["commitment"]
    assert lost == pytest.approx(-0.5, abs=1e-6)
    gain, price = (found["rumoured", act]["standing"] - found["calm", act]["standing"] for act in ("deny", "confirm"))
    assert gain == -price > 0
