"""Around the game: title, scenarios, setup, settings, saves, keys, an author's file, tones; and what may go wrong."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.files import shipped_scenarios
from game.match.difficulty import LEVELS
from game.play import commands as wanted
from game.play.commands import Answered
from game.play.dispatch import Director
from game.play.library import QUICK
from game.screen import sound
from game.screen.keyboard import groups
from game.screen.kit.frame import KEYS, Settings, spoken
from game.screen.kit.shapes import (
    Ground,
    Icon,
    Line,
    focus_ring,
    named,
    texts,
)
from game.screen.map.thumbnails import picture
from game.screen.messages import (
    Click,
    Go,
    Key,
    Swap,
    Tick,
)
from game.screen.preferences import read_settings, write_settings
from game.screen.scenes import setup, title
from game.screen.shell import Shell

TRIAD = shipped_scenarios()["classroom_triad"]
SIZES = ((1280.0, 720.0), (640.0, 400.0), (640.0, 360.0), (1920.0, 1080.0))
SCENES = ("title", "browser", "setup", "settings", "saves", "shortcuts", "authoring")


def width_of(text, style):
    return len(text) * style.size * 0.5


@pytest.fixture
def shell(tmp_path):
    """A window without a screen, over a folder that has a scenario of one's own with an error in it."""
    own = tmp_path / "scenarios"
    own.mkdir()
    (own / "mine.yaml").write_text(TRIAD.read_text(encoding="utf-8").replace("turns: 12", "turns: many"), "utf-8")
    shell = Shell(tmp_path, width_of)
    shell.send(Tick(0.1))
    return shell


def press(shell, name):
    shell.send(Click(*named(shell.shapes(), name).rect.centre))


def said(shell):
    return " ".join(words.text for words in texts(shell.shapes()))


def test_the_title_has_the_focus_on_its_main_button_and_enter_goes_on(shell):
    assert shell.window.focus == "new game"
    shell.send(Key("enter"))
    assert shell.scene == "browser"
    shell.send(Key("escape"))
    assert shell.scene == "title"


def test_continue_goes_on_with_the_last_game_that_can_be_loaded(shell):
    shell.ask(wanted.Begin("classroom-triad", ("borea",), 3), wanted.Leave())
    (shell.director.folder / "torn.jsonl").write_text("no journal", "utf-8")
    shell.send(Swap("title"), Tick(0.1))
    assert shell.window.focus == "continue"
    shell.send(Key("enter"))
    assert shell.snapshot.game.side == "borea"
    assert shell.scene != "title"


def test_the_titles_map_turns_from_view_to_view_and_stands_still_without_motion():
    assert title.turned(0.0, 5, motion=True) == (0, 1, 0.0)
    _, _, share = title.turned(title.REST + title.TURN / 2, 5, motion=True)
    assert 0.4 < share < 0.6
    assert title.turned(title.REST + title.TURN, 5, motion=True)[0] == 1
    assert {title.turned(clock, 5, motion=False) for clock in range(60)} == {(0, 0, 0.0)}


def test_the_browser_lists_a_broken_scenario_with_the_line_and_does_not_play_it(shell):
    shell.send(Go("browser"), Tick(0.1))
    press(shell, "scenario mine")
    text = TRIAD.read_text(encoding="utf-8").split("\n")
    line = next(number for number, each in enumerate(text, 1) if each.startswith("turns: 12"))
    assert f"Line {line}, column" in said(shell)
    assert "cannot be played" in said(shell)
    press(shell, "play")
    assert shell.scene == "authoring"
    assert shell.snapshot.game is None


def test_the_browser_shows_how_a_scenario_begins_on_a_map_or_as_a_graph(shell):
    shell.send(Go("browser"), Tick(0.1))
    for entry, geographic in (("south_caucasus_2012", True), ("classroom_triad", False)):
        sketch = next(each.sketch for each in shell.snapshot.entries if each.id == entry)
        shapes = picture(shell.window.frame, shell.window.frame.rect, sketch)[0].shapes
        assert any(isinstance(shape, Ground) for shape in shapes) == geographic
        assert any(isinstance(shape, Line) for shape in shapes) != geographic


