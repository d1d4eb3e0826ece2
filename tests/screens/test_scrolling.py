"""Long lists by hand: which rows are seen, and where the wheel, a click and a drag take them."""

from __future__ import annotations

import pytest

from game.screen.kit.geometry import Rect
from game.screen.kit.scrolling import (
    SIDE,
    Reach,
    grips,
    moved,
)
from game.screen.kit.shapes import Panel, Zone
from game.screen.messages import Click, Drag, Wheel

LIST = Reach(Rect(100, 50, 200, 100), 20.0, 30)
BAR = Reach(LIST.rect, LIST.row, LIST.rows, LIST.name, bar=True)


def test_five_rows_of_thirty_are_seen_and_the_last_that_comes_first_is_the_twenty_fifth():
    assert (LIST.room, LIST.furthest) == (5, 25)
    assert [LIST.first(top) for top in (-3, 0, 7, 25, 26)] == [0, 0, 7, 25, 25]
    assert Reach(Rect(0, 0, 10, 99.99), 20.0, 9).room == 5
    assert Reach(Rect(0, 0, 10, 99.0), 20.0, 9).room == 4
    assert Reach(Rect(0, 0, 10, 5), 20.0, 9).room == 1
    assert Reach(LIST.rect, 20.0, 5).furthest == 0


def test_the_bar_takes_its_place_only_where_there_is_more_than_is_seen():
    assert LIST.inner == Rect(100, 50, 200 - SIDE, 100)
    assert Reach(LIST.rect, 20.0, 5).inner == LIST.rect


@pytest.mark.parametrize(("steps", "top"), [(1.0, 7), (-1.0, 13), (0.1, 9), (-0.1, 11), (9.0, 0), (-9.0, 25)])
def test_a_step_of_the_wheel_is_three_rows_and_the_least_is_one(steps, top):
    assert moved(10, LIST, Wheel(150, 80, steps)) == top


@pytest.mark.parametrize(("y", "top"), [(50, 0), (100, 12), (75, 5), (150, 25), (60, 0), (145, 25)])
def test_a_click_on_the_bar_brings_the_place_under_it_to_the_middle(y, top):
    # Half way down is the fifteenth row of thirty; five are seen, so 12.5 come before them.
    assert moved(3, BAR, Click(295, y, 1)) == top
    assert moved(3, BAR, Drag(295, y, 0, 4)) == top


def test_a_click_on_the_list_moves_nothing():
    assert moved(10, LIST, Click(150, 80, 1)) == 10
    assert moved(40, LIST, Click(150, 80, 1)) == 25


def test_the_bar_stands_as_far_down_as_the_rows_do_in_the_whole():
    for top, y in ((0, 50.0), (25, 50 + 100 - 18.0), (99, 50 + 100 - 18.0)):
        *_, thumb, zone = grips(LIST, top)
        assert isinstance(thumb, Panel)
        assert (thumb.rect.y, thumb.rect.height) == (y, 18.0)
        assert isinstance(zone, Zone)
        assert zone.grip == BAR
        assert zone.rect == Rect(300 - SIDE, 50, SIDE, 100)
    half = Reach(LIST.rect, 20.0, 10)
    *_, thumb, _ = grips(half, 5)
    assert (thumb.rect.y, thumb.rect.height) == (100.0, 50.0)
    assert [shape.name for shape in grips(Reach(LIST.rect, 20.0, 5), 0)] == ["list"]
