"""From any scene of any game to any other game: nothing that a scene remembers is of the game that is gone."""

from __future__ import annotations

from dataclasses import fields, replace
from functools import lru_cache

import pytest

from game.journal import verify
from game.play import commands as wanted
from game.screen.kit.shapes import focus_ring
from game.screen.messages import (
    Click,
    Go,
    Hover,
    Key,
    Over,
    Swap,
    Tick,
    Wheel,
)
from game.screen.shell import Shell
from game.screen.window import SCENES

GAMES = {
    "solo": wanted.Begin("classroom-triad", ("arda",), 3, None, 3),
    "table": wanted.Begin("classroom-triad", ("borea", "cestia"), 3, None, 3),
    "watched": wanted.Begin("hegemon-and-five", (), 3, None, 4),
    "large": wanted.Begin("south-caucasus-2012", ("azerbaijan",), 3, None, 6),
}
WAITING = ("curtain", "briefing", "inbox", "report")


class Quiet:
    """Stands for the other process and the other thread: they are tried elsewhere."""

    def ask(self, *asked):
        self.asked = asked

    def cancel(self):
        self.asked = ()

    def answer(self, *viewer):
        return None


def by_letters(text, style):
    return len(text) * style.size * 0.5


def window(folder):
    shell = Shell(folder, by_letters)
    shell.director.forecaster = shell.director.retracer = Quiet()
    return shell


def on(shell):
    """A turn later, or at the end."""
    if shell.snapshot.game.side is None:
        shell.ask(wanted.Advance())
        return
    shell.ask(wanted.Commit())
    while shell.snapshot.game.phase in WAITING:
        shell.ask(wanted.Proceed())
        if shell.snapshot.game.phase == "planning" and shell.snapshot.game.side != shell.snapshot.game.seats[0]:
            shell.ask(wanted.Commit())


@pytest.fixture(scope="module", autouse=True)
def scenarios_are_read_once():
    """Every load reads the scenario in the journal; here it is the same few texts again and again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verify, "read_scenario", lru_cache(verify.read_scenario))
        yield


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A folder of kept games: each at its start, after a turn, and finished."""
    folder = tmp_path_factory.mktemp("kept")
    shell = window(folder)
    for name, begin in GAMES.items():
        shell.ask(begin, wanted.Save(f"{name}-start"))
        on(shell)
        shell.ask(wanted.Save(f"{name}-later"))
        if name in ("solo", "watched"):
            while not shell.snapshot.game.finished:
                on(shell)
            shell.ask(wanted.Save(f"{name}-over"))
        shell.ask(wanted.Leave())
    return folder


@pytest.fixture(scope="module")
def shell(kept):
    return window(kept)


SAVES = ["solo-start", "solo-over", "table-later", "watched-over", "large-later"]
WAYS = [("large-later", "solo-start"), ("table-start", "watched-over"), ("solo-over", "large-start"),
        (None, "watched-later")]  # fmt: skip


def load(shell, name):
    shell.ask(wanted.Load(str(shell.director.folder / f"{name}.jsonl")))
    assert shell.window.notice is None or not shell.window.notice.problem, shell.window.notice


def models(shell, scene):
    """What a scene may remember of the game that is on: its states, its disputes, its turns, its last items."""
    game = shell.snapshot.game
    first, second = (game.states[-1].id, game.states[0].id) if game else ("arda", "borea")
    turn = len(game.series) - 1 if game else 3
    remembered = {
        "chosen": first, "first": first, "second": second, "target": first, "state": first, "about": second,
        "quarrel": game.disputes[0].id if game and game.disputes else "islet", "measure": 5, "attribute": 5,
        "dispute": game.disputes[0].id if game and game.disputes else "islet", "turn": turn, "cursor": turn,
        "row": 9, "column": 9, "asked": 3, "scenario": "nowhere", "act": "praise", "over": f"praise {first}",
        "shown": None, "top": 99, "scroll": 99, "line": 99, "finding": 99,
    }  # fmt: skip
    if scene == "log":
        remembered["chosen"] = len(game.record) + 9 if game else 9
    usual = SCENES[scene].Model()
    fitting = {
        each.name: value
        for each in fields(usual)
        if (value := remembered.get(each.name)) is not None
        and (getattr(usual, each.name) is None or type(getattr(usual, each.name)) is type(value))
        and each.name in OF_THE_GAME.get(scene, ())
    }
    return replace(usual, **fitting)


