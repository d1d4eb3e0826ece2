"""What the system tells of pointer and keyboard, and what the window is told of it."""

from __future__ import annotations

import pygame
import pytest

from game.screen.inputs import merged, messages, named, writes
from game.screen.kit.frame import KEYS, spoken
from game.screen.layout import PLACES, learnt
from game.screen.messages import Click, Drag, Hover, Key

AMERICAN = {names[0]: names[0] for names in PLACES.values()}
RUSSIAN = {
    **AMERICAN,
    **dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,./", "йцукенгшщзхъфывапролджэячсмитьбю.", strict=True)),
}
GERMAN = {
    place: letter
    for place, letter in {**AMERICAN, "z": "y", "y": "z", "-": "ß", "[": "ü", "]": "+", "/": "-"}.items()
    if place != "="
}
FRENCH = {**AMERICAN, "q": "a", "a": "q", "w": "z", "z": "w", ";": "m", "m": ",", "/": "!", "]": "$", "-": ")"}
LAYOUTS = {"us": AMERICAN, "ru": RUSSIAN, "de": GERMAN, "fr": FRENCH}


def moved(x, y, across, down, *, held=True):
    return pygame.event.Event(
        pygame.MOUSEMOTION, {"pos": (x, y), "rel": (across, down), "buttons": (int(held), 0, 0), "touch": False}
    )


def let_go(x, y):
    return pygame.event.Event(pygame.MOUSEBUTTONUP, {"pos": (x, y), "button": 1, "touch": False})


def pressed(key, mod=0, unicode="", scancode=0):
    return pygame.event.Event(pygame.KEYDOWN, {"key": key, "mod": mod, "unicode": unicode, "scancode": scancode})


def at(place, layout, mod=0):
    """A press on the key at a place of the American keyboard, on a keyboard laid out in another way."""
    letter = layout[place]
    scancode = next(code for code, names in PLACES.items() if names[0] == place)
    written = letter.upper() if mod & (pygame.KMOD_SHIFT | pygame.KMOD_CAPS) else letter
    return pressed(ord(letter), mod, written, scancode)


def test_a_drag_in_many_steps_is_one_drag_by_as_much():
    (event,) = merged([moved(101, 50, 1, 0), moved(104, 52, 3, 2), moved(103, 55, -1, 3)])
    assert list(messages(event, 1.0, dragging=True)) == [Hover(103, 55), Drag(103, 55, 3, 5)]


def test_what_happens_between_two_motions_stays_between_them():
    events = list(merged([moved(1, 1, 1, 1), moved(2, 2, 1, 1), let_go(2, 2), moved(9, 9, 7, 7, held=False)]))
    told = [message for event in events for message in messages(event, 1.0, dragging=False)]
    assert told == [Hover(2, 2), Click(2, 2, 1), Hover(9, 9)]


def test_a_motion_with_the_button_down_is_none_with_it_up():
    assert len(list(merged([moved(1, 1, 1, 1), moved(2, 2, 1, 1, held=False)]))) == 2


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("place", ["s", "d", "w", "z", "[", "]", "/", "1"])
def test_a_bare_key_is_named_by_its_place_whatever_it_writes(layout, place):
    assert named(at(place, layout))[0] == place
    assert named(at(place, layout, pygame.KMOD_CAPS))[0] == place
    assert named(at(place, layout, pygame.KMOD_NUM))[0] == place


def test_a_letter_that_lies_elsewhere_is_found_by_what_it_writes():
    assert "w" in named(at("z", FRENCH))
    assert "m" in named(at(";", FRENCH))
    assert "m" in named(at(";", FRENCH, pygame.KMOD_CAPS)), "Caps Lock changes nothing"


def test_with_control_a_latin_letter_counts_where_it_is_written_and_any_other_by_its_place():
    control = pygame.KMOD_LCTRL
    assert named(at("y", GERMAN, control))[0] == "ctrl+z"
    assert named(at("w", FRENCH, control))[0] == "ctrl+z"
    assert named(at("z", RUSSIAN, control))[0] == "ctrl+z"
    assert named(at("z", AMERICAN, control)) == ("ctrl+z",)


def test_what_alt_gr_writes_is_no_shortcut():
    polish = pressed(pygame.K_a, pygame.KMOD_RALT, "ą", pygame.KSCAN_A)
    windows = pressed(pygame.K_q, pygame.KMOD_RALT | pygame.KMOD_LCTRL, "@", pygame.KSCAN_Q)
    mode = pressed(pygame.K_9, pygame.KMOD_MODE, "]", pygame.KSCAN_9)
    assert [named(each) for each in (polish, windows, mode)] == [("ą",), ("@",), ("]",)]
    assert all(writes(each) for each in (polish, windows, mode))
    right = pressed(pygame.K_a, pygame.KMOD_RALT, "a", pygame.KSCAN_A)
    assert named(right) == ("alt+a",), "the right Alt key of an American keyboard writes nothing of its own"


def test_a_dead_key_is_known_by_its_place_and_writes_nothing_yet():
    dead = pressed(1 << 30, 0, "", pygame.KSCAN_LEFTBRACKET)
    assert named(dead) == ("[",)


def test_the_number_pad_has_digits_with_num_lock_and_arrows_without():
    assert named(pressed(pygame.K_KP4, pygame.KMOD_NUM, "4", 92)) == ("4",)
    assert named(pressed(pygame.K_KP4, 0, "", 92)) == ("left",)
    assert named(pressed(pygame.K_KP_ENTER, 0, "\r", 88)) == ("enter",)
    assert named(pressed(pygame.K_KP_PLUS, 0, "+", 87)) == ("+",)


def test_a_modifier_alone_is_no_key():
    assert named(pressed(pygame.K_LSHIFT, pygame.KMOD_LSHIFT, "", 225)) == ()


def test_one_may_zoom_in_without_shift():
    event = at("=", AMERICAN)
    assert list(messages(event, 1.0)) == [Key("=", False, ("+",))]


def test_a_chord_writes_no_text_and_a_blank_does():
    assert not writes(at("z", RUSSIAN, pygame.KMOD_LCTRL))
    assert not writes(pressed(pygame.K_RETURN, 0, "\r", 40))
    assert writes(pressed(pygame.K_SPACE, 0, " ", 44))
    assert writes(at("s", RUSSIAN))


def test_keys_are_shown_as_they_stand_on_the_persons_keyboard():
    assert [spoken(key) for key in ("s", "ctrl+z", "?", "+", "-", "ctrl+enter")] == [
        "S", "Ctrl + Z", "?", "+", "−", "Ctrl + Enter",
    ]  # fmt: skip
    assert [spoken(key, RUSSIAN) for key in ("s", "ctrl+z", "[", "1", "?")] == ["Ы", "Ctrl + Я", "Х", "1", "Shift + ."]
    assert [spoken(key, GERMAN) for key in ("[", "]", "ctrl+z", "-")] == ["Ü", "+", "Ctrl + Z", "ß"]
    assert [spoken(key, FRENCH) for key in ("w", "q", "6", "ctrl+1")] == ["Z", "A", "6", "Ctrl + 1"]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_no_two_commands_are_shown_with_one_key(layout):
    shown = [spoken(key, layout) for key in KEYS.values()]
    assert len(set(shown)) == len(shown)


def test_what_stands_on_the_keys_is_learnt_where_it_cannot_be_asked():
    known = learnt({}, pygame.KSCAN_S, ord("ы"))
    assert known["s"] == "ы"
    assert known["d"] == "d"
    assert learnt({}, pygame.KSCAN_S, ord("s")) == {}
    assert learnt(known, pygame.KSCAN_S, 1 << 30) == known
