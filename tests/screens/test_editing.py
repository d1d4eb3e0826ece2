"""Text fields: what is typed, pasted, composed, selected and cut, as values and in the window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.screen.kit.editing import Caret, Composing, Stops, inserted, pressed, selected
from game.screen.kit.shapes import named, texts
from game.screen.messages import Click, Drag, Go, Key, Tick, Typed
from game.screen.shell import Shell
from tests.screens.listing import by_letters

KEYS = ("left", "right", "home", "end", "shift+left", "shift+right", "ctrl+left", "ctrl+right", "ctrl+shift+left",
        "shift+home", "shift+end", "ctrl+a", "backspace", "delete", "ctrl+backspace", "ctrl+delete")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "place", "key", "after", "then"),
    [
        ("Baku", 4, "left", "Baku", 3),
        ("Baku", 0, "left", "Baku", 0),
        ("Baku", 2, "backspace", "Bku", 1),
        ("Baku", 2, "delete", "Bau", 2),
        ("two words", 9, "ctrl+left", "two words", 4),
        ("two words", 0, "ctrl+right", "two words", 3),
        ("two words", 9, "ctrl+backspace", "two ", 4),
        ("two words", 4, "home", "two words", 0),
        ("two words", 4, "end", "two words", 9),
        ("", 0, "backspace", "", 0),
    ],
)
def test_keys_edit_at_the_caret(text, place, key, after, then):
    found = pressed(text, Caret(place, place), key)
    assert found is not None
    assert (found[0], found[1].place) == (after, then)


def test_what_is_selected_is_replaced_by_what_is_typed():
    text, caret = pressed("old news", Caret(), "ctrl+a")
    assert selected(text, caret) == "old news"
    assert inserted(text, caret, "نو")[0] == "نو"


def test_shift_selects_and_an_arrow_without_it_lets_go():
    text, caret = pressed("abc", Caret(1, 1), "shift+right")
    assert selected(text, caret) == "b"
    text, caret = pressed(text, caret, "left")
    assert (selected(text, caret), caret.place) == ("", 1)


def test_lines_that_are_pasted_become_one():
    assert inserted("", Caret(), "one\ntwo\t3\x00")[0] == "one two 3 "


def test_a_key_that_edits_nothing_is_left_to_others():
    assert pressed("abc", Caret(), "enter") is None
    assert pressed("abc", Caret(), "f1") is None


@given(st.text(max_size=12), st.lists(st.sampled_from(KEYS), max_size=12))
def test_whatever_keys_are_pressed_the_caret_stays_in_the_text(text, keys):
    caret = Caret()
    for key in keys:
        text, caret = pressed(text, caret, key)
        assert 0 <= caret.place <= len(text)
        assert 0 <= caret.anchor <= len(text)


# ---- in the window


@pytest.fixture
def shell(tmp_path):
    shell = Shell(tmp_path, by_letters)
    shell.send(Go("codex"), Tick(0.1), Key("/"))
    assert shell.window.typing
    return shell


def query(shell):
    return shell.window.scene.query


def test_text_is_typed_where_the_caret_is(shell):
    shell.send(Typed("pldge"), Key("left"), Key("left"), Key("left"), Typed("e"))
    assert query(shell) == "pledge"


def test_letters_of_any_script_are_typed(shell):
    shell.send(Typed("გე"), Typed("Ł"), Typed("שלום"))
    assert query(shell) == "გეŁשלום"


def test_what_is_copied_and_cut_is_pasted(shell):
    shell.send(Typed("trust"), Key("ctrl+a"), Key("ctrl+c"), Key("end"), Key("ctrl+v"))
    assert query(shell) == "trusttrust"
    shell.send(Key("ctrl+a"), Key("ctrl+x"))
    assert query(shell) == ""
    shell.send(Key("ctrl+v"))
    assert query(shell) == "trusttrust"


def test_what_an_input_method_composes_is_seen_and_not_written_until_it_is_done(shell):
    shell.send(Typed("a"), Composing("か"))
    assert query(shell) == "a"
    assert any(each.text == "aか" for each in texts(shell.shapes()))
    shell.send(Composing(""), Typed("火"))
    assert query(shell) == "a火"
    assert not any("か" in each.text for each in texts(shell.shapes()))


def test_a_click_places_the_caret_and_a_drag_selects(shell):
    shell.send(Typed("neutrality"))
    zone = named(shell.shapes(), "search")
    assert isinstance(zone.grip, Stops)
    y = zone.rect.centre[1]
    shell.send(Click(zone.grip.places[3] + 0.4, y))
    assert shell.window.caret.place == 3
    assert shell.window.typing, "a click in the field does not leave it"
    shell.send(Drag(zone.grip.places[5], y, zone.grip.places[5] - zone.grip.places[3], 0.0))
    assert selected(query(shell), shell.window.caret) == "tr"


def test_a_double_click_selects_it_all(shell):
    shell.send(Typed("neutrality"), Tick(1.0))
    x, y = named(shell.shapes(), "search").rect.centre
    shell.send(Click(x, y), Click(x, y, again=True), Typed("x"))
    assert query(shell) == "x"


def test_arrows_move_the_caret_and_not_the_focus(shell):
    shell.send(Typed("ab"))
    before = shell.window.focus
    shell.send(Key("left"), Key("home"))
    assert shell.window.focus == before
    assert shell.window.caret.place == 0


def test_a_field_begins_with_the_caret_at_its_end(shell):
    shell.send(Typed("ab"), Key("home"), Key("escape"), Key("/"), Typed("c"))
    assert query(shell) == "abc"


def test_what_a_field_does_not_take_leaves_the_caret_where_it_was(tmp_path):
    shell = Shell(tmp_path, by_letters)
    shell.send(Go("setup", {"scenario": "classroom_triad"}), Tick(0.1))
    place = named(shell.shapes(), "seed").rect.centre
    shell.send(Click(*place), Typed("12"), Key("left"), Typed("x3"))
    assert shell.window.scene.seed == 132
    assert shell.window.caret.place == 2
