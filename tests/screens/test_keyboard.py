"""A whole game from the title to the debrief by the keyboard alone: no mouse, no command but what keys bring about."""

from __future__ import annotations

import pytest

from game.screen.kit.shapes import focus_ring, texts
from game.screen.messages import Key, Tick
from game.screen.shell import Shell
from tests.screens.listing import by_letters


class Typist:
    """Somebody who has a keyboard and eyes."""

    def __init__(self, folder):
        self.shell = Shell(folder, by_letters)

    def keys(self, *names):
        """Press keys, one after the other, time passing between them."""
        for name in names:
            self.shell.send(Key(name), Tick(0.3))

    @property
    def controls(self):
        """The names of what the keyboard can reach now."""
        return [zone.name for zone in focus_ring(self.shell.shapes())]

    def press(self, name):
        """Go round with the tab key until a control has the focus, and press it."""
        for _ in range(len(self.controls) + 2):
            if self.shell.window.focus == name:
                break
            self.keys("tab")
        assert self.shell.window.focus == name, f"{name!r} is not reached in {self.shell.scene}: {self.controls}"
        self.keys("space")

    def press_first(self, *beginnings):
        """Press the first control whose name begins in some way; whether there is one."""
        found = next((name for name in self.controls if name.startswith(beginnings)), None)
        if found is not None:
            self.press(found)
        return found is not None

    @property
    def game(self):
        return self.shell.snapshot.game

    @property
    def words(self):
        return [each.text for each in texts(self.shell.shapes())]


@pytest.fixture
def typist(tmp_path):
    return Typist(tmp_path)


def begun(typist):
    """A game of the classroom triad for Arda, begun from the title; its seed is typed."""
    typist.press("new game")
    typist.press("scenario classroom_triad")
    typist.press("play")
    assert typist.shell.scene == "setup"
    typist.press("side arda")
    typist.press("seed")
    typist.keys(*["backspace"] * 12, "1", "enter")
    typist.press("begin")
    assert (typist.game.side, typist.game.turn) == ("arda", 1)


def played(typist, seen):
    """A turn: what is asked is answered, an order is planned, proposals are accepted, reports are read."""
    while typist.game.phase != "planning":
        seen.add(typist.game.phase)
        if typist.game.phase == "over":
            return
        if typist.game.phase == "inbox" and typist.press_first("accept "):
            seen.add("accepted")
        typist.keys("ctrl+enter" if typist.game.phase == "inbox" else "enter")
        if typist.shell.scene == "unfinished":
            typist.keys("ctrl+enter")
            seen.add("asked")
    seen.add("planning")
    if any(question.chosen is None for question in typist.game.questions):
        assert typist.press_first("option ")
        assert all(question.chosen for question in typist.game.questions)
        seen.add("answered")
    typist.keys("]")
    if typist.press_first("act "):
        assert typist.game.plan
        seen.add("ordered")
    turn = typist.game.turn
    typist.keys("ctrl+enter")
    if typist.shell.scene == "unfinished":
        typist.keys("ctrl+enter")
        seen.add("asked")
    assert typist.game.phase != "planning" or typist.game.turn > turn


def test_a_whole_game_is_played_by_keyboard_from_the_title_to_the_debrief(typist):
    begun(typist)
    seen = set()
    for _ in range(40):
        if typist.game.finished and typist.game.phase == "over":
            break
        played(typist, seen)
    assert typist.game.finished
    assert typist.shell.scene == "debrief"
    assert len(typist.shell.director.lines) == 12
    assert {"briefing", "planning", "inbox", "report", "answered", "ordered", "accepted", "asked"} <= seen
    given = [order for line in typist.shell.director.lines for order in line.orders if order.order.state == "arda"]
    assert given


def test_the_log_and_the_reasons_of_a_relation_are_read_and_left_by_keyboard(typist):
    begun(typist)
    for _ in range(3):
        played(typist, set())
    while typist.game.phase != "planning":
        typist.keys("enter")
    typist.keys("l")
    assert typist.shell.scene == "log"
    assert typist.words
    typist.keys("escape")
    typist.keys("]", "w")
    assert typist.shell.scene == "why"
    account = typist.shell.snapshot.account
    assert sum(row.left for row in account.rows) == pytest.approx(account.relation, abs=1e-9)
    assert any(f"{account.relation:+.0f}".replace("-", "−") in each for each in typist.words)
    typist.keys("escape")
    assert typist.shell.scene == "board"


def test_an_order_is_planned_taken_back_and_planned_again_by_keyboard(typist):
    begun(typist)
    typist.keys("enter", "]")
    assert typist.press_first("act ")
    assert len(typist.game.plan) == 1
    typist.keys("ctrl+z")
    assert not typist.game.plan
    typist.keys("ctrl+y")
    assert len(typist.game.plan) == 1


@pytest.mark.parametrize("key", ["l", "f9", "x", "t", "f1", "?", "s", "d"])
def test_what_a_key_opens_is_left_by_escape_and_the_focus_is_where_it_was(typist, key):
    begun(typist)
    typist.keys("enter", "]", "tab", "tab")
    before, focus = typist.shell.scene, typist.shell.window.focus
    typist.keys(key)
    opened = typist.shell.scene
    assert opened != before
    for _ in range(3):
        if typist.shell.scene != before:
            typist.keys("escape")
    assert (typist.shell.scene, typist.shell.window.focus) == (before, focus)


@pytest.mark.parametrize("key", [None, "l", "s", "d", "x", "f1", "?"])
def test_every_control_is_reached_in_one_round_of_the_tab_key(typist, key):
    begun(typist)
    typist.keys("enter", "]", *([key] if key else []))
    ring = typist.controls
    assert len(set(ring)) == len(ring), "two controls have one name"
    reached = set()
    for _ in ring:
        typist.keys("tab")
        reached.add(typist.shell.window.focus)
    assert reached == set(ring)
