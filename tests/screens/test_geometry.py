"""Rectangles, ribbons and arrows of the keyboard by hand."""

from __future__ import annotations

import pytest

from game.screen.kit.focus import after, towards
from game.screen.kit.geometry import Rect, course
from game.screen.kit.shapes import (
    Clip,
    Zone,
    grip_at,
    zones,
)
from game.screen.map.mapping import Camera, Outlook

BOX = Rect(10, 20, 100, 60)


def test_a_rectangle_knows_its_edges_and_its_middle():
    assert (BOX.right, BOX.bottom, BOX.centre) == (110, 80, (60, 50))
    assert BOX.moved(5, -5) == Rect(15, 15, 100, 60)
    assert BOX.middle(20, 10) == Rect(50, 45, 20, 10)


def test_the_right_and_lower_edges_belong_to_the_next():
    assert BOX.holds(10, 20)
    assert not BOX.holds(110, 50)
    assert not BOX.holds(60, 80)
    assert BOX.holds(109.9, 79.9)
    assert not BOX.holds(9.9, 50)


def test_a_margin_leaves_what_is_inside_and_never_less_than_nothing():
    assert BOX.inset(5) == Rect(15, 25, 90, 50)
    assert BOX.inset(5, 10) == Rect(15, 30, 90, 40)
    assert BOX.inset(60, 0) == Rect(60, 20, 0, 60)


def test_strips_lie_along_their_edge():
    assert BOX.top(15) == (Rect(10, 20, 100, 15), Rect(10, 35, 100, 45))
    assert BOX.base(15) == (Rect(10, 65, 100, 15), Rect(10, 20, 100, 45))
    assert BOX.left(30) == (Rect(10, 20, 30, 60), Rect(40, 20, 70, 60))
    assert BOX.end(30) == (Rect(80, 20, 30, 60), Rect(10, 20, 70, 60))
    assert BOX.top(900) == (BOX, Rect(10, 80, 100, 0))


def test_rows_and_columns_keep_their_gaps():
    assert list(BOX.rows(25, 10)) == [Rect(10, 20, 100, 25), Rect(10, 55, 100, 25)]
    assert list(BOX.rows(25, 11)) == [Rect(10, 20, 100, 25)]
    assert BOX.columns((1, 3), 20) == (Rect(10, 20, 20, 60), Rect(50, 20, 60, 60))


def test_what_two_rectangles_share():
    assert BOX.shared(Rect(100, 70, 50, 50)) == Rect(100, 70, 10, 10)
    assert BOX.shared(Rect(110, 20, 50, 50)) is None
    assert BOX.shared(Rect(0, 80, 500, 50)) is None
    assert BOX.shared(Rect(20, 30, 5, 5)) == Rect(20, 30, 5, 5)


def test_a_ribbon_bends_to_its_left_by_a_share_of_its_length():
    start, end = (0.0, 0.0), (100.0, 0.0)
    assert course(start, end, 0.2, 0.0) == start
    assert course(start, end, 0.2, 1.0) == end
    assert course(start, end, 0.0, 0.25) == (25.0, 0.0)
    assert course(start, end, 0.2, 0.5) == pytest.approx((50.0, 20.0))
    assert course((0.0, 0.0), (0.0, 100.0), 0.2, 0.5) == pytest.approx((-20.0, 50.0))


def zone(name, x, y):
    return Zone(Rect(x, y, 10, 10), name, name)


def test_arrows_go_to_what_lies_ahead_and_tab_goes_round():
    ring = (zone("here", 50, 50), zone("right", 80, 52), zone("far right", 200, 50), zone("down", 50, 90),
            zone("aslant", 70, 90), zone("left", 20, 50), zone("up", 50, 10))  # fmt: skip
    for arrow in ("left", "right", "up", "down"):
        assert towards(ring, "here", arrow) == arrow
    assert towards(ring, "far right", "right") is None
    assert towards(ring, None, "down") == "here"
    assert towards((), None, "down") is None
    assert [after(ring, "here", step) for step in (1, -1)] == ["right", "up"]
    assert [after(ring, None, step) for step in (1, -1)] == ["here", "up"]
    assert after(ring, "up", 1) == "here"


def test_what_is_seen_of_a_zone_in_a_clip_is_what_lies_in_both():
    inner = Clip(Rect(0, 0, 30, 30), (zone("in", 25, 25), zone("out", 40, 0)))
    (seen,) = zones((Clip(Rect(0, 0, 28, 99), (inner,)),))
    assert (seen.name, seen.rect) == ("in", Rect(25, 25, 3, 5))


def test_the_grip_under_the_pointer_is_the_uppermost_even_below_a_zone_without_one():
    low, high = (Zone(Rect(0, 0, 50, 50), None, name, grip=name) for name in ("low", "high"))
    plain = Zone(Rect(0, 0, 50, 50), "press", "press")
    assert grip_at((low, high, plain), 10, 10) == "high"
    assert grip_at((low, high, plain), 60, 10) is None


CAMERA = Camera(0.0, 0.0, 2.0, 400, 300)


def test_a_camera_sees_north_above_and_a_kilometre_by_its_grain():
    assert CAMERA.seen((0.0, 0.0)) == (200.0, 150.0)
    assert CAMERA.seen((20.0, 40.0)) == (210.0, 130.0)
    assert CAMERA.placed((210.0, 130.0)) == (20.0, 40.0)
    assert CAMERA.moved(10, 5) == Camera(-20.0, 10.0, 2.0, 400, 300)


def test_a_zoom_keeps_what_is_under_the_pointer_where_it_is():
    near = CAMERA.zoomed(2.0, (300, 100))
    assert near.grain == 1.0
    assert near.placed((300, 100)) == CAMERA.placed((300, 100)) == (200.0, 100.0)
    assert CAMERA.zoomed(1000.0, (0, 0)).grain == 0.15
    assert CAMERA.zoomed(0.001, (0, 0)).grain == 12.0


def test_a_picture_covers_another_of_the_same_grain_that_lies_within_it():
    wide = Camera(0.0, 0.0, 2.0, 600, 500)
    assert wide.covers(CAMERA)
    assert not CAMERA.covers(wide)
    assert wide.covers(Camera(200.0, 0.0, 2.0, 400, 300))
    assert not wide.covers(Camera(204.0, 0.0, 2.0, 400, 300))
    assert not wide.covers(Camera(0.0, 0.0, 1.0, 400, 300))


def test_looking_nearer_keeps_the_point_it_is_about_in_its_place():
    found = Outlook(0.0, 0.0).nearer(2.0, (100.0, 50.0))
    assert found == Outlook(50.0, 25.0, 2.0)
    assert Outlook(0.0, 0.0).nearer(4.0, (100.0, 40.0)) == Outlook(75.0, 30.0, 4.0)
    assert Outlook(0.0, 0.0).nearer(99.0).zoom == 12.0
    assert Outlook(0.0, 0.0).nearer(0.01).zoom == 0.6
    assert Outlook(0.0, 0.0).moved(9999.0, -9999.0) == Outlook(2600.0, -2080.0)
