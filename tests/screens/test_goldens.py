"""Every screen of a game that is played by script says what is kept of it: its words, its values, where presses lead.

`python -m tests.screens.record` renews what is kept, once the difference is as it should be.
"""

from __future__ import annotations

import pytest

from game.screen.kit.geometry import Rect
from game.screen.window import SCENES
from tests.screens.record import GOLDEN, listings


@pytest.fixture(scope="module")
def now():
    """What the screens show now."""
    return listings()


def test_every_scene_is_on_the_tour_and_is_kept(now):
    assert set(now) == set(SCENES)
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(SCENES)


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_screen_shows_what_is_kept_of_it(now, scene):
    kept = (GOLDEN / f"{scene}.txt").read_text(encoding="utf-8")
    assert now[scene] == kept


def test_the_same_game_says_the_same_twice_and_with_wider_margins(now, monkeypatch):
    margin = Rect.inset

    def wider(rect, across, down=None):
        down = across if down is None else down
        return margin(rect, across + (across >= 8), down + (down >= 8))

    # The margins of pages, cards and bars are a pixel wider, so everything in them lies elsewhere.
    monkeypatch.setattr(Rect, "inset", wider)
    assert listings() == now


def test_nothing_of_a_layout_is_kept(now):
    for text in now.values():
        assert "Rect(" not in text
