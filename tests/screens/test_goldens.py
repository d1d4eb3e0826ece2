"""Every screen of a game that is played by script is, word for word and zone for zone, what is kept of it.

`python -m tests.screens.record` renews what is kept, once the difference is as it should be.
"""

from __future__ import annotations

import pytest

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


def test_the_same_game_is_drawn_the_same_twice(now):
    assert listings() == now
