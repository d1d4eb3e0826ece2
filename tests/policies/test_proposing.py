"""What a proposer adds to its orders: the least offer that is enough, and terms that are worth it to both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.catalogue import DEAL, NONE
from game.kernel.compiled.workspaces import setting_for
from game.policies import observe
from game.policies.reasoner.deal_terms import Bid, capital_worth
from game.policies.reasoner.offers import BEYOND, gap, may_propose, offer, tolerance, with_terms
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.thoughts import weights_of
from tests.policies.asking import score
from tests.policies.plain import TARGET, peninsula, stirred


@pytest.fixture(scope="module")
def made():
    return peninsula()


@pytest.fixture(scope="module", params=(0.1, 0.02), ids=("departing costs", "departing costs little"))
def weighing(request, made):
    params = replace(made.parameters["reasoner"], departure=request.param)
    return Reasoner(made.board, params), observe(made.board, stirred(made.board, 4))


def variants(board, act, actor, target):
    """The values of an order, and its veils with the purposes that go with it, the order as it stands first."""
    purposes = [
        place
        for place, dispute in enumerate(board.disputes)
        if board.acts.signs[act] != NONE and {actor, target} & set(dispute.parties)
    ]
    hidden = [(True, NONE)] if act in board.acts.secrets else []
    return [(False, NONE), *hidden, *((False, place) for place in purposes)]


def chosen(reasoner, view, act, actor, target):
    """The terms that are best for the proposer and that its target would still take, looked for one by one."""
    board = view.board

    def best(ways, effort):
        bids = [Bid(actor, act, target, *way) for way in ways]
        gain = [score(reasoner, view, bid) for bid in bids]
        answer = [0.0] * len(ways)
        if board.acts.kind[act] == DEAL:
            answer = [score(reasoner, view, bid, TARGET, foreseen=True) for bid in bids]
        bearable = min(answer[0], 0.0)
        worth = [
            value - reasoner.params.departure * far if taken >= bearable else -np.inf
            for value, far, taken in zip(gain, effort, answer, strict=True)
        ]
        return ways[worth.index(max(worth))]

    scales = weights_of(board, reasoner.params).values[act].tolist()
    usual = (len(scales) - 1) // 2
    steps = sorted(range(len(scales)), key=lambda place: place != usual)
    far = [((place - usual) / usual) ** 2 for place in steps]
    scale = best([(scales[place], False, NONE) for place in steps], far)[0]
    veils = variants(board, act, actor, target)
    return best([(scale, *veil) for veil in veils], [0.0, *[1.0] * (len(veils) - 1)])


def test_terms_are_chosen_where_they_gain_more_than_they_depart_and_the_other_would_still_agree(weighing):
    reasoner, view = weighing
    board, seen = view.board, set()
    flexible = [
        act for act in range(len(board.acts.names))
        if board.acts.units[act] is not None or act in board.acts.secrets or board.acts.signs[act] != NONE
    ]  # fmt: skip
    setting, weights = setting_for(board, 0), weights_of(board, reasoner.params)
    thoughts, states = reasoner.appraisal(view), range(len(board.states))
    for act in flexible:
        for start in range(0, len(board.states) - 1, board.orders):
            orders = view.nothing()
            for actor in states:
                others = [each for each in states if each != actor][start : start + board.orders]
                orders.act[actor, : len(others)] = act
                orders.target[actor, : len(others)] = others
            with_terms(setting, view.world, weights, reasoner.params, thoughts, orders)
            for actor, slot in np.argwhere(orders.act != NONE).tolist():
                target = int(orders.target[actor, slot])
                expected = chosen(reasoner, view, act, actor, target)
                got = tuple(getattr(orders, name)[actor, slot].item() for name in ("scale", "secret", "purpose"))
                assert got == expected, (board.acts.names[act], actor, target)
                seen.add(("value", got[0] != 1.0))
                seen.add(("secret", got[1]))
                seen.add(("purpose", got[2] != NONE))
    assert len(seen) == 6, seen


def short_by(made, gap, **changes):
    """What is offered with a deal that falls short by so much, and what that is worth."""
    setting, params = setting_for(made.board, 0), replace(made.parameters["reasoner"], **changes)
    made = offer(setting, params, gap)
    return made, capital_worth(setting.income, params.cost, made) if made < BEYOND else np.inf


def test_the_least_offer_that_is_enough_is_made(made):
    # Income 4, weight of cost 1: a step of 0.1 is worth 0.025.
    assert short_by(made, 0.0) == (0.0, 0.0)
    assert short_by(made, 0.3) == pytest.approx((1.2, 0.3), abs=1e-6)
    assert short_by(made, 0.301) == pytest.approx((1.3, 0.325), abs=1e-6)
    assert short_by(made, 0.25, cost=2.0) == pytest.approx((0.5, 0.25), abs=1e-6)


def test_the_most_that_is_offered_is_offered_and_no_more(made):
    # Half a turn's income is 2.0, worth 0.5.
    assert short_by(made, 0.5) == (2.0, 0.5)
    assert short_by(made, 0.51)[0] == BEYOND
    assert short_by(made, 0.51, generosity=1.0) == pytest.approx((2.1, 0.525), abs=1e-6)


def proposing(made, **changes):
    """What the reasoner thinks of a position, free to be changed, and what tells which deals may be proposed."""
    params = replace(made.parameters["reasoner"], **changes)
    weights = weights_of(made.board, params)
    thoughts = Reasoner(made.board, params).appraisal(observe(made.board, stirred(made.board, 2)))
    states = range(len(made.board.states))

    def allowed():
        return {
            (deal, actor, target)
            for deal in range(weights.deals.size)
            for actor in states
            for target in states
            if may_propose(weights, params, thoughts, tolerance(params), deal, actor, target)
        }

    return thoughts, params, allowed


def test_a_deal_is_proposed_where_its_target_would_take_it_or_nearly(made):
    for foreseen, changes, short, able in (
        (0.0, {"generosity": 0.0}, 0.0, True),
        (-0.25, {"generosity": 0.0}, 0.25, False),
        (-0.5, {}, 0.5, True),
        (-0.5625, {}, 0.5625, False),
        # With an insight of 0.8 an answer is foreseen a quarter too well: 0.8 x score >= 0.8 - 1.
        (-0.5, {"insight": 0.8, "generosity": 0.0}, 0.25, False),
        (-0.25, {"insight": 0.8, "generosity": 0.0}, 0.0, True),
        (-900.0, {"insight": 0.0, "generosity": 0.0}, 0.0, True),
    ):
        thoughts, params, allowed = proposing(made, **changes)
        thoughts.foreseen.fill(foreseen)
        thoughts.foreseen_veto.fill(0)
        assert len(allowed()) == (thoughts.foreseen.size if able else 0), (foreseen, changes)
        assert gap(thoughts, tolerance(params), 0, 0, 1) == pytest.approx(short, abs=1e-9)


def test_what_an_ally_forbids_is_proposed_by_those_alone_who_foresee_nothing(made):
    for insight in (1.0, 0.0):
        thoughts, params, allowed = proposing(made, insight=insight)
        binding = np.flatnonzero(weights_of(made.board, params).binding).tolist()
        thoughts.foreseen.fill(0.0)
        thoughts.foreseen_veto.fill(0)
        every = allowed()
        thoughts.foreseen_veto[1, 2] = 1  # an ally of state 1 forbids it binding deals of state 2
        assert every - allowed() == ({(deal, 2, 1) for deal in binding} if insight else set())
    assert len(every) == thoughts.foreseen.size