OF_THE_GAME = {
    "board": ("chosen", "quarrel", "measure", "turn", "over", "scroll", "asked"),
    "charts": ("first", "second", "about", "attribute", "cursor", "top"),
    "why": ("first", "second", "turn"), "statement": ("target", "act", "about"), "deal": ("target", "act"),
    "crisis": ("dispute",), "log": ("state", "chosen", "top"), "matrix": ("row", "column"),
    "timeline": ("turn", "first", "second"), "report": ("turn",), "saves": ("scroll",),
    "codex": ("chosen", "top", "line"),
}  # fmt: skip


def look_around(shell):
    """Time passes, the pointer goes over everything, keys are pressed that decide nothing: and all of it is drawn."""
    shapes = shell.shapes()
    shell.send(Tick(0.3), Tick(1.0), Over(""), Wheel(1200.0, 300.0, -2.0), Hover(300.0, 300.0))
    for key in ("tab", "]", "3", "5", "0", "1", "page down"):
        shell.send(Key(key), Tick(0.1))
    shell.shapes()
    for zone in focus_ring(shapes)[:2]:
        shell.send(Over(zone.name), Hover(*zone.rect.centre))
    shell.shapes()


@pytest.mark.parametrize("scene", sorted(SCENES))
def test_any_game_is_loaded_from_any_scene_of_any_other(shell, scene):
    for before, after in WAYS:
        if before is None:
            shell.ask(wanted.Leave())
            shell.send(Swap("title"))
        else:
            load(shell, before)
            shell.send(Swap(models(shell, "board")))
        shell.send(Go(models(shell, scene)), Tick(0.3))
        shell.shapes()
        load(shell, after)
        phase = shell.snapshot.game.phase
        assert shell.scene == {"planning": "board", "over": "debrief"}.get(phase, phase)
        shell.send(Tick(0.3))
        shell.shapes()
        while shell.snapshot.game.phase in WAITING:
            shell.ask(wanted.Proceed())
        look_around(shell)


def test_every_pair_of_kept_games_is_gone_between_with_the_quick_key(shell, kept):
    for before in SAVES:
        load(shell, before)
        shell.send(Key("f5"))
        there = shell.snapshot.game.scenario, len(shell.snapshot.game.series)
        for after in SAVES:
            load(shell, after)
            shell.send(Swap(models(shell, "board")), Tick(0.2))
            # As fast as fingers go: the second key is there before the first has come to anything.
            shell.send(Key("f8"), Key("enter"), Tick(0.1))
            game = shell.snapshot.game
            assert (game.scenario, len(game.series)) == there
            shell.shapes()


def test_the_game_that_brought_the_window_down_is_gone_on_with(tmp_path):
    shell = window(tmp_path)
    shell.ask(wanted.Begin("south-caucasus-2012", ("azerbaijan",), 1))
    shell.send(Key("f5"))
    shell.ask(wanted.Leave(), wanted.Begin("classroom-triad", ("arda",), 1), wanted.Proceed())
    shell.send(Key("]"), Tick(0.1))
    assert shell.window.scene.chosen == "borea"
    shell.send(Key("f8"), Key("enter"), Tick(0.1))
    assert shell.snapshot.game.scenario == "south_caucasus_2012"
    assert shell.window.scene.chosen is None
    assert shell.shapes()


def test_what_was_pinned_in_one_game_is_not_pinned_in_another(shell):
    load(shell, "solo-later")
    shell.ask(wanted.Pin(0))
    assert shell.snapshot.pins == {0}
    load(shell, "solo-start")
    assert shell.snapshot.pins == frozenset()


def test_a_board_is_kept_within_a_game(shell):
    load(shell, "solo-later")
    while shell.snapshot.game.phase in WAITING:
        shell.ask(wanted.Proceed())
    shell.send(Key("]"), Tick(0.1))
    chosen = next(model for model in shell.window.stack if hasattr(model, "watching")).chosen
    assert chosen is not None
    shell.ask(wanted.Branch(0))
    assert next(model for model in shell.window.stack if hasattr(model, "watching")).chosen == chosen


def test_a_click_on_a_game_that_is_gone_hits_nothing_of_it(shell):
    load(shell, "large-later")
    shell.send(Swap(models(shell, "board")), Tick(0.1))
    spots = [zone.rect.centre for zone in focus_ring(shell.shapes())]
    for spot in spots[:12]:
        load(shell, "solo-start")
        shell.send(Click(*spot), Tick(0.1))
        shell.shapes()
