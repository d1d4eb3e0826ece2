"""Orders as text, and what is legal: every line of an order goes there and back, every refusal says why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.errors import GameError, IllegalOrder, InvalidOrder, UnaffordableOrder
from game.orders import Order, check_order, order_of, parse_order, permitted
from game.testing import triad, with_relations
from game.world import relations, start_world

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
VALUES = st.none() | st.floats(1e-6, 1e8).map(lambda value: float(f"{value:.6g}"))


@pytest.fixture(scope="module")
def board():
    return triad(endings="endings:\n  end: {when: [turn >= 99], text: It is done.}\n").board


@given(st.builds(Order, IDS, IDS, IDS, VALUES))
def test_an_order_goes_to_text_and_back(order):
    assert order_of(str(order)) == order


@given(st.text(max_size=60))
def test_any_text_is_an_order_or_an_invalid_order(text):
    try:
        order = order_of(text)
    except InvalidOrder:
        return
    assert text.split(":")[0].strip() == order.state


def checked(board, line, world=None):
    present = world or start_world(board)
    check_order(parse_order(line, board), board, present, relations(board, present))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("arda: praise arda", "cannot address itself"),
        ("arda: praise cestia", r"it requires speaker -> target >= [0-9]+"),
        ("arda: consultation_pact cestia", "it requires"),
    ],
)
def test_an_illegal_order_says_why(board, line, says):
    with pytest.raises(IllegalOrder, match=says):
        checked(board, line)


def test_an_agreement_that_is_in_force_is_not_signed_again(board):
    close = with_relations(board, {"arda -> borea": 90, "borea -> arda": 90})
    with pytest.raises(IllegalOrder, match="already in force"):
        checked(close, "arda: defence_pact borea")


def test_an_act_done_lately_says_when_it_may_be_done_again(board):
    world = start_world(board)
    pause = world.pause.copy()
    pause[0, board.acts.act("praise"), 0, 1] = 2
    with pytest.raises(IllegalOrder, match="again in 2 turns"):
        checked(board, "arda: praise borea", replace(world, pause=pause))


def test_nothing_is_legal_once_the_game_is_over(board):
    over = replace(start_world(board), over=np.array([0], dtype=np.int16))
    assert not permitted(board, over, relations(board, over)).any()
    with pytest.raises(IllegalOrder, match="the game is over: It is done"):
        checked(board, "arda: praise borea", over)


def test_an_order_without_means_is_unaffordable(board):
    poor = replace(start_world(board), capital=np.zeros((1, 3)))
    with pytest.raises(UnaffordableOrder, match="arda has 0 left"):
        checked(board, "arda: praise borea", poor)


def test_what_is_permitted_is_what_the_checker_lets_pass(board):
    world = start_world(board)
    legal = permitted(board, world, relations(board, world))[0]
    for state, first in enumerate(board.states):
        for act, name in enumerate(board.acts.names):
            for target, second in enumerate(board.states):
                line = f"{first}: {name} {second}"
                try:
                    checked(board, line)
                    passes = True
                except GameError as error:
                    passes = isinstance(error, UnaffordableOrder)
                assert passes == legal[state, act, target], line


def test_a_value_out_of_bounds_is_invalid(board):
    with pytest.raises(InvalidOrder, match=r"arms_package is worth .* to .*, not 5000"):
        parse_order("arda: arms_package borea value=5000", board)
