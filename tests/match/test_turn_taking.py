"""Taking turns: what may be planned, what is left, who is asked, and that every way to play judges an order alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.cli.terminal import Table
from game.errors import GameError, IllegalOrder, UnaffordableOrder
from game.kernel.orders import Order
from game.match import turn_taking
from game.match.match import Match, Setup, begin
from game.match.turn_taking import PERSON, Plan, Seat
from game.model import AllianceModel
from game.play import commands as wanted
from game.play import flow, queries
from game.play.session import Session
from game.scenario import read
from game.testing import TRIAD

STATES = ("arda", "borea", "cestia")
HOT = {"rung": np.full((1, 1, 2), 2, dtype=np.int16), "tension": np.full((1, 1), 90.0)}
"""A crisis over the islet, between Arda and Cestia."""


def opened(capital: float = 4.0, **arrays: object) -> Match:
    """The triad, led by people, in its first turn."""
    scenario = read(TRIAD).scenario
    assert scenario is not None
    match = turn_taking.opened(begin(Setup(scenario, 3, policies=dict.fromkeys(STATES, PERSON))))
    world = replace(match.history.world, capital=np.full((1, 3), capital), **arrays)
    assert match.history.opened is not None
    return match.with_history(replace(match.history, opened=(world, match.history.opened[1])))


def planned(match: Match, *lines: str) -> Plan:
    """Arda's plan."""
    plan = Plan()
    for line in lines:
        plan = turn_taking.with_order(match, "arda", plan, line)
    return plan


def test_what_a_plan_leaves_is_the_capital_less_its_costs() -> None:
    # Of 4 capital a word of praise and a visit take 1 each.
    match = opened()
    plan = planned(match, "praise borea", "arda: visit borea")
    assert [str(order) for order in plan.orders] == ["arda: praise borea", "arda: visit borea"]
    assert turn_taking.remaining_capital(match, "arda", plan) == 2.0
    assert turn_taking.remaining_capital(match, "arda", turn_taking.without_order(plan, 1)) == 3.0


@pytest.mark.parametrize(
    ("capital", "lines", "kind", "sentence"),
    [
        (9.0, ["borea: praise arda"], IllegalOrder, "arda cannot give an order for borea"),
        (9.0, ["praise arda"], IllegalOrder, "arda: praise arda: a state cannot address itself"),
        (9.0, ["praise borea", "praise borea"], IllegalOrder, "praise borea is planned already"),
        (9.0, ["praise borea", "visit borea", "consult borea", "reassure borea"], IllegalOrder,
         "all 3 orders of this turn are planned; take one back first"),
        (1.5, ["praise borea", "visit borea"], UnaffordableOrder,
         "arda: visit borea costs 1 political capital and arda has 0.5 left"),
    ],
)  # fmt: skip
def test_an_order_that_cannot_be_added_is_refused(
    capital: float, lines: list[str], kind: type[GameError], sentence: str
) -> None:
    match = opened(capital)
    plan = planned(match, *lines[:-1])
    with pytest.raises(kind) as refused:
        turn_taking.with_order(match, "arda", plan, lines[-1])
    assert (type(refused.value), str(refused.value)) == (kind, sentence)


def test_a_choice_in_a_crisis_takes_no_slot_and_the_last_one_counts() -> None:
    match = opened(9.0, **HOT)
    plan = planned(match, "praise borea", "visit borea", "consult borea", "escalate islet", "hold islet")
    assert len(plan.orders) == 3
    assert plan.stances == (Order("arda", "hold", "islet"),)
    assert turn_taking.open_crises(match, "arda", Plan()) == [0]
    assert turn_taking.open_crises(match, "arda", plan) == []
    assert turn_taking.open_crises(match, "borea", Plan()) == []


def test_there_is_nothing_to_take_back_that_is_not_planned() -> None:
    plan = planned(opened(), "praise borea")
    for number in (0, 2, -1):
        with pytest.raises(IllegalOrder, match=f"there is no order {number} to take back; 1 planned"):
            turn_taking.without_order(plan, number)


