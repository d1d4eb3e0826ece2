"""Orders as text, and what is legal: every line of an order goes there and back, every refusal says why."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.errors import (
    GameError,
    IllegalOrder,
    InvalidOrder,
    UnaffordableOrder,
)
from game.kernel.catalogue import NONE
from game.kernel.orders import STANCES, Order, cost_of, order_of, parse_order
from game.kernel.world import start_world
from game.match.history import in_slots, in_words, orders_of
from game.measures.legality import check_order, permitted
from game.testing import triad, with_relations

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,12}", fullmatch=True)
VALUES = st.none() | st.floats(1e-6, 1e8).map(lambda value: float(f"{value:.6g}"))


@pytest.fixture(scope="module")
def board():
    return triad(endings="endings:\n  end: {when: [turn >= 99], text: It is done.}\n").board


NAMED = st.none() | IDS
OFFERS = st.just(0.0) | st.floats(1e-3, 1e4).map(lambda value: float(f"{value:.6g}"))
OFFERED = st.builds(lambda value, sign: sign * value if value else 0.0, OFFERS, st.sampled_from([1.0, -1.0]))
ORDERS = st.builds(Order, IDS, IDS, IDS, VALUES, OFFERED, st.booleans(), NAMED, NAMED, NAMED, NAMED, NAMED)


@given(ORDERS)
def test_an_order_goes_to_one_line_of_text_and_back(order):
    assert "\n" not in str(order)
    assert order_of(str(order)) == order


@given(ORDERS, st.randoms())
def test_the_terms_of_an_order_may_stand_in_any_order(order, chance):
    state, act, target, *terms = str(order).split(" ")
    chance.shuffle(terms)
    assert order_of(" ".join([state, act, target, *terms])) == order


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("arda: praise borea zzz=2", "no term called 'zzz'; they are value, side_payment, audience"),
        ("arda: praise borea audence=cestia", "did you mean 'audience'"),
        ("arda: praise borea secret secret", "says secret twice"),
        ("arda: praise borea value=1 value=1", "says value twice"),
        ("arda: praise borea secret=yes", "secret is a word of its own"),
        ("arda: arms_package borea value=nan", "value needs a number, as in value=1.6"),
        ("arda: arms_package borea value=1e3", "value needs a number"),
        ("arda: arms_package borea value", "value needs a number"),
        ("arda: praise borea about=7", "about needs a name, as in about=cyra"),
        ("arda: praise borea audience=atlantis", "no state called 'atlantis'"),
        ("arda: praise borea audience=borea", "borea is a party; say it in a third capital"),
        ("arda: praise borea about=arda", "arda is a party; a statement is about a third state"),
        ("arda: praise borea office=kng", "no office called 'kng'"),
        ("arda: praise borea side_payment=1", "praise is not a deal"),
        ("arda: praise borea pledge=no_attack", "praise is not a deal"),
        ("arda: praise borea purpose=islet", "leaves no agreement that could have a purpose"),
        ("arda: praise borea secret", "praise cannot be kept secret; write 'arda: praise borea'"),
        ("arda: trade_agreement borea side_payment=-2000", "an offer is -1000 to 1000 political capital, not -2000"),
        ("arda: trade_agreement borea side_payment=" + "9" * 400, "an offer is -1000 to 1000"),
        ("arda: trade_agreement borea audience=cestia", "not a statement"),
        ("arda: trade_agreement borea purpose=islt", "did you mean 'islet'"),
        ("arda: trade_agreement borea pledge=no_atack", "no kind of pledge called 'no_atack'"),
        ("arda: escalate islt", "no dispute called 'islt'; did you mean 'islet'"),
        ("arda: escalate islet value=1", "a choice in a crisis has no terms; write 'arda: escalate islet'"),
    ],
)
def test_a_term_that_does_not_go_with_the_act_is_invalid(board, line, says):
    with pytest.raises(InvalidOrder, match=says):
        parse_order(line, board)


@given(ORDERS)
def test_an_order_on_a_board_is_the_same_in_arrays_and_back_in_words(order):
    """Names that the board has: what is played is what a journal writes down."""
    board = triad().board
    act = board.acts.act("arms_package")
    low, high = float(board.acts.low[act]), float(board.acts.high[act])
    value = None if order.value is None else float(f"{low + (high - low) * min(order.value / 1e8, 1.0):.6g}")
    given_ = Order("arda", "arms_package", "borea", value, order.side_payment, order.secret, purpose="islet")
    wanted = given_ if value is not None else replace(given_, value=float(board.acts.usual[act]))
    assert in_words(board, orders_of(board, {0: {1: given_}}), 0, 1) == wanted


def test_a_choice_in_a_crisis_takes_no_slot_and_a_state_with_orders_and_no_choice_holds(board):
    chosen = orders_of(board, {0: in_slots([order_of("arda: escalate islet"), order_of("arda: praise borea")])})
    assert chosen.stance.tolist() == [[[STANCES.index("escalate"), NONE]]]
    assert chosen.act[0, 0].tolist() == [board.acts.act("praise"), NONE, NONE]
    again = orders_of(board, {0: {0: order_of("arda: praise borea")}}, chosen)
    assert (again.stance == NONE).all()


def test_a_choice_in_a_crisis_is_for_its_parties_and_for_a_crisis(board):
    with pytest.raises(IllegalOrder, match="the crisis over The islet is between arda and cestia"):
        checked(board, "borea: escalate islet")
    with pytest.raises(IllegalOrder, match="there is no crisis over The islet"):
        checked(board, "arda: back_down islet")
    rung = start_world(board).rung.copy()
    rung[:] = 2
    checked(board, "arda: back_down islet", replace(start_world(board), rung=rung))


def test_an_order_costs_by_its_office_and_what_it_offers(board):
    offices = replace(board.offices, names=("government", "envoy"), titles=("The government", "An envoy"),
                      weight=np.array([1.0, 0.7]), cost=np.array([1.0, 0.5]))  # fmt: skip
    staffed = replace(board, offices=offices)
    assert cost_of(parse_order("arda: praise borea", staffed), staffed) == 1.0
    assert cost_of(parse_order("arda: praise borea office=envoy", staffed), staffed) == 0.5
    # 1 for the agreement and 0.75 offered; what is asked costs the one who asks nothing.
    plain = cost_of(parse_order("arda: trade_agreement borea", staffed), staffed)
    assert cost_of(parse_order("arda: trade_agreement borea side_payment=0.75", staffed), staffed) == plain + 0.75
    assert cost_of(parse_order("arda: trade_agreement borea side_payment=-0.75", staffed), staffed) == plain
    poor = replace(start_world(staffed), capital=np.full((1, 3), 0.5))
    checked(staffed, "arda: praise borea office=envoy", poor)
    with pytest.raises(UnaffordableOrder, match=r"praise borea costs 1 political capital and arda has 0.5 left"):
        checked(staffed, "arda: praise borea", poor)


@given(st.text(max_size=60))
def test_any_text_is_an_order_or_an_invalid_order(text):
    try:
        order = order_of(text)
    except InvalidOrder:
        return
    assert text.split(":")[0].strip() == order.state


def checked(board, line, world=None):
    present = world or start_world(board)
    check_order(parse_order(line, board), board, present)


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
    cooldown = world.cooldown.copy()
    cooldown[0, board.acts.act("praise"), 0, 1] = 2
    with pytest.raises(IllegalOrder, match="again in 2 turns"):
        checked(board, "arda: praise borea", replace(world, cooldown=cooldown))


def test_nothing_is_legal_once_the_game_is_over(board):
    over = replace(start_world(board), over=np.array([0], dtype=np.int16))
    assert not permitted(board, over).any()
    with pytest.raises(IllegalOrder, match="the game is over: It is done"):
        checked(board, "arda: praise borea", over)


def test_an_order_without_means_is_unaffordable(board):
    poor = replace(start_world(board), capital=np.zeros((1, 3)))
    with pytest.raises(UnaffordableOrder, match="arda has 0 left"):
        checked(board, "arda: praise borea", poor)


def test_what_is_permitted_is_what_the_checker_lets_pass(board):
    world = start_world(board)
    legal = permitted(board, world)[0]
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
