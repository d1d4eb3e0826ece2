"""What a check believes of the start is what a game finds there, and no range a check reasons from is ever left."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.files import scenario_path
from game.kernel import conditions as p
from game.kernel.world import start_world
from game.measures.conditions import holds, value
from game.scenario import read
from game.scenario.compile import compiled
from game.scenario.intervals import (
    Interval,
    bound,
    narrowed,
    verdict,
)
from game.scenario.outset import asked_board, outset
from tests.laws.test_random_worlds import scenarios

SHIPPED = ("classroom-triad", "hegemon-and-five", "south-caucasus-2012")
ENDS = "endings:\n  peace: {when: [turn >= 5], text: Peace.}\n"
NUMBERS = st.one_of(st.integers(-110, 110).map(float), st.floats(-2.0, 2.0).map(lambda value: round(value, 4)))


def terms(scenario) -> st.SearchStrategy[Any]:
    """Every kind of number that a condition of the scenario may ask for."""
    state = st.sampled_from(list(scenario.states))
    pair = st.tuples(state, state).filter(lambda each: each[0] != each[1])
    kinds = [NUMBERS.map(p.Number), st.just(p.Turn())]
    kinds += [pair.map(lambda both, kind=kind: kind(*both)) for kind in (p.Relation, p.Trust, p.Suspicion, p.Depth)]
    if scenario.attributes:
        kinds.append(st.builds(p.Attribute, state, st.sampled_from(list(scenario.attributes))))
    if scenario.disputes:
        dispute = st.sampled_from(list(scenario.disputes))
        kinds += [dispute.map(p.Tension), dispute.map(p.Rung)]
    simple = st.one_of(kinds)
    return st.one_of(simple, st.builds(p.Arithmetic, st.sampled_from("+-*/"), simple, simple))


def conditions(scenario) -> st.SearchStrategy[Any]:
    """Every kind of condition without roles that the scenario may state."""
    state = st.sampled_from(list(scenario.states))
    pair = st.tuples(state, state).filter(lambda each: each[0] != each[1])
    selectors = st.sampled_from(["rivals", "friends", "neighbours"])
    party = st.one_of(
        state, st.builds(p.Those, selectors, state), state.map(lambda name: p.Those("others", "", (name,)))
    )
    kinds = [
        st.builds(p.Comparison, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), terms(scenario), terms(scenario)),
        pair.map(lambda both: p.Pact(*both)),
        pair.map(lambda both: p.Border(*both)),
        pair.map(lambda both: p.Pledge(*both)),
        pair.map(lambda both: p.Rumour(*both)),
        state.map(p.AtWar),
    ]  # fmt: skip
    for names, kind in ((scenario.events, p.Happened), (scenario.endings, p.Ended), (scenario.flags, p.Flag)):
        if names:
            kinds.append(st.sampled_from(list(names)).map(kind))
    if scenario.acts:
        kinds.append(st.builds(p.Did, party, party, st.sampled_from(list(scenario.acts))))
    for names, asked in ((scenario.agreement_kinds, (p.Pact, p.Suspended)), (scenario.pledge_kinds, (p.Pledge,))):
        if names:
            kinds += [
                st.builds(lambda both, name, kind=kind: kind(*both, name), pair, st.sampled_from(list(names)))
                for kind in asked
            ]
    if scenario.disputes:
        dispute = st.sampled_from(list(scenario.disputes))
        kinds += [
            dispute.map(p.Crisis),
            st.builds(p.Holds, state, dispute),
            st.builds(lambda both, name: p.Recognises(*both, name), pair, dispute),
        ]
    simple = st.one_of(kinds)
    groups = st.lists(simple, min_size=1, max_size=3).map(tuple)
    return st.one_of(simple, st.builds(p.Group, st.sampled_from(["all", "any", "none"]), groups))


def agrees(scenario, nodes) -> None:
    """What a check holds true before the first turn, and what it says always or never holds, are so in the game."""
    board = compiled(scenario).board
    start = start_world(board)
    for node, believed in zip(nodes, outset(scenario, nodes), strict=True):
        (found,) = holds(node, board, start).tolist()
        assert believed == found, p.text(node)
        if isinstance(node, p.Comparison):
            assert verdict(node, scenario) in (None, found), p.text(node)


@settings(max_examples=50)
@given(scenarios(), st.data())
def test_a_check_believes_of_the_start_of_any_world_what_a_game_finds_there(text, data):
    scenario = read(text + ENDS).scenario
    agrees(scenario, data.draw(st.lists(conditions(scenario), min_size=1, max_size=12)))


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=10)
@given(data=st.data())
def test_and_of_the_start_of_what_is_shipped(name, data):
    scenario = read(scenario_path(name)).scenario
    agrees(scenario, data.draw(st.lists(conditions(scenario), min_size=30, max_size=60)))


@pytest.mark.parametrize("name", SHIPPED)
def test_depth_and_suspicion_and_trust_are_the_same_to_the_last_bit(name):
    scenario = read(scenario_path(name)).scenario
    boards = compiled(scenario).board, asked_board(scenario, [])
    starts = [(board, start_world(board)) for board in boards]
    for kind in (p.Depth, p.Suspicion, p.Trust, p.Relation):
        for pair in permutations(list(scenario.states)[:5], 2):
            game, believed = (value(kind(*pair), *start).tobytes() for start in starts)
            assert game == believed, (kind, pair)


COMPARATORS = st.sampled_from(["<", "<=", ">", ">=", "=="])
TENSION = p.Tension("islet")


@given(st.integers(0, 40), st.integers(0, 40), COMPARATORS, st.integers(-1, 41), st.sampled_from([0.0, 0.001, 0.004]))
def test_what_a_comparison_leaves_of_a_range_is_every_hundredth_that_passes_it(low, high, comparator, limit, rest):
    low, high = sorted((low, high))
    left = narrowed(Interval(low / 100, high / 100), comparator, limit / 100 + rest)
    passes = {"<": int.__lt__, "<=": int.__le__, ">": int.__gt__, ">=": int.__ge__, "==": int.__eq__}[comparator]
    expected = [number / 100 for number in range(low, high + 1) if passes(number, limit)]
    assert left.empty == (not expected)
    assert left.empty or (left.low, left.high) == (expected[0], expected[-1])


@given(COMPARATORS, NUMBERS)
def test_a_comparison_is_the_same_whichever_way_round_it_is_written(comparator, number):
    mirrored = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}[comparator]
    plain = p.Comparison(comparator, TENSION, p.Number(number))
    assert bound(plain) == bound(replace(plain, operator=mirrored, left=plain.right, right=plain.left))