def test_a_choice_says_what_adding_it_says_and_what_the_rules_say_by_themselves() -> None:
    match = opened(9.0)
    full = planned(match, "praise borea", "visit borea", "consult borea")
    for plan in (Plan(), planned(match, "praise borea"), full):
        for choice in turn_taking.choices(match, "arda", plan, "borea"):
            refused = turn_taking.refusal(match, "arda", plan, Order("arda", choice.act, "borea"))
            assert str(choice.refusal) == str(refused)
    found = {choice.act: choice for choice in turn_taking.choices(match, "arda", full, "borea")}
    assert str(found["visit"].refusal) == "all 3 orders of this turn are planned; take one back first"
    assert found["visit"].barred is None


def test_a_reply_is_to_the_proposal_as_it_was_made() -> None:
    """Borea agrees to a trade agreement; with a payment that it was never asked about it has not."""
    match = opened(9.0)
    plans = {"arda": planned(match, "trade_agreement borea"), "borea": Plan(), "cestia": Plan()}
    orders = turn_taking.collected(match, plans)
    ((_, slot, proposal),) = turn_taking.proposals_to(match, orders, "borea")
    plans["borea"] = turn_taking.with_reply(match, "borea", plans["borea"], orders, proposal, True)
    assert turn_taking.proposals_to(match, orders, "cestia") == []
    with pytest.raises(IllegalOrder, match="is not among the proposals of this turn"):
        turn_taking.with_reply(match, "cestia", Plan(), orders, proposal, True)
    agreed = turn_taking.answered(match, orders, turn_taking.replies_in(plans.values()))
    assert agreed[0, 0, slot]
    plans["arda"] = planned(match, "trade_agreement borea side_payment=-1")
    other = turn_taking.collected(match, plans)
    assert not turn_taking.answered(match, other, turn_taking.replies_in(plans.values())).any()


def test_a_turn_without_plans_is_the_one_that_policies_play() -> None:
    match = begin(Setup("classroom-triad", 5))
    assert turn_taking.played(match, {}).history.digests() == match.advance().history.digests()


LINES = st.tuples(
    st.sampled_from(("praise", "visit", "consult", "reassure", "trade_agreement", "warn", "escalate", "hold", "prase")),
    st.sampled_from((*STATES, "islet", "nowhere")),
    st.sampled_from(("", " side_payment=1.5", " secret", " value=2")),
).map(lambda parts: f"arda: {parts[0]} {parts[1]}{parts[2]}")


def said(give: Callable[[], object]) -> str:
    """What comes of giving an order: nothing, or the kind and the words of what is refused."""
    try:
        give()
    except GameError as error:
        return f"{type(error).__name__}: {error}"
    return ""


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(LINES, max_size=7), st.sampled_from((1.0, 2.5, 9.0)), st.booleans())
def test_every_way_to_play_takes_and_refuses_the_same_orders(tmp_path_factory, lines, capital, hot) -> None:
    match = opened(capital, **(HOT if hot else {}))
    folder = tmp_path_factory.mktemp("game")
    plan = Plan()
    table = Table(Seat.of(match, "arda"), folder / "prompt.jsonl")
    session = Session(folder)
    flow.seat(session, match, ("arda",), (), folder / "window.jsonl")
    model = AllianceModel(match.setup.scenario, seed=3, collect=False)
    model.match = match
    for line in lines:
        refused = said(partial(turn_taking.with_order, match, "arda", plan, line))
        if not refused:
            plan = turn_taking.with_order(match, "arda", plan, line)
        assert said(partial(table.obey, line)) == refused
        assert said(partial(flow.plan, session, wanted.Plan(line))) == refused
        assert said(partial(model.order, line)) == refused
        assert table.seat.plan == session.plan == plan
    for target in STATES:
        queries.survey(session, wanted.Survey(target))
        found = turn_taking.choices(match, "arda", plan, target)
        assert [each.legal for each in session.options[target]] == [choice.barred is None for choice in found]
