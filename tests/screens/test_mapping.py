"""The map's geometry: outlines as the file has them, and degrees to pixels and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.scenario import load
from game.screen.mapping import Camera, framing, projected, unprojected
from game.screen.outlines import read_outlines

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
