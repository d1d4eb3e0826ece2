"""wait, random and script: the plain policies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.errors import PolicyError, UnknownName
from game.kernel.catalogue import DEAL, NONE
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
from game.kernel.orders import no_orders
from game.kernel.world import start_world
from game.policies import (
    answered,
    decided,
    named,
    observe,
)
from game.policies.random import Random
from game.policies.reasoner.reasoner import Reasoner
from game.policies.script import Script
from game.policies.wait import Wait
from game.submodels.legality import permitted
from game.testing import triad

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def made():
    return triad()


def view_of(made, replicas=1):
    return observe(made.board, start_world(made.board, replicas))


def test_wait_does_nothing_and_refuses(made):
    view = view_of(made)
    assert (Wait().orders(view, Draws.of(1)).act == NONE).all()
    assert not Wait().answer(view, Random().orders(view, Draws.of(1)), Draws.of(1)).any()


def test_random_orders_are_legal_affordable_and_different(made):
    view = view_of(made, 300)
    orders = Random().orders(view, Draws.of(*range(300)))
    legal = permitted(made.board, view.world, view.relation)
    replica, state, slot = np.nonzero(orders.act != NONE)
    act, target = orders.act[replica, state, slot], orders.target[replica, state, slot]
    assert legal[replica, state, act, target].all()
    spent = np.zeros((300, 3))
    np.add.at(spent, (replica, state), made.board.acts.cost[act])
    assert (hundredths(spent) <= hundredths(view.world.capital)).all()
    assert len(set(zip(act.tolist(), target.tolist(), strict=True))) > 40
    assert 0.4 < (orders.act != NONE).mean() < 0.6
    pairs = {(r, s, a, t) for r, s, a, t in zip(replica, state, act, target, strict=True)}
    assert len(pairs) == replica.size


def test_random_chooses_in_a_crisis_and_not_in_a_war(made):
    world = start_world(made.board, 40)
    crisis, war = (replace(world, rung=np.full_like(world.rung, rung)) for rung in (3, 6))
    chosen = Random().orders(observe(made.board, crisis), Draws.of(*range(40))).stance
    assert sorted(np.unique(chosen).tolist()) == [0, 1, 2, 3]
    assert (Random().orders(observe(made.board, war), Draws.of(*range(40))).stance == NONE).all()
    gone = replace(crisis, out=np.array([[True, False, True]] * 40))
    assert (Random().orders(observe(made.board, gone), Draws.of(*range(40))).stance == NONE).all()


def test_random_accepts_about_half(made):
    view = view_of(made, 600)
    orders = Random().orders(view, Draws.of(*range(600)))
    answers = Random().answer(view, orders, Draws.of(*range(600)))
    proposals = (orders.act != NONE) & (made.board.acts.kind[orders.act] == DEAL)
    assert 0.4 < answers[proposals].mean() < 0.6


SCRIPT = """\
# what Arda says
1: arda: praise borea
1: arda: visit borea   # a comment
*: arda: criticise cestia
2: accept borea
3: accept all
"""


def test_a_script_gives_the_lines_of_its_turn_in_their_order(made):
    orders = Script.of(SCRIPT, made.board).orders(view_of(made), Draws.of(1))
    names = [made.board.acts.names[act] for act in orders.act[0, ARDA] if act != NONE]
    assert names == ["praise", "visit", "criticise"]


def test_a_line_that_is_not_legal_is_left_out(made):
    orders = Script.of("1: arda: praise cestia\n1: arda: praise borea", made.board).orders(view_of(made), Draws.of(1))
    assert (orders.act[0, ARDA] != NONE).tolist() == [True, False, False]


def test_what_is_left_out_is_told_with_its_reason(made):
    text = "\n".join(["1: arda: praise cestia", *(f"1: arda: {act} borea" for act in ("praise", "visit", "consult"))])
    script = Script.of(text + "\n1: arda: trade_agreement borea\n2: arda: praise cestia", made.board)
    reasons = script.left_out(view_of(made))
    assert len(reasons) == 2
    assert "arda: praise cestia: it requires" in reasons[0]
    assert "arda: trade_agreement borea: its slots or its capital were spent" in reasons[1]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("arda: praise borea", "line 1: 'arda: praise borea' does not begin with a turn"),
        ("\n1: arda: prais borea", "line 2: there is no act called 'prais'; did you mean 'praise'"),
        ("1: accept boreal", "there is no state called 'boreal' to accept proposals of; did you mean 'borea'"),
        ("1: accept", "write 'accept bora'"),
        ("x: arda: praise borea", "does not begin with a turn"),
    ],
)
def test_a_mistake_in_a_script_is_named_with_its_line(made, text, says):
    with pytest.raises(PolicyError, match=says):
        Script.of(text, made.board, "diary")


def test_a_policy_is_asked_for_its_own_states_only(made):
    view = view_of(made)
    default = Reasoner(made.board, made.parameters["reasoner"])
    seats = {ARDA: Script.of(SCRIPT, made.board), BOREA: Wait()}
    orders = decided(default, seats, view, Draws.of(4))
    own = default.orders(view, Draws.of(4))
    assert (orders.act[0, BOREA] == NONE).all()
    assert (orders.act[0, CESTIA] == own.act[0, CESTIA]).all()
    assert (orders.act[0, ARDA] != NONE).all()


def test_the_target_of_a_proposal_answers_by_its_own_policy(made):
    view = view_of(made)
    default = Reasoner(made.board, made.parameters["reasoner"])
    script = Script.of("1: arda: trade_agreement borea\n1: accept all", made.board)
    orders = decided(default, {ARDA: script}, view, Draws.of(4))
    first = orders.act[0, ARDA].tolist().index(made.board.acts.act("trade_agreement"))
    assert not answered(default, {BOREA: Wait()}, view, orders, Draws.of(4))[0, ARDA, first]
    assert answered(default, {BOREA: script}, view, orders, Draws.of(4))[0, ARDA, first]


def test_a_word_that_is_no_policy_is_refused_with_the_nearest(made):
    default = Reasoner(made.board, made.parameters["reasoner"])
    assert named("reasoner", made.board, default, {}) is default
    with pytest.raises(UnknownName, match="did you mean 'random'"):
        named("randm", made.board, default, {})


class Listener:
    """A policy that keeps what it is given."""

    name = "listener"

    def orders(self, view, draws):
        self.seen = view
        return no_orders(view.board, view.world.replicas)

    def answer(self, view, orders, draws):
        self.heard = orders
        return np.ones(orders.act.shape, dtype=bool)


def test_a_policy_hears_of_the_orders_in_which_its_state_has_a_part_and_of_no_others(made):
    view = view_of(made)
    default = Reasoner(made.board, made.parameters["reasoner"])
    text = "1: arda: praise borea\n1: borea: criticise cestia\n1: borea: trade_agreement arda"
    orders = Script.of(text, made.board).orders(view, Draws.of(1))
    assert made.board.acts.act("criticise") in orders.act[0, BOREA]
    listener = Listener()
    answered(default, {ARDA: listener}, view, orders, Draws.of(1))
    heard = [
        (state, made.board.acts.names[listener.heard.act[0, state, slot]])
        for state, slot in zip(*np.nonzero(listener.heard.act[0] != NONE), strict=True)
    ]
    assert heard == [(ARDA, "praise"), (BOREA, "trade_agreement")]


def test_a_policy_that_pledges_nothing_is_given_its_own_view(made):
    world = start_world(made.board)
    capital = np.array([[3.0, 5.0, 7.0]])
    listener = Listener()
    default = Reasoner(made.board, made.parameters["reasoner"])
    decided(default, {BOREA: listener}, observe(made.board, replace(world, capital=capital)), Draws.of(1))
    # Of the others' capital it is given what everybody has in a turn: the income.
    assert listener.seen.world.capital.tolist() == [[4.0, 5.0, 4.0]]


def test_random_spends_the_last_hundredth_it_has(made):
    view = observe(made.board, replace(start_world(made.board, 60), capital=np.full((60, 3), 0.75)))
    act = Random().orders(view, Draws.of(*range(60))).act
    given = {made.board.acts.names[each] for each in act[act != NONE].tolist()}
    assert given
    assert all(made.board.acts.cost[made.board.acts.act(name)] == 0.75 for name in given)


def test_a_script_spends_the_last_hundredth_it_has(made):
    view = observe(made.board, replace(start_world(made.board), capital=np.full((1, 3), 0.75)))
    orders = Script.of("1: arda: consult borea\n1: arda: praise borea", made.board).orders(view, Draws.of(1))
    assert [made.board.acts.names[act] for act in orders.act[0, ARDA].tolist() if act != NONE] == ["consult"]
