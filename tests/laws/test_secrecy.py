"""Nobody's view holds what it cannot know, and every state decides on what it may know alone: over random worlds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import turn
from game.analysis.explain import explain
from game.kernel.catalogue import NONE
from game.kernel.draws import Draws
from game.kernel.orders import SLOTTED, no_orders
from game.kernel.world import OPEN, RUMOURED, start_world
from game.match.history import History
from game.measures.information import open_world, seen_by
from game.measures.relations import relations
from game.policies import Reasoner, answered, decided, observe
from game.policies.random import Random
from game.testing import made
from tests.laws.wild import Wild

NAMES = ("ada", "bora", "cyra", "dena", "evra")
TURNS = 7

ACTS = """\
pledge_kinds:
  quiet: {name: Quiet, turns: 12, breach: ["did(giver -> holder: criticise)"], verifiable: 0.5, reliability: 0.7,
    gravity: 10, shelters: 0, doc: No harsh words.}
agreement_kinds:
  convoy: {name: Convoy, mutual: false, giver: 4, receiver: 6, commitment: 0.3, delivers: {military: 1},
    dependence: 0.7, doc: Crates.}
acts:
  drop: {name: Drop, kind: deed, roles: {actor: any, target: any}, text: "{actor} drops {target}", cost: 1, cooldown: 1,
    breaks: convoy, effects: {target -> actor: {mood: -3}}, weight: -5, doc: No more arms.}
  smuggle:
    name: Smuggle
    kind: deal
    roles: {seller: any, buyer: any}
    text: "{seller} smuggles arms to {buyer}"
    terms: {value: {unit: crates, low: 1, high: 4, usual: 2}, turns: 12, secrecy: true}
    cost: 1
    cooldown: 2
    signs: convoy
    pledges: {buyer: quiet}
    effects:
      buyer -> seller: {memory: 9, mood: 3}
      seller -> buyer: {memory: 5}
      rivals of seller -> buyer: {memory: -10}
      neighbours of buyer -> seller: {mood: -4}
      buyer.military: 4
      strait.tension: 5
    weight: 6
    doc: Arms by night.
events:
  outcry: {headline: An outcry, mean_turns: 1, repeats: true, when: ["pact(ada <-> bora: convoy)"],
    effects: {cyra -> ada: {mood: -5}}}
  warmth: {headline: Warmth, mean_turns: 1, repeats: true, when: ["bora -> ada > 40"],
    effects: {others -> bora: {mood: 2}}}
endings: {alliance: {when: ["bora -> ada >= 99"], text: They are one.}}
"""


@st.composite
def worlds(draw):
    """A scenario of three to five states that may smuggle, with any relations, borders and arms."""
    names = NAMES[: draw(st.integers(3, 5))]
    lines = [
        "format: 1\nid: drawn\ntitle: Drawn\nsummary: Drawn.\nstart: 2000-01\nturn: month\nturns: 12",
        "orders: 3\ncapital: {income: 6, carry: 2}\ncatalogue: standard",
        "attributes: {military: {unit: index, min: 0, max: 100}}\npower: military\nstates:",
    ]
    for place, name in enumerate(names):
        border = f", borders: [{names[place - 1]}]" if place and draw(st.booleans()) else ""
        lines.append(f"  {name}: {{name: {name.title()}, stats: {{military: {draw(st.integers(0, 90))}}}{border}}}")
    lines.append("relations:\n  pairs:")
    for first in names:
        lines += [f"    {first} -> {other}: {draw(st.integers(-90, 90))}" for other in names if other != first]
    lines.append(
        "disputes:\n  strait: {name: The strait, kind: territory, held_by: cyra, claimed_by: bora, "
        f"tension: {draw(st.integers(0, 60))}}}"
    )
    objectives = [f"{{when: '{a} -> {b} >= {draw(st.integers(-50, 90))}', points: 20, label: A wish}}"
             for a, b in (("bora", "ada"), ("cyra", "ada"), ("ada", "cyra"))]  # fmt: skip
    if draw(st.booleans()):
        lines.append("pledges: {old: {kind: quiet, giver: bora, to: ada, turns: 9}}")
    owners = draw(st.permutations(names))[:3]
    lines.append("objectives:")
    lines += [f"  {owner}: {{public: [{objective}]}}" for owner, objective in zip(owners, objectives, strict=True)]
    return "\n".join(lines) + "\n" + ACTS


def unheard(text):
    """The board and parameters of a world in which nothing leaks."""
    compiled = made(text)
    parameters = dict(compiled.parameters)
    parameters["secrecy"] = replace(parameters["secrecy"], rate=0.0)
    return compiled.board, parameters


def other_orders(board, world, draws, free):
    """What states do at random, all but smuggling; Ada's first slot is left `free` if asked for."""
    orders = decided(Random(), {}, board, world, draws)
    dropped = orders.act == board.acts.act("smuggle")
    dropped[:, 0, 0] |= free
    orders = replace(orders, act=np.where(dropped, NONE, orders.act), target=np.where(dropped, NONE, orders.target))
    return orders, answered(Random(), {}, board, world, orders, draws)


def with_secret(board, orders, accepted):
    """The same orders, and Ada smuggling to Bora in secret."""
    parts = {name: getattr(orders, name).copy() for name in SLOTTED}
    parts["act"][0, 0, 0], parts["target"][0, 0, 0] = board.acts.act("smuggle"), 1
    parts["secret"][0, 0, 0], parts["scale"][0, 0, 0] = True, 1.5
    agreed = accepted.copy()
    agreed[0, 0, 0] = True
    return replace(orders, **parts), agreed


