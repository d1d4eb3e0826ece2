"""What the painter makes of shapes, looked at pixel by pixel where it matters."""

from __future__ import annotations

import pytest

from game.screen.kit import theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Clip,
    Dot,
    Flag,
    Ground,
    Hatch,
    Icon,
    Panel,
    Ribbon,
    Words,
)
from game.screen.map.mapping import framing, projected
from game.screen.paint import Painter
from game.screen.paint.ribbons import course
from game.screen.paint.words import measured, rendered, shortened

NAMES = ("Azərbaycan", "Հայաստան", "საქართველო", "ישראל", "ایران", "Россия", "Türkiye", "▲ +12 ★ ✖")
RED, BLUE = (200, 30, 30), (30, 60, 200)


def alike(first, second):
    """Whether two colours are the same to the eye: scaling blends a little."""
    return all(abs(one - other) <= 8 for one, other in zip(first[:3], second[:3], strict=True))


def test_a_panel_fills_its_box_at_any_scale(surface):
    for scale in (1.0, 1.5, 2.0):
        surface.fill("black")
        Painter(scale).paint(surface, (Panel(Rect(10, 10, 100, 50), RED),))
        assert surface.get_at((round(60 * scale), round(35 * scale)))[:3] == RED
        assert surface.get_at((round(111 * scale), round(35 * scale)))[:3] == (0, 0, 0)


def test_round_corners_leave_the_corner_out(surface):
    surface.fill("black")
    Painter().paint(surface, (Panel(Rect(10, 10, 100, 60), RED, radius=20),))
    assert surface.get_at((11, 11))[:3] == (0, 0, 0)
    assert surface.get_at((60, 40))[:3] == RED


def test_a_clip_shows_only_what_lies_in_it(surface):
    surface.fill("black")
    Painter().paint(surface, (Clip(Rect(0, 0, 50, 50), (Panel(Rect(0, 0, 200, 200), RED),)),))
    assert surface.get_at((49, 49))[:3] == RED
    assert surface.get_at((51, 51))[:3] == (0, 0, 0)


@pytest.mark.parametrize("text", NAMES)
@pytest.mark.parametrize("style", [theme.SMALL, theme.STRONG, theme.TITLE])
def test_every_script_of_the_region_is_set_with_letters_of_its_own(text, style, surface):
    letters = {letter: rendered(letter, style, 1.0, RED, None, 0.0) for letter in text if not letter.isspace()}
    missing = rendered("\U0010fffe", style, 1.0, RED, None, 0.0)
    for letter, picture in letters.items():
        same = picture.get_size() == missing.get_size() and picture.get_buffer().raw == missing.get_buffer().raw
        assert not same, letter
    assert measured(text, style) > style.size


def test_what_is_too_long_ends_in_an_ellipsis_and_fits(surface):
    text = shortened("The Ministry of Foreign Affairs of Azerbaijan", theme.BODY, 1.0, 120)
    assert text.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert measured(text, theme.BODY) <= 120
    assert shortened("Baku", theme.BODY, 1.0, 120) == "Baku"


def test_words_stand_where_they_are_aligned(surface):
    for align, place in (("left", 5), ("centre", 100), ("right", 190)):
        surface.fill("black")
        Painter().paint(surface, (Words(Rect(0, 0, 200, 30), "MM", theme.STRONG, (255, 255, 255), align),))
        columns = [x for x in range(200) if any(surface.get_at((x, y))[0] > 100 for y in range(30))]
        assert abs((columns[0] + columns[-1]) / 2 - place) < 25


def test_the_map_tints_a_state_and_hatches_what_is_disputed(surface):
    camera = framing(43, 38, 51, 43, 1280, 720)
    Painter().paint(
        surface, (Ground(Rect(0, 0, 1280, 720), camera, (("AZE", BLUE), ("ARM", RED)), (Hatch("karabakh", RED),)),)
    )

    def shade(longitude, latitude):
        x, y = camera.seen(projected(longitude, latitude))
        return surface.get_at((round(x), round(y)))[:3]

    assert alike(shade(48.5, 40.5), BLUE)
    assert alike(shade(44.6, 40.6), RED)
    x, y = (round(part) for part in camera.seen(projected(46.7, 39.8)))
    around = [surface.get_at((x + across, y + down)) for across in range(-8, 9) for down in range(-8, 9)]
    assert any(alike(each, RED) for each in around)
    assert any(alike(each, BLUE) for each in around)
    assert not alike(shade(50.5, 39.2), BLUE)  # the Caspian Sea


def test_a_ribbon_runs_from_its_start_to_its_end_and_bends(surface):
    surface.fill("black")
    Painter().paint(surface, (Ribbon((100, 300), (500, 300), 0.2, RED, 8),))
    assert course((100, 300), (500, 300), 0.2, 0.0) == (100, 300)
    assert course((100, 300), (500, 300), 0.2, 1.0) == (500, 300)
    x, y = course((100, 300), (500, 300), 0.2, 0.5)
    assert alike(surface.get_at((round(x), round(y))), RED)
    assert y == pytest.approx(380)  # a fifth of 400 off the straight line
    assert surface.get_at((300, 300))[:3] == (0, 0, 0)


def test_a_ribbon_that_has_not_appeared_is_not_drawn(surface):
    surface.fill("black")
    Painter().paint(surface, (Ribbon((100, 300), (500, 300), 0.2, RED, 8, drawn=0.0),))
    assert surface.get_at((100, 300))[:3] == (0, 0, 0)


def test_a_missing_picture_or_font_has_a_stand_in(surface, monkeypatch):
    from game.screen.paint import words

    Painter().paint(surface, (Icon(Rect(0, 0, 20, 20), "no-such-icon", RED), Flag(Rect(30, 0, 30, 20), "zzz")))
    words._font.cache_clear()
    monkeypatch.setitem(words.FACES, "regular", "Missing.ttf")
    try:
        assert words.measured("Baku", theme.BODY) > 10
    finally:
        words._font.cache_clear()


def test_a_dot_has_its_colour_in_the_middle(surface):
    surface.fill("black")
    Painter().paint(surface, (Dot((50, 50), 8, RED, (255, 255, 255)),))
    assert surface.get_at((50, 50))[:3] == RED