def test_the_picture_of_a_scenario_is_the_board_it_begins_with(shell):
    for entry in shell.snapshot.entries:
        if entry.sketch is not None:
            director = Director(shell.folder / "games")
            director.carry_out(wanted.Begin(entry.id, (), 1))
            assert entry.sketch.relations == director.snapshot().game.series[0]


def test_a_game_for_two_at_one_table_is_set_up_and_begun(shell):
    shell.send(Go("setup", {"scenario": "classroom_triad"}))
    for name in ("mode table", "side cestia", "level expert", "length 6", "seed"):
        press(shell, name)
    shell.send(Key("4"), Key("2"), Key("backspace"), Key("7"), Key("enter"))
    press(shell, "begin")
    game, match = shell.snapshot.game, shell.director.current
    assert set(game.seats) == {"cestia", setup.seated(setup.Model(), _entry(shell, "classroom_triad"))[0]}
    assert game.turns == 6
    assert match.setup.seed == 47
    assert dict(match.setup.parameters).items() >= LEVELS["expert"].items()


def _entry(shell, name):
    return next(each for each in shell.snapshot.entries if each.id == name)


def test_a_drawn_seed_differs_from_moment_to_moment_and_none_is_needed(shell):
    assert len({setup.drawn(moment / 1000) for moment in range(500)}) > 450
    shell.send(Go("setup", {"scenario": "classroom_triad", "mode": "watch"}), Tick(0.25))
    press(shell, "begin")
    assert shell.snapshot.game.side is None
    assert shell.director.current.setup.seed == setup.drawn(0.25)


def test_every_level_of_difficulty_is_offered_by_its_name():
    assert {name for name, _, _ in setup.LEVELS} == set(LEVELS)


def test_a_shorter_game_stays_shorter_when_it_is_loaded(shell):
    shell.ask(wanted.Begin("classroom-triad", ("arda",), 3, None, 4), wanted.Save("short"), wanted.Leave())
    shell.ask(wanted.Load(str(shell.director.folder / "short.jsonl")))
    assert shell.snapshot.game.turns == 4


def test_a_setting_holds_at_once_and_is_kept(shell):
    shell.send(Go("settings"))
    press(shell, "scale 1.5")
    press(shell, "motion off")
    assert (shell.window.settings.scale, shell.window.settings.motion) == (1.5, False)
    assert read_settings(shell.folder / "settings.json") == shell.window.settings


def test_a_key_is_changed_by_pressing_another(shell):
    shell.send(Go("settings", {"part": "keys"}))
    press(shell, "key codex")
    shell.send(Key("tab"))
    assert "Next control" in said(shell)  # tab is taken, and the settings say by what
    assert shell.window.settings.key("codex") == KEYS["codex"]
    press(shell, "key codex")
    shell.send(Key("f2"))
    assert shell.window.settings.key("codex") == "f2"
    assert not shell.window.settings.conflicts()
    press(shell, "key codex")
    shell.send(Key("escape"))
    assert (shell.scene, shell.window.settings.key("codex")) == ("settings", "f2")
    press(shell, "usual keys")
    assert shell.window.settings.keys == KEYS


def test_every_key_stands_in_the_overview_as_it_is_set_now(shell):
    assert sorted(action for group in groups().values() for action in group) == sorted(KEYS)
    shell.window = replace(shell.window, settings=replace(Settings(), keys={**KEYS, "log": "f6"}), size=(1280, 2000))
    shell.send(Key("?"))
    shown = [words.text for words in texts(shell.shapes())]
    assert shell.scene == "shortcuts"
    assert all(spoken(shell.window.settings.key(action)) in shown for action in KEYS)
    assert "F6" in shown
    shell.send(Key("?"), Key("escape"))
    assert shell.scene == "title"


