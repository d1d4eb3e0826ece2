"""Rectangles divide without gaps, what is drawn last is clicked first, and colours can be told apart."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.screen.kit import theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Panel,
    Words,
    Zone,
    focus_ring,
    named,
    pick,
    texts,
    zone_at,
)

SIZES = st.floats(0, 2000, allow_nan=False)
RECTS = st.builds(Rect, SIZES, SIZES, SIZES, SIZES)
WHITE = (255, 255, 255)


@given(RECTS, SIZES)
def test_a_strip_and_the_rest_make_the_whole(rect, size):
    for first, rest in (rect.top(size), rect.left(size), rect.base(size)[::-1], rect.end(size)[::-1]):
        assert first.width * first.height + rest.width * rest.height == pytest.approx(rect.width * rect.height)


@given(RECTS, st.lists(st.floats(0.1, 10), min_size=1, max_size=6), st.floats(0, 10))
def test_columns_stand_side_by_side_within_the_whole(rect, shares, gap):
    columns = rect.columns(shares, gap)
    for left, right in pairwise(columns):
        assert right.x == pytest.approx(left.right + gap, abs=1e-6)
    if rect.width > gap * len(shares):
        assert columns[-1].right == pytest.approx(rect.right, abs=1e-6)


def test_rows_are_as_many_as_fit_whole():
    assert len(list(Rect(0, 0, 100, 100).rows(30, 5))) == 3  # 30 + 5 + 30 + 5 + 30 = 100


def test_the_zone_that_is_drawn_last_is_the_one_that_is_clicked():
    below, above = Zone(Rect(0, 0, 50, 50), "below", "one"), Zone(Rect(20, 20, 50, 50), "above", "two")
    assert pick((below, above), 30, 30) == "above"
    assert pick((below, above), 10, 10) == "below"
    assert pick((below, above), 90, 90) is None


def test_what_is_clipped_away_cannot_be_clicked():
    shapes = (Clip(Rect(0, 0, 100, 20), (Zone(Rect(0, 0, 100, 100), "row", "row"),)),)
    assert pick(shapes, 50, 10) == "row"
    assert pick(shapes, 50, 40) is None
    assert zone_at(shapes, 50, 10).rect == Rect(0, 0, 100, 20)


def test_the_keyboard_goes_round_what_can_be_focused_in_the_order_of_drawing():
    first, silent = Zone(Rect(0, 0, 9, 9), 1, "first"), Zone(Rect(0, 0, 9, 9), 2, "map", focusable=False)
    last = Zone(Rect(0, 0, 9, 9), 3, "last")
    ring = focus_ring((first, silent, Clip(Rect(0, 0, 99, 99), (last,))))
    assert [zone.name for zone in ring] == ["first", "last"]
    assert named((first, silent), "map").message == 2
    with pytest.raises(KeyError):
        named((first,), "nothing")


def test_texts_are_found_inside_clips():
    line = Words(Rect(0, 0, 50, 20), "Baku", theme.BODY, WHITE)
    assert [each.text for each in texts((Panel(Rect(0, 0, 9, 9), WHITE), Clip(Rect(0, 0, 9, 9), (line,))))] == ["Baku"]


@pytest.mark.parametrize(
    ("relation", "name"),
    [(-100, "Hostile"), (-60, "Hostile"), (-59, "Adversarial"), (-30, "Adversarial"), (-29, "Cool"), (-10, "Cool"),
     (-9, "Neutral"), (9.4, "Neutral"), (10, "Warm"), (29.4, "Warm"), (30, "Partner"), (60, "Ally"), (100, "Ally")],
)  # fmt: skip
def test_a_relation_falls_in_the_band_of_the_number_it_is_shown_as(relation, name):
    assert theme.band(relation).name == name


def test_every_band_has_a_glyph_and_a_colour_of_its_own():
    assert len({band.glyph for band in theme.BANDS}) == len({band.dark for band in theme.BANDS}) == 7


def test_the_ramp_runs_through_its_own_colours_and_stays_between_its_ends():
    for place, shade in theme.RAMP:
        assert theme.tint(place) == shade
    assert theme.tint(-250) == theme.RAMP[0][1]
    assert theme.tint(-85) == theme.mixed(theme.RAMP[0][1], theme.RAMP[1][1], 0.5)


@pytest.mark.parametrize(
    ("ink", "paper"),
    [(theme.TEXT, theme.PANEL), (theme.TEXT, theme.RAISED), (theme.FAINT, theme.PANEL), (theme.FAINT, theme.RAISED),
     (theme.ACCENT, theme.PANEL), (theme.INK, theme.PAPER), (theme.QUIET, theme.PAPER), (theme.INK, theme.LAND)],
)  # fmt: skip
def test_text_stands_out_from_what_it_is_written_on(ink, paper):
    assert theme.contrast(ink, paper) >= 4.5


def test_contrast_is_that_of_the_standard():
    assert theme.contrast((255, 255, 255), (0, 0, 0)) == pytest.approx(21.0)
    assert theme.contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)  # WCAG's own example


def test_no_style_is_smaller_than_can_be_read():
    styles = [each for each in vars(theme).values() if isinstance(each, theme.Style)]
    assert len(styles) > 5
    assert min(style.size for style in styles) >= 12


def test_neighbouring_bands_differ_under_every_kind_of_sight():
    """Machado, Oliveira and Fernandes (2009), severity 1, in linear light; distances in CIELAB (CIE 1976)."""
    for sight in SIGHTS.values():
        for first, second in combinations([band.dark for band in theme.BANDS], 2):
            assert distance(seen(first, sight), seen(second, sight)) > 12


SIGHTS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}


def seen(colour, sight):
    """A colour in linear light, as it is seen."""
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in (c / 255 for c in colour)
    ]
    return [min(max(sum(weight * part for weight, part in zip(row, linear, strict=True)), 0), 1) for row in sight]


def lab(linear):
    """CIELAB under D65."""
    red, green, blue = linear
    whole = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    light = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    cold = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in (whole, light, cold))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(first, second):
    return sum((one - other) ** 2 for one, other in zip(lab(first), lab(second), strict=True)) ** 0.5
