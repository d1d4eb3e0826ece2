"""wait, random and script: the plain policies."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from game.errors import PolicyError, UnknownName
from game.kernel.catalogue import DEAL, NONE
from game.kernel.draws import Draws
from game.kernel.numerics import hundredths
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
from game.testing import triad

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def made():
    return triad()


def view_of(made):
    return observe(made.board, start_world(made.board))


def test_wait_does_nothing_and_refuses(made):
    view = view_of(made)
    assert (Wait().orders(view, Draws.of(1)).act == NONE).all()
    assert not Wait().answer(view, Random().orders(view, Draws.of(1)), Draws.of(1)).any()


def test_random_orders_are_legal_affordable_and_different(made):
    view, seen, empty = view_of(made), set(), 0
    legal = view.permitted()
    for seed in range(300):
        orders = Random().orders(view, Draws.of(seed))
        spent, given = np.zeros(3), []
        for state, slot in np.argwhere(orders.act != NONE).tolist():
            act, target = int(orders.act[state, slot]), int(orders.target[state, slot])
            assert legal[state, act, target]
            spent[state] += made.board.acts.cost[act]
            given.append((state, act, target))
        assert (hundredths(spent) <= hundredths(view.world.capital)).all()
        assert len(set(given)) == len(given)
        seen |= {(act, target) for _, act, target in given}
        empty += np.count_nonzero(orders.act == NONE)
    assert len(seen) > 40
    assert 0.4 < 1.0 - empty / (300 * orders.act.size) < 0.6


def test_random_chooses_in_a_crisis_and_not_in_a_war(made):
    world = start_world(made.board)

    def chosen(world):
        view = observe(made.board, world)
        return {each for seed in range(40) for each in Random().orders(view, Draws.of(seed)).stance.flat}

    crisis, war = (replace(world, rung=np.full_like(world.rung, rung)) for rung in (3, 6))
    assert chosen(crisis) == {0, 1, 2, 3}
    assert chosen(war) == {NONE}
    assert chosen(replace(crisis, out=np.array([[True, False, True]]))) == {NONE}


def test_random_accepts_about_half(made):
    view, answers = view_of(made), []
    for seed in range(600):
        orders = Random().orders(view, Draws.of(seed))
        proposals = (orders.act != NONE) & (made.board.acts.kind[orders.act] == DEAL)
        answers += Random().answer(view, orders, Draws.of(seed))[proposals].tolist()
    assert 0.4 < np.mean(answers) < 0.6


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
    names = [made.board.acts.names[act] for act in orders.act[ARDA] if act != NONE]
    assert names == ["praise", "visit", "criticise"]


def test_a_line_that_is_not_legal_is_left_out(made):
    orders = Script.of("1: arda: praise cestia\n1: arda: praise borea", made.board).orders(view_of(made), Draws.of(1))
    assert (orders.act[ARDA] != NONE).tolist() == [True, False, False]


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
    world, default = start_world(made.board), Reasoner(made.board, made.parameters["reasoner"])
    seats = {ARDA: Script.of(SCRIPT, made.board), BOREA: Wait()}
    orders = decided(default, seats, made.board, world, Draws.of(4))
    own = default.orders(view_of(made), Draws.of(4))
    assert (orders.act[0, BOREA] == NONE).all()
    assert (orders.act[0, CESTIA] == own.act[CESTIA]).all()
    assert (orders.act[0, ARDA] != NONE).all()


def test_the_target_of_a_proposal_answers_by_its_own_policy(made):
    world, default = start_world(made.board), Reasoner(made.board, made.parameters["reasoner"])
    script = Script.of("1: arda: trade_agreement borea\n1: accept all", made.board)
    orders = decided(default, {ARDA: script}, made.board, world, Draws.of(4))
    first = orders.act[0, ARDA].tolist().index(made.board.acts.act("trade_agreement"))
    for target, agreed in ((Wait(), False), (script, True)):
        assert answered(default, {BOREA: target}, made.board, world, orders, Draws.of(4))[0, ARDA, first] == agreed


def test_each_run_of_a_batch_is_decided_on_its_own_world_with_its_own_luck(made):
    one, other = start_world(made.board), replace(start_world(made.board), capital=np.array([[0.0, 5.0, 9.0]]))
    both = replace(one, **{name: np.concatenate([array, getattr(other, name)]) for name, array in one.arrays()})
    default, seats = Reasoner(made.board, made.parameters["reasoner"]), {BOREA: Random()}
    orders = decided(default, seats, made.board, both, Draws.of(4, 5))
    answers = answered(default, seats, made.board, both, orders, Draws.of(4, 5))
    for run, (world, seed) in enumerate(((one, 4), (other, 5))):
        alone = decided(default, seats, made.board, world, Draws.of(seed))
        for each in fields(alone):
            assert (getattr(alone, each.name)[0] == getattr(orders, each.name)[run]).all(), each.name
        assert (answered(default, seats, made.board, world, alone, Draws.of(seed))[0] == answers[run]).all()


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
        return view.nothing()

    def answer(self, view, orders, draws):
        self.heard = orders
        return np.ones(orders.act.shape, dtype=bool)


def test_a_policy_hears_of_the_orders_in_which_its_state_has_a_part_and_of_no_others(made):
    world, default = start_world(made.board), Reasoner(made.board, made.parameters["reasoner"])
    text = "1: arda: praise borea\n1: borea: criticise cestia\n1: borea: trade_agreement arda"
    seats = dict.fromkeys(range(3), Script.of(text, made.board))
    orders = decided(default, seats, made.board, world, Draws.of(1))
    assert made.board.acts.act("criticise") in orders.act[0, BOREA]
    listener = Listener()
    answered(default, {ARDA: listener}, made.board, world, orders, Draws.of(1))
    heard = [
        (state, made.board.acts.names[listener.heard.act[state, slot]])
        for state, slot in zip(*np.nonzero(listener.heard.act != NONE), strict=True)
    ]
    assert heard == [(ARDA, "praise"), (BOREA, "trade_agreement")]


def test_a_policy_that_pledges_nothing_is_given_its_own_view(made):
    world = replace(start_world(made.board), capital=np.array([[3.0, 5.0, 7.0]]))
    listener = Listener()
    default = Reasoner(made.board, made.parameters["reasoner"])
    decided(default, {BOREA: listener}, made.board, world, Draws.of(1))
    # Of the others' capital it is given what everybody has in a turn: the income.
    assert listener.seen.world.capital.tolist() == [4.0, 5.0, 4.0]


def test_random_spends_the_last_hundredth_it_has(made):
    view = observe(made.board, replace(start_world(made.board), capital=np.full((1, 3), 0.75)))
    acts = [each for seed in range(60) for each in Random().orders(view, Draws.of(seed)).act.flat if each != NONE]
    assert acts
    assert (made.board.acts.cost[acts] == 0.75).all()


def test_a_script_spends_the_last_hundredth_it_has(made):
    view = observe(made.board, replace(start_world(made.board), capital=np.full((1, 3), 0.75)))
    orders = Script.of("1: arda: consult borea\n1: arda: praise borea", made.board).orders(view, Draws.of(1))
    assert [made.board.acts.names[act] for act in orders.act[ARDA].tolist() if act != NONE] == ["consult"]