def same_view(one, other):
    """The first field in which two views differ, None where they are the same to the last bit."""
    for (name, array), (_, second) in zip(one.world.arrays(), other.world.arrays(), strict=True):
        if not np.array_equal(array, second):
            return name
    return None if (one.relation == other.relation).all() and (one.shown == other.shown).all() else "relation"


@settings(max_examples=40)
@given(worlds(), st.integers(0, 2**32), st.integers(1, 4))
def test_a_secret_act_leaves_no_trace_in_the_view_of_anybody_else(text, seed, when):
    board, parameters = unheard(text)
    draws = Draws.of(seed)
    plain = secret = start_world(board)
    for number in range(1, TURNS + 1):
        plain, _ = turn.opening(board, plain, parameters, draws)
        secret, _ = turn.opening(board, secret, parameters, draws)
        orders, accepted = other_orders(board, plain, draws, number == when)
        more = with_secret(board, orders, accepted) if number == when else (orders, accepted)
        plain, _ = turn.step(board, plain, orders, accepted, parameters, draws)
        secret, _ = turn.step(board, secret, *more, parameters, draws)
        for state in range(2, len(board.states)):
            found = same_view(observe(board, plain).of(state), observe(board, secret).of(state))
            assert found is None, (number, board.states[state], found)
        if number == when and plain.running[0]:
            assert secret.agreements[0, board.agreements.names.index("convoy"), 0, 1] > 0
            assert same_view(observe(board, plain).of(0), observe(board, secret).of(0)) is not None


@settings(max_examples=25)
@given(worlds(), st.integers(0, 2**32))
def test_a_state_decides_as_it_would_on_its_own_view(text, seed):
    compiled = made(text)
    board, draws = compiled.board, Draws.of(seed)
    reasoner, wild = Reasoner(board, compiled.parameters["reasoner"]), Wild()
    world = start_world(board)
    for _ in range(5):
        world, _ = turn.opening(board, world, compiled.parameters, draws)
        view = observe(board, world)
        orders = reasoner.orders(view, draws.run(0))
        given_ = wild.orders(view, draws.run(0))
        answers = reasoner.answer(view, given_, draws.run(0))
        for state in range(len(board.states)):
            own = view.of(state)
            alone = reasoner.orders(own, draws.run(0))
            for name in SLOTTED:
                mine, whole = getattr(alone, name)[state], getattr(orders, name)[state]
                assert (mine == whole).all(), (name, board.states[state])
            asked = given_.target == state
            assert (reasoner.answer(own, given_, draws.run(0))[asked] == answers[asked]).all()
        done = decided(wild, {}, board, world, draws)
        accepted = answered(wild, {}, board, world, done, draws)
        world, _ = turn.step(board, world, done, accepted, compiled.parameters, draws)


@settings(max_examples=25)
@given(worlds(), st.integers(0, 2**32))
def test_an_explanation_sums_to_what_its_viewer_sees(text, seed):
    compiled = made(text)
    parameters = dict(compiled.parameters)
    parameters["secrecy"] = replace(parameters["secrecy"], rate=0.5, proof=0.5)
    board, wild = compiled.board, Wild()
    history = History.begin(board, parameters, Draws.of(seed))
    while history.turn < 6 and history.world.running[0]:
        history = history.open()
        orders = decided(wild, {}, board, history.world, history.draws)
        history = history.play(orders, answered(wild, {}, board, history.world, orders, history.draws))
    truth, shown = relations(board, history.world)[0], relations(board, open_world(board, history.world))[0]
    for i, first in enumerate(board.states):
        for j, second in enumerate(board.states):
            for k, viewer in enumerate((*board.states, None)):
                if i != j:
                    found = explain(history, first, second, viewer=viewer)
                    seen = truth if viewer is None or k in (i, j) else shown
                    assert found.relation == pytest.approx(seen[i, j], abs=1e-9)
                    assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)
                    assert seen is truth or not any(row.hidden for row in found.rows)


@settings(max_examples=25)
@given(worlds(), st.integers(0, 2**32))
def test_what_the_parties_of_a_secret_feel_does_not_jump_when_it_comes_out(text, seed):
    board, quiet = unheard(text)
    loud = {**quiet, "secrecy": replace(quiet["secrecy"], rate=1.0, proof=1.0)}
    draws, nobody = Draws.of(seed), no_orders(board)
    refused = np.zeros(nobody.act.shape, dtype=bool)
    parties = np.ix_([0, 1], [0, 1])
    kept, _ = turn.step(board, start_world(board), *with_secret(board, nobody, refused), quiet, draws)
    if not kept.running[0]:
        return
    told, _ = turn.step(board, kept, nobody, refused, loud, draws)
    assert (told.secrecy[0, :, 0, 1] == RUMOURED).any()
    told, _ = turn.step(board, told, nobody, refused, loud, draws)
    assert (told.secrecy == OPEN).all()
    assert not told.hidden.any()
    assert not told.concealed.any()
    assert (relations(board, told)[0][parties] == relations(board, open_world(board, told))[0][parties]).all()


@given(worlds())
@settings(max_examples=20)
def test_where_nothing_is_secret_a_view_holds_the_relations_as_they_are(text):
    board = made(text).board
    world = start_world(board)
    view = observe(board, world)
    assert view.position.public is view.position.world
    assert view.shown is view.relation
    for state in range(len(board.states)):
        assert (relations(board, seen_by(board, world, state))[0] == view.relation).all()
