"""Every line of text on every screen, measured with the real fonts: it fits its box, is large enough and stands out.

The screens are those of the tour, in a game with a map and in one without, laid out for the usual window, for one at
twice the scale, and for a small one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from game.play.commands import Begin
from game.screen.kit import theme
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Area,
    Clip,
    Dot,
    Flag,
    Ground,
    Panel,
    Ribbon,
    Words,
    zones,
)
from game.screen.messages import Resized
from game.screen.paint.words import measured
from game.screen.shell import Shell
from game.screen.tour import tour
from game.screen.window import update, view

SIZES = {"1280x720": (1280.0, 720.0, 1.0), "1280x720 at scale 2": (640.0, 360.0, 2.0), "640x400": (640.0, 400.0, 1.0)}
GAMES = {
    "a map": Begin("south-caucasus-2012", ("azerbaijan",), 3, turns=6),
    "no map": Begin("classroom-triad", ("arda",), 1, turns=8),
}
SHORTENED = {
    "matrix": "the heads of columns, which the rows have in full",
    "charts": "lines, named in full in their hints",
}
"""Scenes that shorten names of states on purpose where the window is small."""
LINE = 1.05
"""How high a line of text is at least, in sizes of its letters."""


@dataclass(frozen=True)
class Screen:
    """A screen as it is laid out for a window, and the pixels a logical pixel has."""

    scene: str
    size: str
    scale: float
    shapes: tuple[object, ...]

    def __str__(self):
        return f"{self.scene} at {self.size}"


@pytest.fixture(scope="module", params=GAMES)
def screens(request, tmp_path_factory):
    """Every screen of a tour at every size."""
    shell = Shell(tmp_path_factory.mktemp("tour"), measured)
    return [
        _laid_out(shell, name, size) for name in tour(shell, GAMES[request.param]) for size in SIZES
    ]  # fmt: skip


def _laid_out(shell, name, size):
    width, height, scale = SIZES[size]
    window = replace(shell.window, measure=lambda text, style: measured(text, style, scale))
    window, _ = update(window, Resized(width, height), shell.snapshot)
    return Screen(name, size, scale, view(window, shell.snapshot))


def lines(shapes, within=None, under=()) -> Iterator[tuple[Words, tuple[object, ...], Rect | None]]:
    """Every line of text with what was drawn before it, and the clip that it lies in."""
    drawn = list(under)
    for shape in shapes:
        if isinstance(shape, Clip):
            yield from lines(shape.shapes, shape.rect if within is None else shape.rect.shared(within), drawn)
            drawn += shape.shapes
        else:
            if isinstance(shape, Words) and shape.text:
                yield shape, tuple(drawn), within
            drawn.append(shape)


def told(problems):
    return "\n".join(sorted(set(problems)))


def test_no_text_is_smaller_than_can_be_read(screens):
    problems = [
        f"{screen}: {words.text!r} has {words.style.size}"
        for screen in screens
        for words, _, _ in lines(screen.shapes)
        if words.style.size < 12
    ]
    assert not problems, told(problems)


def test_no_text_is_cut_off_where_it_has_to_be_read_whole(screens):
    """Text outside of lists fits its box; in lists it may be shortened, since a row can be opened."""
    problems = [
        f"{screen}: {words.text!r} has a width of {words.rect.width:.0f}"
        for screen in screens
        for words, _, within in lines(screen.shapes)
        if within is None
        and not (screen.scene in SHORTENED and screen.size != "1280x720")
        and measured(words.text, words.style, screen.scale) > words.rect.width + 1.0
    ]
    assert not problems, told(problems)


def test_every_line_of_text_has_the_height_of_its_letters(screens):
    problems = [
        f"{screen}: {words.text!r} of size {words.style.size} has a height of {words.rect.height:.1f}"
        for screen in screens
        for words, _, _ in lines(screen.shapes)
        if words.rect.height < words.style.size * LINE - 0.5
    ]
    assert not problems, told(problems)


def test_text_stands_out_from_the_panel_under_it(screens):
    problems = []
    for screen in screens:
        for words, under, _ in lines(screen.shapes):
            ground = _ground(words, under)
            if ground is not None and theme.contrast(words.colour, ground) < 4.5:
                problems.append(
                    f"{screen}: {words.text!r} {words.colour} on {ground}: {theme.contrast(words.colour, ground):.1f}"
                )
    assert not problems, told(problems)


def test_what_is_below_zero_has_a_minus_sign_and_zero_has_none(screens):
    """A hyphen is half as wide as the figures beside it, and nothing is less than nothing."""
    wrong = re.compile(r"(?<![\w-])-\d|[+\N{MINUS SIGN}]0(?:\.0+)?(?![\d.])")
    problems = [
        f"{screen}: {words.text!r}"
        for screen in screens
        for words, _, _ in lines(screen.shapes)
        if wrong.search(words.text)
    ]
    assert not problems, told(problems)


def test_a_percentage_is_never_parted_from_its_sign(screens):
    problems = [
        f"{screen}: {words.text!r}"
        for screen in screens
        for words, _, _ in lines(screen.shapes)
        if re.search(r"(^|\s)%", words.text)
    ]
    assert not problems, told(problems)


def test_the_date_of_a_turn_is_written_alike_everywhere(screens):
    """In words, as it is read; only when a file was kept is said in figures, to the minute."""
    problems = [
        f"{screen}: {words.text!r}"
        for screen in screens
        for words, _, _ in lines(screen.shapes)
        if re.search(r"\b(19|20)\d\d-\d\d\b(?!-\d\d \d\d:)", words.text)
    ]
    assert not problems, told(problems)


def test_keys_are_written_as_they_are_on_a_keyboard(screens):
    raw = re.compile(r"\b(ctrl|shift|alt)\+|(Key: |· )(escape|enter|tab|space|home|[a-z]|f\d+)$", re.MULTILINE)
    problems = []
    for screen in screens:
        said = [words.text for words, _, _ in lines(screen.shapes)]
        said += [zone.hint for zone in zones(screen.shapes)]
        problems += [f"{screen}: {text!r}" for text in said if raw.search(text)]
    assert not problems, told(problems)


def _ground(words, under):
    """The colour of the panel that a text stands on; None where it stands on something else."""
    x, y = words.rect.centre
    for shape in reversed(under):
        if isinstance(shape, Panel) and shape.rect.holds(x, y):
            return shape.colour if shape.opacity >= 0.9 else None
        if isinstance(shape, (Ground, Flag)) and shape.rect.holds(x, y):
            return None
        if isinstance(shape, (Area, Ribbon, Dot)):
            return None
    return None
