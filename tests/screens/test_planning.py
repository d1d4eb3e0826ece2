"""Planning a turn by hand: what there is to spend, what is refused and why, who is asked and how often."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.errors import GameError
from game.kernel.orders import cost_of, order_of
from game.match.match import Setup, begin
from game.match.turn_taking import PERSON
from game.play import commands as wanted
from game.play import flow, queries
from game.play.session import Session
from game.scenario import read
from game.testing import TRIAD


def seated(tmp_path, people=("arda", "cestia"), capital=4.0, **arrays):
    """The triad with people before the window, in the first turn, while the first of them plans."""
    match = begin(Setup(read(TRIAD).scenario, 3, policies=dict.fromkeys(people, PERSON)))
    history = match.history.open()
    world = replace(history.world, capital=np.full((1, 3), capital), **arrays)
    session = Session(tmp_path)
    flow.seat(
        session,
        match.with_history(replace(history, opened=(world, history.opened[1]))),
        people,
        (),
        tmp_path / "game.jsonl",
    )
    while session.phase != "planning":
        flow.proceed(session, wanted.Proceed())
    return session


def planned(session):
    return [str(order) for order in session.plan.orders]


def plan(session, *orders):
    for order in orders:
        flow.plan(session, wanted.Plan(order))


def test_what_is_planned_is_spent(tmp_path):
    session = seated(tmp_path, capital=2.75)
    plan(session, "praise borea", "visit borea")
    assert sum(cost_of(order, session.current.history.board) for order in session.plan.orders) == 2.0
    with pytest.raises(GameError, match=r"political capital|costs"):
        plan(session, "trade_agreement borea")
    plan(session, "consult borea")
    assert planned(session) == ["arda: praise borea", "arda: visit borea", "arda: consult borea"]


def test_no_more_is_planned_than_there_are_slots_and_nothing_twice(tmp_path):
    session = seated(tmp_path, capital=40.0)
    plan(session, "praise borea")
    with pytest.raises(GameError, match="is planned already"):
        plan(session, "praise borea")
    plan(session, "visit borea", "consult borea")
    with pytest.raises(GameError, match="all 3 orders of this turn are planned"):
        plan(session, "reassure borea")
    with pytest.raises(GameError, match="cannot give an order for borea"):
        plan(session, "borea: praise arda")


def test_an_order_is_dropped_and_what_was_undone_is_done_again(tmp_path):
    session = seated(tmp_path, capital=40.0)
    plan(session, "praise borea", "visit borea", "consult borea")
    flow.drop(session, wanted.Drop(1))
    assert planned(session) == ["arda: praise borea", "arda: consult borea"]
    flow.undo(session, wanted.Undo())
    assert len(planned(session)) == 3
    flow.redo(session, wanted.Redo())
    assert planned(session) == ["arda: praise borea", "arda: consult borea"]
    flow.undo(session, wanted.Undo())
    plan_before = planned(session)
    flow.drop(session, wanted.Drop(0))
    with pytest.raises(GameError, match="nothing to do again"):
        flow.redo(session, wanted.Redo())
    assert planned(session) == plan_before[1:]


def test_an_order_is_weighed_beside_the_rest_of_the_plan(tmp_path):
    session = seated(tmp_path, capital=2.0)
    plan(session, "praise borea")
    queries.consider(session, wanted.Consider("visit borea"))
    assert session.preview.problem == ""
    queries.consider(session, wanted.Consider("trade_agreement borea"))
    assert session.preview.problem != ""
    # What is planned already is not paid for twice.
    plan(session, "visit borea")
    queries.consider(session, wanted.Consider("visit borea"))
    assert session.preview.problem == ""
    queries.survey(session, wanted.Survey("borea"))
    assert not any(option.legal for option in session.options["borea"] if option.cost > 0)


def test_one_choice_is_made_in_a_crisis_and_may_be_changed(tmp_path):
    hot = {"rung": np.full((1, 1, 2), 2, dtype=np.int16), "tension": np.full((1, 1), 90.0)}
    session = seated(tmp_path, **hot)
    flow.stand(session, wanted.Stand("islet", "escalate"))
    flow.stand(session, wanted.Stand("islet", "hold"))
    assert [str(order) for order in session.plan.stances] == [str(order_of("arda: hold islet"))]
    # Who has chosen is not asked; who has not is.
    calls = {side: flow.calls(session, session.orders, side) for side in ("arda", "borea", "cestia")}
    assert "islet" not in calls["arda"]
    assert "islet" not in calls["borea"]
    assert "islet" in calls["cestia"]


def test_nobody_is_asked_twice_about_the_same(tmp_path):
    session = seated(tmp_path, people=("arda", "borea"), capital=40.0)
    plan(session, "trade_agreement borea")
    flow.commit(session, wanted.Commit())
    seen = []
    for _ in range(20):
        if session.phase == "report":
            break
        if session.phase == "inbox":
            seen.append(session.side)
        if session.phase == "planning":
            flow.commit(session, wanted.Commit())
        else:
            flow.proceed(session, wanted.Proceed())
    assert session.current.history.turn == 1
    assert "borea" in seen
    assert len(seen) == len(set(seen))
