"""The window as a value: a stack of scenes, the focus, keys, clicks and notices, all without a screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import commands as wanted
from game.play.commands import Answered
from game.play.dispatch import Director
from game.play.snapshot import Save, Snapshot
from game.screen.kit.focus import after, towards
from game.screen.kit.frame import Settings
from game.screen.kit.geometry import Rect
from game.screen.kit.shapes import (
    Zone,
    focus_ring,
    named,
    texts,
)
from game.screen.messages import (
    Back,
    Click,
    Go,
    Hover,
    Key,
    Phase,
    Quit,
    Resized,
    Swap,
    Tick,
)
from game.screen.scenes import board, title
from game.screen.window import (
    PHASES,
    SCENES,
    Window,
    update,
    view,
)


def by_letters(text, style):
    """A measure that needs no font."""
    return len(text) * style.size * 0.5


@pytest.fixture
def snapshot(tmp_path):
    """What is shown before any game."""
    director = Director(tmp_path)
    director.carry_out(wanted.Refresh())
    return director.snapshot()


@pytest.fixture
def window():
    return Window((title.Model(),), by_letters)


def after_messages(window, snapshot, *messages):
    """The window after some messages, and all commands that came of them."""
    commands = []
    for message in messages:
        window, more = update(window, message, snapshot)
        commands += more
    return window, commands


def names(window, snapshot):
    return [zone.name for zone in focus_ring(view(window, snapshot))]


def words(window, snapshot):
    return [each.text for each in texts(view(window, snapshot))]


def test_every_scene_has_a_model_of_its_own_an_update_and_a_view():
    assert len({module.Model for module in SCENES.values()}) == len(SCENES)
    for name, module in SCENES.items():
        assert callable(module.update), name
        assert callable(module.view), name
        assert module.Model() == module.Model(), name


def test_a_click_on_a_button_does_what_its_key_press_does(window, snapshot):
    button = named(view(window, snapshot), "new game")
    clicked, _ = update(window, Click(*button.rect.centre), snapshot)
    pressed, _ = update(replace(window, focus="new game"), Key("enter"), snapshot)
    assert type(clicked.scene) is type(pressed.scene) is SCENES["browser"].Model


def test_a_click_beside_everything_changes_no_scene(window, snapshot):
    clicked, commands = update(window, Click(1279.0, 1.0), snapshot)
    assert (clicked.stack, commands) == (window.stack, ())


def test_tab_goes_round_every_control_and_back(window, snapshot):
    ring = names(window, snapshot)
    start = replace(window, focus=None)
    forward, _ = after_messages(start, snapshot, *[Key("tab")] * len(ring))
    assert forward.focus == ring[-1]
    assert after_messages(forward, snapshot, Key("tab"))[0].focus == ring[0]
    assert after_messages(start, snapshot, Key("shift+tab"))[0].focus == ring[-1]


def test_arrows_go_to_the_nearest_control_that_way(window, snapshot):
    below, _ = after_messages(replace(window, focus="new game"), snapshot, Key("down"))
    here, there = (named(view(window, snapshot), name).rect for name in ("new game", below.focus))
    assert there.y >= here.bottom
    assert after_messages(below, snapshot, Key("up"))[0].focus == "new game"


def test_arrows_prefer_what_lies_ahead_to_what_lies_aside():
    ring = [
        Zone(Rect(0, 0, 100, 20), None, "a"),
        Zone(Rect(300, 22, 100, 20), None, "aside"),
        Zone(Rect(0, 80, 100, 20), None, "ahead"),
    ]
    assert towards(ring, "a", "down") == "ahead"
    assert towards(ring, "a", "right") == "aside"
    assert towards(ring, "a", "up") is None
    assert towards(ring, None, "down") == "a"
    assert after(ring, "ahead", 1) == "a"
    assert after((), "a", 1) is None


def test_what_is_left_gives_the_focus_back(window, snapshot):
    opened, _ = after_messages(replace(window, focus="new game"), snapshot, Key("enter"), Key("tab"))
    assert opened.focus != "new game"
    left, _ = after_messages(opened, snapshot, Key("escape"))
    assert type(left.scene) is title.Model
    assert left.focus == "new game"


def test_the_last_scene_is_not_left(window, snapshot):
    left, _ = after_messages(window, snapshot, Key("escape"), Back())
    assert left.stack == window.stack


def test_the_keys_open_from_every_scene_and_only_once(window, snapshot):
    opened, _ = after_messages(window, snapshot, Key("?"), Key("?"))
    assert [type(model) for model in opened.stack] == [title.Model, SCENES["shortcuts"].Model]


def test_a_key_that_was_chosen_anew_works_in_place_of_the_usual_one(window, snapshot):
    usual = Settings()
    window = replace(window, settings=replace(usual, keys={**usual.keys, "next": "n"}))
    assert after_messages(replace(window, focus=None), snapshot, Key("tab"))[0].focus is None
    assert after_messages(replace(window, focus=None), snapshot, Key("n"))[0].focus == names(window, snapshot)[0]


def test_a_notice_is_shown_and_goes_by_itself(window, snapshot):
    shown, _ = update(window, Answered("The game is kept.", problem=False), snapshot)
    assert "The game is kept." in words(shown, snapshot)
    later, _ = update(shown, Tick(6.0), snapshot)
    assert "The game is kept." not in words(later, snapshot)


def test_the_hint_of_what_the_pointer_or_the_keyboard_is_on_is_shown(window):
    snapshot = Snapshot(saves=(Save("evening.jsonl", "classroom_triad", "evening", "arda", 3, "March 2001"),))
    place = named(view(window, snapshot), "continue")
    hovered, _ = update(window, Hover(*place.rect.centre), snapshot)
    focused, _ = update(replace(window, focus="quit"), Key("shift+tab"), snapshot)
    focused = replace(focused, focus="continue", over="continue")
    assert place.hint
    for each in (hovered, focused):
        assert any(place.hint.startswith(text) for text in words(each, snapshot)[-3:])
    silent = replace(hovered, settings=replace(hovered.settings, tips=False))
    assert len(words(silent, snapshot)) < len(words(hovered, snapshot))


@pytest.mark.parametrize("phase", [*PHASES, "planning"])
def test_a_phase_shows_its_scene_over_the_board_as_it_was_left(window, snapshot, phase):
    left = board.Model(mode="change")
    window = replace(window, stack=(left, title.Model()))
    shown, _ = update(window, Phase(phase), snapshot)
    assert shown.stack[0] == left
    over = [type(model) for model in shown.stack[1:]]
    assert over == ([SCENES[PHASES[phase]].Model] if phase in PHASES else [])


def test_scenes_are_opened_by_name_swapped_and_closed(window, snapshot):
    opened, _ = after_messages(window, snapshot, Go("browser", {"chosen": 1}))
    assert opened.scene.chosen == 1
    swapped, _ = after_messages(opened, snapshot, Swap("title"))
    assert swapped.stack == (title.Model(),)
    closed, _ = after_messages(swapped, snapshot, Quit())
    assert not closed.open


def test_a_window_of_any_size_is_laid_out_within_it(window, snapshot):
    for size in ((640.0, 360.0), (1280.0, 720.0), (2560.0, 1080.0)):
        sized, _ = update(window, Resized(*size), snapshot)
        for zone in focus_ring(view(sized, snapshot)):
            assert zone.rect.right <= size[0] + 1
            assert zone.rect.bottom <= size[1] + 1