def test_f5_and_f8_save_and_load_from_any_scene_of_a_game(shell):
    shell.ask(wanted.Begin("classroom-triad", (), 3))
    shell.send(Go("settings"), Key("f5"))
    assert (shell.director.folder / QUICK).is_file()
    shell.ask(wanted.Advance())
    assert len(shell.snapshot.game.series) == 2
    shell.send(Go("shortcuts"), Key("f8"))
    assert len(shell.snapshot.game.series) == 1
    assert shell.scene == "board"


def test_a_save_is_named_loaded_and_deleted_only_after_a_question(shell):
    shell.ask(wanted.Begin("classroom-triad", ("arda",), 3))
    shell.send(Go("saves"), Tick(0.1))
    press(shell, "name")
    shell.send(*(Key(letter) for letter in "my game?/.."))
    press(shell, "save as")
    path = shell.director.folder / "my game.jsonl"
    assert path.is_file()
    press(shell, "save my game")
    press(shell, "delete")
    assert path.is_file()
    press(shell, "keep it")
    press(shell, "delete")
    press(shell, "delete for good")
    assert not path.exists()
    assert "my game" not in [save.title for save in shell.snapshot.saves]


def test_the_game_that_is_played_cannot_be_deleted_nor_any_other_file(shell, tmp_path):
    shell.ask(wanted.Begin("classroom-triad", ("arda",), 3))
    other = tmp_path / "letter.jsonl"
    other.write_text("dear all", "utf-8")
    for path in (shell.director.path, other):
        assert shell.director.carry_out(wanted.Delete(str(path))).problem
        assert path.exists()


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\xff\xfe\x00", b"{}\n", b"[1, 2]\n", b'{"format": 99}\n'])
def test_a_broken_save_says_what_is_wrong_and_the_rest_still_works(shell, content):
    shell.ask(wanted.Begin("classroom-triad", ("arda",), 3), wanted.Save("good"), wanted.Leave())
    bad = shell.director.folder / "bad.jsonl"
    bad.write_bytes(content)
    shell.send(Go("saves"), Tick(0.1))
    press(shell, "save bad")
    assert "no game that can be loaded" in said(shell)
    assert "load" not in [zone.name for zone in focus_ring(shell.shapes())]
    refusal = shell.director.carry_out(wanted.Load(str(bad)))
    assert refusal.problem
    assert refusal.text
    press(shell, "save good")
    press(shell, "load")
    assert shell.snapshot.game.side == "arda"


def test_a_damaged_save_goes_on_from_its_last_whole_turn_and_what_was_damaged_is_kept(shell):
    shell.ask(wanted.Begin("classroom-triad", (), 3), wanted.Advance(), wanted.Advance())
    path = shell.director.path
    torn = path.read_bytes()[:-400]
    shell.ask(wanted.Leave())
    path.write_bytes(torn)
    shell.ask(wanted.Load(str(path)))
    assert len(shell.snapshot.game.series) == 2
    assert path.with_name(f"{path.name}.damaged").read_bytes() == torn


def test_without_a_quick_save_there_is_a_sentence_and_no_fall(shell):
    refusal = shell.director.carry_out(wanted.Load())
    assert (refusal.problem, refusal.text) == (True, "there is no quick save yet")
    shell.ask(wanted.Begin("classroom-triad", ("arda",), 3))
    shell.send(Key("f8"))
    assert "There is no quick save yet." in said(shell)


def test_a_loaded_game_is_announced_by_its_title(shell):
    shell.ask(wanted.Begin("classroom-triad", (), 3), wanted.Advance())
    title_of = {each.id: each.title for each in shell.snapshot.entries}["classroom_triad"]
    shell.send(Key("f5"), Key("f8"))
    assert f"{title_of}, turn 1." in said(shell)


def test_a_folder_that_cannot_be_written_is_told_and_the_game_goes_on(tmp_path):
    (tmp_path / "games").write_text("a file where the folder should be", "utf-8")
    shell = Shell(tmp_path, width_of)
    shell.ask(wanted.Begin("classroom-triad", (), 3))
    assert "can't be kept" in shell.window.notice.text
    shell.ask(wanted.Advance())
    assert len(shell.snapshot.game.series) == 2
    assert shell.director.carry_out(wanted.Save()).problem


