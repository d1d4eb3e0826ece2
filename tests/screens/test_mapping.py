"""The map's geometry: outlines as the file has them, and degrees to pixels and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario import load
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import Ground, Hatch
from game.screen.map.atlas import (
    area_place,
    label_place,
    seas,
    state_at,
)
from game.screen.map.mapping import (
    Camera,
    Outlook,
    framing,
    projected,
    unprojected,
)
from game.screen.map.outlines import read_outlines
from game.screen.paint import Painter

LONGITUDES, LATITUDES = st.floats(9, 68), st.floats(20, 52)


@pytest.fixture(scope="module")
def outlines():
    return read_outlines()


def inside(point, ring):
    """Whether a point lies in a ring, by how often a ray to the east crosses it."""
    x, y = point
    crossed = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < x0 + (y - y0) / (y1 - y0) * (x1 - x0):
            crossed = not crossed
    return crossed


def within(point, outline):
    """Whether a point lies in a polygon of an outline and in none of its holes."""
    return any(
        inside(point, edge) and not any(inside(point, hole) for hole in holes) for edge, *holes in outline.polygons
    )


def near(point, step=0.06):
    """A place and those around it: the capitals of Cyprus and Israel lie on lines that are drawn."""
    x, y = point
    return [(x + across * step, y + up * step) for across in (-1, 0, 1) for up in (-1, 0, 1)]


def test_every_state_that_lies_on_the_map_has_an_outline_around_its_capital(outlines):
    for state in load("south-caucasus-2012").states.values():
        if not state.off_map and state.id != "russia":  # Moscow lies north of the map
            outline, capital = outlines.states[state.codes["iso3"]], state.capital
            assert any(within(place, outline) for place in near((capital.longitude, capital.latitude))), state.id


def test_the_map_shows_2012_so_crimea_is_ukraines(outlines):
    assert within((34.1, 44.95), outlines.states["UKR"])
    assert not within((34.1, 44.95), outlines.states["RUS"])


@pytest.mark.parametrize(
    ("area", "state", "place"),
    [("karabakh", "AZE", (46.75, 39.82)), ("abkhazia", "GEO", (41.0, 43.0)), ("south_ossetia", "GEO", (43.97, 42.23))],
)
def test_a_disputed_area_lies_within_the_state_the_world_gives_it_to(outlines, area, state, place):
    assert within(place, outlines.disputed[area])
    assert within(place, outlines.states[state])
    assert not within((44.51, 40.18), outlines.disputed[area])


def test_two_neighbours_share_the_very_line_between_them(outlines):
    common = outlines.states["ARM"].arcs & outlines.states["AZE"].arcs
    assert common
    borders = outlines.borders()
    assert all(outlines.arcs[arc] in borders for arc in common)


def test_a_coast_is_no_border(outlines):
    lonely = outlines.states["CYP"].arcs - outlines.states["CYN"].arcs
    borders = set(outlines.borders())
    assert any(outlines.arcs[arc] not in borders for arc in lonely)


def test_the_origin_of_the_projection_is_where_it_says():
    assert projected(40.5, 37.0) == pytest.approx((0.0, 0.0), abs=1e-9)


def test_the_standard_parallels_keep_their_length():
    """One degree of longitude at 44N is 6371 km times pi/180 times cos 44 = 79.986 km."""
    first, second = projected(40.0, 44.0), projected(41.0, 44.0)
    chord = ((first[0] - second[0]) ** 2 + (first[1] - second[1]) ** 2) ** 0.5
    assert chord == pytest.approx(79.986, abs=0.01)


@given(LONGITUDES, LATITUDES)
def test_what_is_projected_comes_back(longitude, latitude):
    assert unprojected(*projected(longitude, latitude)) == pytest.approx((longitude, latitude), abs=1e-8)


@given(LONGITUDES, LATITUDES, st.floats(0.3, 3.0), st.integers(0, 1280), st.integers(0, 720))
def test_zooming_keeps_what_is_under_the_pointer(longitude, latitude, factor, x, y):
    camera = Camera(*projected(longitude, latitude), 2.0, 1280, 720)
    assert camera.zoomed(factor, (x, y)).placed((x, y)) == pytest.approx(camera.placed((x, y)), abs=1e-6)


@given(st.integers(-500, 500), st.integers(-500, 500))
def test_dragging_moves_what_is_seen_by_as_much(across, down):
    camera = framing(24, 24, 63, 48, 1280, 720)
    x, y = camera.seen((100.0, 200.0))
    assert camera.moved(across, down).seen((100.0, 200.0)) == pytest.approx((x + across, y + down))


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (640, 400), (300, 900)])
def test_a_frame_shows_its_window_whole(size):
    camera = framing(24, 24, 63, 48, *size)
    for corner in ((24, 24), (63, 24), (24, 48), (63, 48), (43, 24)):
        x, y = camera.seen(projected(*corner))
        assert -0.5 <= x <= size[0] + 0.5
        assert -0.5 <= y <= size[1] + 0.5


@given(st.floats(30, 55), st.floats(30, 44), st.floats(0.8, 3.0))
def test_looking_nearer_keeps_a_point_where_it_is_seen(longitude, latitude, factor):
    home = framing(24, 24, 63, 48, 1280, 720)
    look, point = Outlook(home.east, home.north), projected(longitude, latitude)
    near = look.nearer(factor, point)
    assert near.camera(home).seen(point) == pytest.approx(look.camera(home).seen(point), abs=1e-6)


def test_one_cannot_look_off_the_map_nor_nearer_or_farther_than_makes_sense():
    look = Outlook(0.0, 0.0).moved(1e6, -1e6)
    assert abs(look.east) < 3000
    assert abs(look.north) < 3000
    assert Outlook(0.0, 0.0).nearer(1e9).zoom == Outlook(0.0, 0.0).nearer(1e6).zoom
    assert Outlook(0.0, 0.0).nearer(1e-9).zoom > 0.1


def test_a_wider_picture_of_the_same_grain_covers_a_narrower_one_near_its_middle():
    narrow = Camera(0.0, 0.0, 2.0, 800, 600)
    wide = Camera(50.0, -20.0, 2.0, 1000, 800)
    assert wide.covers(narrow)
    assert not narrow.covers(wide)
    assert not wide.covers(Camera(300.0, 0.0, 2.0, 800, 600))
    assert not wide.covers(Camera(0.0, 0.0, 1.9, 800, 600))


@pytest.mark.parametrize("code", ["IRN", "TUR", "AZE", "GEO", "SAU", "EGY"])
def test_a_name_has_its_place_within_the_state_it_names(code):
    camera = framing(24, 24, 63, 48, 1280, 720)
    spot = label_place(code, camera)
    assert spot is not None
    assert state_at(camera, spot.place) == code
    for share in (-0.45, 0.45):
        assert state_at(camera, (spot.place[0] + share * spot.room, spot.place[1])) == code


def test_of_a_state_that_is_half_in_view_the_name_stands_in_what_is_seen():
    camera = framing(46, 30, 54, 36, 800, 600)
    spot = label_place("IRN", camera)
    assert spot is not None
    assert Rect(0, 0, 800, 600).holds(*spot.place)
    assert label_place("ITA", camera) is None
    assert area_place("karabakh", camera) is None


def test_the_names_of_seas_lie_in_the_water():
    camera = framing(10, 15, 70, 50, 1280, 720)
    for sea in seas():
        assert state_at(camera, camera.seen(projected(sea.longitude, sea.latitude))) is None, sea.name


def test_a_map_that_is_drawn_in_steps_ends_as_one_that_is_drawn_at_once(surface):
    box = Rect(0, 0, 640, 360)
    tints, hatches = (("AZE", (40, 60, 160)), ("IRN", (200, 90, 30))), (Hatch("karabakh", (120, 20, 20)),)
    first = framing(24, 24, 63, 48, 640, 360)
    second = first.moved(-37.0, 21.0)
    whole, stepwise = Painter(), Painter()
    whole.paint(surface, (Ground(box, second, tints, hatches, "IRN"),))
    expected = [surface.get_at((x, y))[:3] for x in range(0, 640, 16) for y in range(0, 360, 12)]
    stepwise.paint(surface, (Ground(box, first, tints, hatches, "IRN"),))
    assert not stepwise.unfinished
    stepwise.budget = 0.0
    frames = 0
    while frames == 0 or stepwise.unfinished:
        stepwise.paint(surface, (Ground(box, second, tints, hatches, "IRN"),))
        frames += 1
    assert frames > 10  # what was there already was shown meanwhile
    found = [surface.get_at((x, y))[:3] for x in range(0, 640, 16) for y in range(0, 360, 12)]
    alike = [sum(abs(one - other) for one, other in zip(*pair, strict=True)) < 60 for pair in
             zip(found, expected, strict=True)]  # fmt: skip
    assert sum(alike) > 0.98 * len(alike)


def test_a_map_that_is_moved_shows_what_it_had_at_once(surface):
    box = Rect(0, 0, 640, 360)
    first = framing(24, 24, 63, 48, 640, 360)
    painter = Painter()
    painter.paint(surface, (Ground(box, first, (("IRN", (200, 90, 30)),)),))
    x, y = first.seen(projected(53.5, 33.0))
    painter.budget = 0.0
    painter.paint(surface, (Ground(box, first.moved(40.0, 10.0), (("IRN", (200, 90, 30)),)),))
    assert painter.unfinished
    assert surface.get_at((round(x + 40), round(y + 10)))[:3] == pytest.approx((200, 90, 30), abs=4)
