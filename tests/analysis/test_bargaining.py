"""What it would take and the most to ask: what is suggested is accepted when it is played, and nothing beyond it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.analysis.bargaining import Bargain, the_most_to_ask, what_would_it_take
from game.kernel.catalogue import DEAL
from game.kernel.numerics import hundredths
from game.kernel.orders import Order, permitted
from game.match import turn_taking
from game.match.history import orders_of
from game.match.match import Match, Setup, begin
from game.match.turn_taking import Seat
from game.model import AllianceModel
from game.policies import View
from game.policies.reasoner.deal_terms import OFFER_STEP, Bids
from game.scenario import load, read
from game.testing import TRIAD
from tests.laws.test_random_worlds import scenarios

SHIPPED = ("classroom-triad", "hegemon-and-five", "south-caucasus-2012")


def deals(match: Match) -> list[tuple[str, str, str]]:
    """Every deal that may be proposed now: (proposer, act, target)."""
    history = match.history.open()
    board, world = history.board, history.world
    legal = permitted(board, world, history.view().relation)[0] & board.plays[:, None, None]
    legal &= (hundredths(board.acts.cost) <= hundredths(world.capital[0])[:, None])[:, :, None]
    legal &= (board.acts.kind == DEAL)[:, None]
    return [(board.states[i], board.acts.names[act], board.states[j]) for i, act, j in np.argwhere(legal).tolist()]


def bid(match: Match, order: Order) -> tuple[View, Bids]:
    """The view of the coming turn, and an order in it as the reasoner weighs it."""
    history = match.history.open()
    board = history.board
    orders = orders_of(board, {board.state(order.state): {0: order}})
    cell = (np.array([0]), np.array([board.state(order.state)]), np.array([0]))
    return history.view(), Bids.of(orders, cell)


def answer(match: Match, order: Order) -> bool:
    """Whether an order is accepted, asked of the reasoner by itself."""
    history = match.history.open()
    view, state = history.view(), history.board.state(order.state)
    every = orders_of(history.board, {state: {0: order}}, match.reasoner.orders(view, history.draws))
    return bool(match.reasoner.answer(view, every, history.draws)[0, state, 0])


def played(model: AllianceModel, order: Order) -> bool:
    """Whether an order is accepted when it is given to the model and the turn is played; the turn is taken back."""
    given = model.order(order)
    model.step()
    record = next(each for each in model.match.records(model.turn) if each.order.state == given.state)
    assert replace(record.order, value=given.value) == given
    model.undo()
    assert record.accepted is not None
    return record.accepted


@pytest.mark.parametrize("name", SHIPPED)
def test_every_package_is_accepted_when_it_is_played_and_nothing_beyond_the_maximum(name):
    model = AllianceModel(name, seed=5, collect=False)
    model.run(2)
    packages, maxima = 0, 0
    for proposer, act, target in deals(model.match)[::7]:
        for package in what_would_it_take(model.match, proposer, act, target).packages:
            assert played(model, package.order), str(package.order)
            packages += 1
        for package in the_most_to_ask(model.match, proposer, act, target).packages:
            assert played(model, package.order), str(package.order)
            if package.kind == "capital":
                beyond = replace(package.order, side_payment=round(package.order.side_payment - OFFER_STEP, 6))
                assert not played(model, beyond), str(beyond)
                maxima += 1
    assert packages > 3
    assert maxima > 1


@settings(max_examples=15)
@given(scenarios(), st.integers(0, 2**32), st.integers(0, 3))
def test_in_any_world_every_package_is_accepted_and_nothing_beyond_the_maximum(text, seed, turns):
    scenario = read(text).scenario
    assert scenario is not None
    match = begin(Setup(scenario, seed))
    for _ in range(turns):
        match = match.advance()
    for proposer, act, target in deals(match)[::5][:6]:
        taking, asking = (each(match, proposer, act, target) for each in (what_would_it_take, the_most_to_ask))
        assert bool(taking.packages) == (taking.blocker is None)
        assert len(taking.packages) <= 3
        assert [each.worth for each in taking.packages] == sorted(
            (each.worth for each in taking.packages), reverse=True
        )
        for package in (*taking.packages, *asking.packages):
            assert answer(match, package.order), str(package.order)
            assert package.margin >= -1e-9
        for package in asking.packages:
            if package.kind == "capital":
                assert not answer(
                    match, replace(package.order, side_payment=round(package.order.side_payment - OFFER_STEP, 6))
                )


@pytest.fixture(scope="module")
def caucasus() -> Match:
    return begin(Setup(load("south-caucasus-2012"), 3)).advance()


def test_the_least_offer_is_the_first_that_is_accepted_one_by_one(caucasus):
    # azerbaijan has capital for a few steps of a tenth; each is asked by itself, the grid asks all at once.
    found = 0
    for proposer, act, target in deals(caucasus):
        packages = {each.kind: each for each in what_would_it_take(caucasus, proposer, act, target).packages}
        if "capital" in packages:
            order = packages["capital"].order
            plain = Order(proposer, act, target)
            steps = round(order.side_payment / OFFER_STEP)
            answers = [answer(caucasus, replace(plain, side_payment=round(step / 10, 6))) for step in range(steps + 1)]
            assert answers == [False] * steps + [True]
            found += 1
        if found == 4:
            break
    assert found == 4


def test_packages_differ_in_kind_and_say_what_they_are_worth(caucasus):
    taking = what_would_it_take(caucasus, "azerbaijan", "peace_talks", "armenia")
    assert len({each.kind for each in taking.packages}) == len(taking.packages) > 1
    for package in taking.packages:
        view, bids = bid(caucasus, package.order)
        assert sum(package.terms.values()) == pytest.approx(package.worth, abs=1e-12)
        received = caucasus.reasoner.reception(view, bids, caucasus.history.draws)
        assert package.margin == float(received.score[0] + received.chance[0])
        assert sum(package.answer.values()) == pytest.approx(float(received.score[0]), abs=1e-12)


def test_what_is_accepted_as_it_is_takes_nothing(caucasus):
    plain = [
        what_would_it_take(caucasus, *deal).packages
        for deal in deals(caucasus)
        if answer(caucasus, Order(*deal))
    ]  # fmt: skip
    assert len(plain) > 5
    for packages in plain:
        assert [each.kind for each in packages] == ["as it is"]


def blocker(bargain: Bargain) -> str:
    assert not bargain.packages
    assert bargain.blocker is not None
    return bargain.blocker


def triad_match(text: str = TRIAD, **policies: str) -> Match:
    scenario = read(text).scenario
    assert scenario is not None
    return begin(Setup(scenario, 1, policies=policies))


@pytest.mark.parametrize("question", [what_would_it_take, the_most_to_ask])
def test_what_forbids_a_deal_is_named(question):
    match = triad_match()
    assert "not a deal" in blocker(question(match, "arda", "praise", "borea"))
    assert "requires" in blocker(question(match, "arda", "arms_package", "cestia"))
    waiting = triad_match(borea="wait")
    assert "not decided for by the reasoner" in blocker(question(waiting, "arda", "trade_agreement", "borea"))
    poor = triad_match(TRIAD.replace("income: 4", "income: 0.5"))
    assert "costs" in blocker(question(poor, "arda", "trade_agreement", "borea"))


def test_a_veto_of_an_ally_is_named_and_no_terms_overcome_it():
    text = TRIAD.replace("arda        .     60     -40", "arda        .     60     -80")
    text = text.replace("cestia    -60    -30       .", "cestia    -60     30       .").replace(
        "50      .     -20", "50      .      30"
    )
    match = triad_match(text)
    for question in (what_would_it_take, the_most_to_ask):
        assert blocker(question(match, "cestia", "non_aggression_pact", "borea")) == (
            "a pact with Arda forbids it to Borea"
        )


@pytest.mark.parametrize("name", SHIPPED)
def test_the_most_that_can_be_asked_is_what_is_paid(name):
    model = AllianceModel(name, seed=5, collect=False)
    model.run(2)
    paid = []
    for proposer, act, target in deals(model.match)[::5]:
        for package in the_most_to_ask(model.match, proposer, act, target).packages:
            if package.kind == "capital":
                before = model.board.acts.cost[model.board.acts.act(act)]
                model.order(package.order)
                model.step()
                changes = [change for rule, change in model.history.turns[-1].ledger.changes if rule == "acts"]
                received = sum(float(change.capital[0, model.board.state(proposer)]) for change in changes)
                assert received + before == pytest.approx(-package.order.side_payment, abs=1e-3), str(package.order)
                paid.append(received)
                model.undo()
    assert paid


def test_nobody_gives_more_than_it_has():
    match = triad_match()
    history = match.history.open()
    left = history.world.capital[0]
    seen = 0
    for proposer, act, target in deals(match):
        for package in the_most_to_ask(match, proposer, act, target).packages:
            assert hundredths(-package.order.side_payment) <= hundredths(left[history.board.state(target)])
            assert package.order.pledge is None
            seen += 1
        if seen:
            beyond = Order(proposer, act, target, side_payment=-float(left[history.board.state(target)]) - OFFER_STEP)
            assert not answer(match, beyond)
    assert seen


def test_a_person_bargains_with_what_its_plan_leaves():
    # Of 3 capital a visit takes 1 and a trade agreement 2; with a word of praise besides, 1 more, too little is left.
    place = Seat.of(begin(Setup(load("classroom-triad"), 1, policies={"arda": turn_taking.PERSON})), "arda")
    costs, blockers = {"visit borea": 2.0, "praise borea": 1.0}, []
    for line, left in costs.items():
        place = turn_taking.planned(place, line)
        assert place.left == left
        blockers.append(
            what_would_it_take(turn_taking.committed(place), "arda", "trade_agreement", "cestia").blocker or ""
        )
    assert ["costs 2 political capital and arda has 1 left" in each for each in blockers] == [False, True]
