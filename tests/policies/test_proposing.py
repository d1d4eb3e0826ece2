"""What a proposer adds to its orders: the least offer that is enough, and terms that are worth it to both."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.catalogue import DEAL, NONE
from game.kernel.numerics import total
from game.kernel.orders import no_orders
from game.policies import observe
from game.policies.reasoner.deal_terms import Bids, weighed
from game.policies.reasoner.offers import (
    Proposable,
    offers,
    proposable,
    with_terms,
)
from game.policies.reasoner.reasoner import Reasoner
from game.policies.reasoner.utility import Params
from tests.policies.plain import ACTOR, TARGET, peninsula, stirred


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
        at = np.zeros(len(ways), dtype=np.int64)
        bids = replace(
            Bids.plain(at, at + actor, at + act, at + target),
            scale=np.array([way[0] for way in ways]), secret=np.array([way[1] for way in ways]),
            purpose=np.array([way[2] for way in ways]),
        )  # fmt: skip
        seen = view, reasoner.tables, reasoner.appraisal(view), reasoner.params
        gain = total(weighed(*seen, bids, ACTOR), axis=1).tolist()
        answer = [0.0] * len(ways)
        if board.acts.kind[act] == DEAL:
            answer = total(weighed(*seen, bids, TARGET, foreseen=True), axis=1).tolist()
        bearable = min(answer[0], 0.0)
        worth = [
            value - reasoner.params.departure * far if taken >= bearable else -np.inf
            for value, far, taken in zip(gain, effort, answer, strict=True)
        ]
        return ways[worth.index(max(worth))]

    scales = reasoner.tables.values[act].tolist()
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
    states, width = range(len(board.states)), no_orders(board).act.shape[2]
    for act in flexible:
        for start in range(0, len(board.states) - 1, width):
            given = no_orders(board)
            acts, targets = given.act.copy(), given.target.copy()
            for actor in states:
                others = [each for each in states if each != actor][start : start + width]
                acts[0, actor, : len(others)] = act
                targets[0, actor, : len(others)] = others
            orders = replace(given, act=acts, target=targets)
            found = with_terms(view, reasoner.tables, reasoner.appraisal(view), reasoner.params, orders)
            for _, actor, slot in zip(*np.nonzero(acts != NONE), strict=True):
                cell = (0, actor, slot)
                expected = chosen(reasoner, view, act, int(actor), int(targets[cell]))
                got = (float(found.scale[cell]), bool(found.secret[cell]), int(found.purpose[cell]))
                assert got == expected, (board.acts.names[act], actor, targets[cell])
                seen.add(("value", got[0] != 1.0))
                seen.add(("secret", got[1]))
                seen.add(("purpose", got[2] != NONE))
    assert len(seen) == 6, seen


def short_by(made, gap, **changes):
    """What is offered with a deal that falls short by so much: the offer, the price in hundredths, the worth."""
    board = made.board
    reasoner = Reasoner(board, replace(made.parameters["reasoner"], **changes))
    act, one = board.acts.act("trade_agreement"), np.zeros(1, dtype=np.int64)
    states, deals = len(board.states), len(reasoner.tables.deals)
    willing = Proposable(np.ones((1, deals, states, states), dtype=bool), np.full((1, deals, states, states), gap))
    found = offers(board, reasoner.tables, reasoner.params, willing, Bids.plain(one, one, one + act, one + 1))
    return tuple(float(each[0]) for each in found)


def test_the_least_offer_that_is_enough_is_made(made):
    # Income 4, weight of cost 1: a step of 0.1 is worth 0.025.
    assert short_by(made, 0.0) == (0.0, 200.0, 0.0)
    assert short_by(made, 0.3) == pytest.approx((1.2, 320.0, 0.3), abs=1e-6)
    assert short_by(made, 0.301) == pytest.approx((1.3, 330.0, 0.325), abs=1e-6)
    assert short_by(made, 0.25, cost=2.0) == pytest.approx((0.5, 250.0, 0.25), abs=1e-6)


def test_the_most_that_is_offered_is_offered_and_no_more(made):
    # Half a turn's income is 2.0, worth 0.5.
    assert short_by(made, 0.5) == (2.0, 400.0, 0.5)
    assert short_by(made, 0.51)[1] == np.inf
    assert short_by(made, 0.51, generosity=1.0) == pytest.approx((2.1, 410.0, 0.525), abs=1e-6)


def test_a_deal_is_proposed_where_its_target_would_take_it_or_nearly(made):
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    appraisal = reasoner.appraisal(observe(made.board, stirred(made.board, 2)))
    some = np.zeros_like(appraisal.foreseen)
    for foreseen, changes, gap, allowed in (
        (0.0, {"generosity": 0.0}, 0.0, True),
        (-0.25, {"generosity": 0.0}, 0.25, False),
        (-0.5, {}, 0.5, True),
        (-0.5625, {}, 0.5625, False),
        # With an insight of 0.8 an answer is foreseen a quarter too well: 0.8 x score >= 0.8 - 1.
        (-0.5, {"insight": 0.8, "generosity": 0.0}, 0.25, False),
        (-0.25, {"insight": 0.8, "generosity": 0.0}, 0.0, True),
        (-900.0, {"insight": 0.0, "generosity": 0.0}, 0.0, True),
    ):
        params = replace(reasoner.params, **changes)
        found = proposable(replace(appraisal, foreseen=some + foreseen, foreseen_veto=some), params)
        assert found.allowed.all() == allowed == found.allowed.any(), (foreseen, changes)
        assert found.gap.flat[0] == pytest.approx(gap, abs=1e-9)


def test_what_an_ally_forbids_is_proposed_by_those_alone_who_foresee_nothing(made):
    reasoner = Reasoner(made.board, made.parameters["reasoner"])
    appraisal = reasoner.appraisal(observe(made.board, stirred(made.board, 2)))
    veto = np.zeros_like(appraisal.foreseen)
    veto[0, 3, 1, 2] = 1.0  # state 1 may not accept the deal from state 2
    open_to_all = replace(appraisal, foreseen=veto * 0.0, foreseen_veto=veto)
    allowed = proposable(open_to_all, Params()).allowed
    assert not allowed[0, 3, 2, 1]
    assert allowed[0, 3, 1, 2]
    assert np.count_nonzero(~allowed) == 1
    assert proposable(open_to_all, Params(insight=0.0)).allowed.all()
