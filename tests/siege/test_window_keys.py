"""A key that is held down moves and writes, and decides nothing: the curtain stays down for whoever leans on Enter."""

from __future__ import annotations

import pygame
import pytest

from game.play import commands as wanted
from game.screen.app import App
from game.screen.kit.frame import KEYS
from game.screen.messages import (
    Go,
    Key,
    Swap,
    Tick,
)
from game.screen.window import MOVING, SCENES

TWO = wanted.Begin("classroom-triad", ("arda", "borea"), 3)


@pytest.fixture
def app(tmp_path):
    return App(tmp_path)


def event(kind, key, written="", mod=0):
    return pygame.event.Event(kind, key=key, mod=mod, unicode=written)


def held(app, key, times, written="", mod=0):
    """A key goes down, is told of again and again, and comes up."""
    for _ in range(times):
        app.handle(event(pygame.KEYDOWN, key, written, mod))
        app.send(Tick(0.05))
    app.handle(event(pygame.KEYUP, key, mod=mod))


def test_the_curtain_does_not_rise_for_a_held_enter(app):
    app.ask(TWO, wanted.Proceed(), wanted.Proceed())
    assert (app.scene, app.snapshot.game.side) == ("board", "arda")
    held(app, pygame.K_RETURN, 20, "\r", pygame.KMOD_CTRL)
    assert (app.scene, app.snapshot.game.side) == ("unfinished", "arda"), "a held key passes no guard"
    app.ask(wanted.Commit())
    assert (app.scene, app.snapshot.game.side) == ("curtain", "borea")
    held(app, pygame.K_RETURN, 20, "\r")
    assert (app.scene, app.snapshot.game.side) == ("briefing", "borea")
    held(app, pygame.K_SPACE, 20, " ")
    assert (app.scene, app.snapshot.game.side) == ("board", "borea")


@pytest.mark.parametrize("key", sorted({*KEYS.values(), "enter", "space", "a", "7"}))
def test_no_held_key_comes_by_the_curtain_or_changes_a_game(app, key):
    app.ask(TWO)
    app.send(Tick(0.1))
    for _ in range(30):
        app.send(Key(key, held=True), Tick(0.05))
    assert (app.scene, app.snapshot.game.side, app.snapshot.game.phase) == ("curtain", "arda", "curtain")
    app.ask(wanted.Proceed(), wanted.Proceed(), wanted.Plan("praise borea"))
    before = app.snapshot.game
    for _ in range(5):
        app.send(Key(key, held=True), Tick(0.05))
    assert app.scene == "board"
    assert app.snapshot.game == before


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_a_held_key_asks_the_engine_for_nothing_that_changes_a_game_in_any_scene(app, scene, monkeypatch):
    app.ask(wanted.Begin("classroom-triad", ("arda",), 3), wanted.Proceed())
    app.send(Swap("board"), Go(scene), Tick(0.1))
    asked = []
    monkeypatch.setattr(app, "carried_out", lambda command: asked.append(command) or ())
    for key in sorted({*KEYS.values(), "enter", "space"}):
        app.send(Key(key, held=True))
    looking = (wanted.Survey, wanted.Explain, wanted.Consider, wanted.Sound, wanted.Forecast, wanted.Trace)
    assert not [each for each in asked if not isinstance(each, (*looking, wanted.Consult, wanted.Inspect))]


def test_a_held_key_goes_on_moving_and_writing(app):
    app.send(Tick(0.1))
    seen = set()
    for _ in range(4):
        app.handle(event(pygame.KEYDOWN, pygame.K_TAB, "\t"))
        seen.add(app.window.focus)
    assert len(seen) == 4
    app.send(Go("codex"), Key("/"))
    assert app.window.scene.typing
    for _ in range(3):
        app.handle(event(pygame.KEYDOWN, pygame.K_e, "e"))
        app.handle(pygame.event.Event(pygame.TEXTINPUT, text="e"))
    app.handle(event(pygame.KEYUP, pygame.K_e))
    held(app, pygame.K_BACKSPACE, 1, "\b")
    assert app.window.scene.query == "ee"


def test_every_key_that_moves_has_an_action():
    assert set(MOVING) <= set(KEYS)


def test_a_key_that_was_let_go_elsewhere_is_not_held(app):
    app.send(Tick(0.1))
    app.handle(event(pygame.KEYDOWN, pygame.K_RETURN, "\r"))
    assert app.scene == "browser"
    app.handle(pygame.event.Event(pygame.WINDOWFOCUSLOST))
    app.send(Swap("title"), Tick(0.1))
    app.handle(event(pygame.KEYDOWN, pygame.K_RETURN, "\r"))
    assert app.scene == "browser"
