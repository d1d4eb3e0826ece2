"""The reasoner: scores that are sums of their terms, choices within the rules, proposals that others would take."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.acts import DEAL, NONE, TARGET
from game.draws import Draws
from game.match import Setup, begin
from game.numerics import hundredths, total
from game.orders import permitted
from game.policies import observe
from game.policies.appraisal import TERMS, Params, contributions
from game.policies.proposing import proposable
from game.policies.reasoner import Reasoner
from game.policies.terms import Bids, weighed
from game.scenario import load
from game.scenario.compile import compiled
from game.testing import triad, with_relations
from game.turn import opening
from game.world import start_world

ARDA, BOREA, CESTIA = range(3)
REPLICAS = 64


@pytest.fixture(scope="module")
def caucasus():
    """A position with everything in it: 64 replicas a few turns into the shipped scenario."""
    from game.study.replicas import played

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
    legal = permitted(view.board, view.world, view.regard)
    spent = np.zeros_like(view.world.capital)
    for replica, state, slot in chosen(decision):
        act, target = decision.orders.act[replica, state, slot], decision.orders.target[replica, state, slot]
        assert legal[replica, state, act, target]
        assert view.board.plays[state]
        spent[replica, state] += view.board.acts.cost[act] + max(decision.orders.offer[replica, state, slot], 0.0)
    assert (hundredths(spent) <= hundredths(view.world.capital)).all()


def test_the_terms_of_every_order_sum_to_its_score_exactly(caucasus):
    reasoner, view, decision, _ = caucasus
    seen = 0
    for replica, state, slot in chosen(decision):
        found = reasoner.rationale(view, decision, int(replica), int(state), int(slot))
        assert set(found.terms) == set(TERMS)
        assert sum(found.terms.values()) == pytest.approx(found.score, abs=1e-12)
        assert found.score + found.luck >= found.runner_up_score + found.runner_up_luck - 1e-9
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
    scenario = load("south-caucasus-2012")
    seen = 0
    for seed in range(12):
        match = begin(Setup(scenario, seed))
        refused = {}
        for turn in range(1, 13):
            match = match.advance()
            for record in match.records(turn):
                key = str(record.order).split(" value=")[0]
                if key in refused:
                    assert turn - refused[key] > 6
                if record.accepted is False:
                    refused[key] = turn
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
    made = triad(acts=GESTURES, catalogue="", orders="orders: 1", ties="")
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
    wish = "objectives:\n  arda: {public: [{goal: borea -> arda >= 90, points: 60, label: A friend}]}\n"
    made = triad(objectives=wish)
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    view = observe(made.board, start_world(made.board))
    cells = {name: (0, ARDA, made.board.acts.act(name), BOREA) for name in ("praise", "criticise")}
    goals = {
        name: contributions(reasoner.tables, reasoner.appraisal(view), Params(), cell)["goals"]
        for name, cell in cells.items()
    }
    assert goals["praise"] > 0 > goals["criticise"]


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