@pytest.mark.parametrize(
    "kept",
    ["", "{", "[]", '"x"', '{"scale": "big", "motion": 3, "keys": 7}', '{"scale": NaN}', '{"keys": {"end turn": 5}}',
     '{"keys": {"log": "d"}}', '{"unheard of": true}', "\x00"],
)  # fmt: skip
def test_unreadable_settings_are_the_usual_ones(tmp_path, kept):
    path = tmp_path / "settings.json"
    path.write_text(kept, "utf-8")
    assert read_settings(path) == Settings()


def test_what_can_be_read_of_settings_holds(tmp_path):
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"scale": 2, "sound": False, "motion": "never"}), "utf-8")
    assert read_settings(path) == replace(Settings(), scale=2.0, sound=False)
    write_settings(tmp_path / "settings.json" / "below a file.json", Settings())  # nothing to see, and no fall


def test_an_authors_file_is_read_again_when_it_is_saved_and_keeps_its_last_good_picture(shell, tmp_path):
    path = tmp_path / "draft.yaml"
    text = TRIAD.read_text(encoding="utf-8")
    path.write_text(text, "utf-8")
    shell.send(Go("authoring"))
    press(shell, "path")
    shell.send(*(Key("space" if letter == " " else letter) for letter in str(path)), Key("enter"))
    assert shell.snapshot.inspection.whole
    assert "Nothing to mend" in said(shell) or "hint" in said(shell) or "warning" in said(shell)
    time.sleep(0.01)
    path.write_text(text.replace("personality: hedger", "personality: hegder"), "utf-8")
    shell.send(Tick(0.6))
    found = shell.snapshot.inspection
    assert (found.whole, found.sketch is None) == (False, False)
    problem = next(each for each in found.findings if each.severity == "error")
    assert text.split("\n")[problem.line - 1].strip().startswith("personality: hedger")
    assert f"Line {problem.line}, column {problem.column}" in said(shell)
    assert "hedger" in problem.help
    assert "as it was before the errors" in said(shell)
    path.write_text(text, "utf-8")
    shell.send(Tick(0.6))
    assert shell.snapshot.inspection.whole


def test_a_file_that_has_not_changed_is_not_read_again(shell):
    shell.ask(wanted.Inspect(str(TRIAD)))
    before = shell.snapshot.inspection
    shell.ask(wanted.Inspect(str(TRIAD)))
    assert shell.snapshot.inspection is before


def test_a_path_that_leads_nowhere_or_to_a_folder_is_a_finding(shell, tmp_path):
    for path in (tmp_path / "nothing.yaml", tmp_path):
        shell.send(Swap("title"), Go("authoring", {"path": str(path)}), Tick(1.0))
        assert "can't be opened" in said(shell)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", SCENES)
def test_every_control_of_every_scene_lies_in_the_window_at_any_size(shell, scene, size):
    shell.ask(wanted.Begin("classroom-triad", ("arda",), 3), wanted.Save("evening"))
    given = {"setup": {"scenario": "south_caucasus_2012"}, "authoring": {"path": str(TRIAD)}}.get(scene, {})
    shell.send(Swap("title"), Go(scene, given), Tick(0.1), Tick(1.0))
    shell.window = replace(shell.window, size=size)
    zones = focus_ring(shell.shapes())
    assert len({zone.name for zone in zones}) == len(zones)
    for zone in zones:
        assert zone.rect.x >= -4, zone.name
        assert zone.rect.y >= -4, zone.name
        assert zone.rect.right <= size[0] + 4, zone.name
        assert zone.rect.bottom <= size[1] + 4, zone.name


@pytest.mark.parametrize("scene", SCENES)
def test_no_scene_falls_when_there_is_no_room_at_all(shell, scene):
    shell.send(Swap("title"), Go(scene), Tick(0.1))
    for size in ((1.0, 1.0), (0.0, 0.0), (90.0, 2000.0)):
        shell.window = replace(shell.window, size=size)
        assert shell.shapes()


@pytest.mark.parametrize("name", sound.TONES)
def test_a_tone_is_short_begins_and_ends_in_suppression_and_is_never_loud(name):
    tone = sound.samples(name)
    assert tone.dtype == np.int16
    assert len(tone) < sound.RATE
    assert abs(int(tone[0])) < 50
    assert abs(int(tone[-1])) < 50
    assert 0.1 < np.abs(tone).max() / 32767 < 0.3


def test_a_tone_has_the_pitch_it_is_written_with():
    tone = sound.samples("click").astype(float)
    spectrum = np.abs(np.fft.rfft(tone, sound.RATE))
    assert abs(int(spectrum.argmax()) - sound.TONES["click"][0][0]) < 15


def test_moments_have_tones_of_their_own(shell):
    quiet = shell.snapshot
    assert sound.heard(wanted.Commit(), quiet, quiet, None) == "turn"
    assert sound.heard(wanted.Reply("0:0", accept=True), quiet, quiet, None) == "accept"
    assert sound.heard(wanted.Reply("0:0", accept=False), quiet, quiet, None) == "refuse"
    assert sound.heard(wanted.Plan("fly"), quiet, quiet, Answered("no such act", problem=True)) == "refuse"
    assert sound.heard(wanted.Refresh(), quiet, quiet, None) is None


def test_a_crisis_that_begins_sounds_an_alarm_and_one_that_goes_on_does_not(shell):
    shell.ask(wanted.Begin("classroom-triad", (), 3))
    before = shell.snapshot
    game = before.game
    on = tuple(replace(each, rungs=(0, 0)) for each in game.disputes)
    crisis = replace(before, game=replace(game, turn=game.turn + 1, disputes=on))
    later = replace(crisis, game=replace(crisis.game, turn=game.turn + 2))
    assert sound.heard(wanted.Advance(), before, crisis, None) == "alarm"
    assert sound.heard(wanted.Advance(), crisis, later, None) == "turn"


def test_a_click_that_does_something_is_heard_and_one_into_the_void_is_not(shell):
    heard = []
    shell.sound = heard.append
    shell.send(Click(2.0, 2.0))
    assert heard == []
    press(shell, "settings")
    assert heard == ["click"]


def test_no_sound_card_is_no_reason_to_fall(surface, monkeypatch):
    import pygame

    from game.screen.paint.player import Player

    assert not Player().play("turn")  # nothing is shown, so nothing is to be heard
    monkeypatch.setattr(pygame.display, "get_driver", lambda: "some screen")
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    silent = Player()
    assert not silent.play("turn")
    assert silent.silent
    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    try:
        assert Player().play("alarm")
    finally:
        pygame.mixer.quit()


def test_sounds_are_off_where_the_switch_is_off(tmp_path, surface):
    from game.screen.app import App

    app, heard = App(tmp_path), []
    app.player.play = heard.append
    app.sound("turn")
    app.adopt(replace(Settings(), sound=False))
    app.sound("turn")
    assert heard == ["turn"]


def test_a_window_made_as_small_as_nothing_comes_back(tmp_path, surface):
    import pygame

    from game.screen.app import App

    app = App(tmp_path, (640, 400))
    for size in ((0, 0), (1, 1), (640, 400), (1280, 720)):
        app.handle(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
        assert app.draw().get_width() > 0
    for size in ((1, 1), (30, 20), (640, 400)):
        app.shown.minimum_size = (1, 1)
        app.shown.size = size
        app.handle(pygame.event.Event(pygame.VIDEORESIZE, size=size, w=size[0], h=size[1]))
        assert app.draw().get_size() == size


def test_icons_that_scenes_name_are_among_the_assets(shell):
    from game.files import asset_path

    for scene in SCENES:
        shell.send(Swap("title"), Go(scene), Tick(0.1))
        for shape in shell.shapes():
            if isinstance(shape, Icon):
                assert Path(asset_path("icons", f"{shape.name}.png")).is_file()
