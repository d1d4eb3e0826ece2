"""No question at the window, the terminal or the command line tells a side what it may not know."""

from __future__ import annotations

from dataclasses import dataclass, replace

import click
import pytest
from click.testing import CliRunner

from game.cli import realpolitik
from game.match.information import known_match
from game.play import commands as wanted
from game.play.dispatch import CARRIED_OUT, Director
from tests.siege import differential, secret_pairs
from tests.siege.differential import Foreseeing, Prompt, Retracing, Window
from tests.siege.secret_pairs import HIDDEN, STATES, VIEWERS, WHEN, kinds, pair

TWICE = ("a secret pact", "a pledge that was confided", "a query of others", *HIDDEN)
"""Kinds that are looked for in two worlds, by both viewers."""

SEATS = [
    (kind, seed, VIEWERS[(place + seed) % 2], (place // 2 + seed) % 2 == 0)
    for seed, some in ((1, kinds()), (2, TWICE))
    for place, kind in enumerate(kinds())
    if kind in some
]
"""Who looks for which secret in which world, and whether people decide for everybody."""


def told_apart(found):
    """The differences in words; none where there is none."""
    return "\n".join(str(each) for each in found)


@pytest.mark.parametrize(("kind", "seed", "viewer", "peopled"), SEATS)
def test_a_side_gets_the_same_answers_with_and_without_a_secret(kind, seed, viewer, peopled, tmp_path):
    people = STATES if peopled else (viewer,)
    made = pair(kind, seed, people)
    assert not told_apart(Window(made, viewer, people, tmp_path, seed).differences())
    assert not told_apart(Prompt(made, viewer, tmp_path, seed).differences(ending=peopled))


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_of_secret_is_one(kind):
    made = pair(kind, 3)
    (one, _), (other, _) = ((each.history.opened or (None, None)) for each in made.matches)
    differing = any((a != b).any() for (_, a), (_, b) in zip(one.arrays(), other.arrays(), strict=True))
    objectives = [len(each.history.board.objectives) for each in made.matches]
    orders = [each.history.turns[WHEN - 1].orders.act.tolist() for each in made.matches]
    assert differing or objectives[0] != objectives[1] or orders[0] != orders[1]


def test_a_leak_is_found(monkeypatch, tmp_path):
    # The side is given the match as it is in place of the match as it may know it.
    monkeypatch.setattr("game.play.session.known_match", lambda match, side: match)
    found = Window(pair("a secret pact", 1, ("cyra",)), "cyra", ("cyra",), tmp_path, 1).differences()
    assert "cyra can tell by" in told_apart(found)


@dataclass(frozen=True)
class Fly:
    """A command of which nobody has told the test what it takes."""

    altitude: float


def test_a_command_that_cannot_be_given_is_a_problem_of_the_test(monkeypatch, tmp_path):
    monkeypatch.setattr(differential, "CARRIED_OUT", {**CARRIED_OUT, Fly: lambda session, command: None})
    with pytest.raises(LookupError, match=r"Fly\.altitude"):
        list(Window(pair("a secret act", 1, ("cyra",)), "cyra", ("cyra",), tmp_path, 1).differences())


def at_the_table(folder, *, plan):
    """A game of four people in which Ada has planned something or nothing, and Cyra is to plan."""
    director = Director(folder / "games")
    director.forecaster, director.retracer = Foreseeing(), Retracing()
    path = folder / "drawn.yaml"
    path.write_text(secret_pairs.world_of(4), "utf-8")
    assert director.carry_out(wanted.Begin(str(path), STATES, 4)) is None
    for _ in range(12):
        if (director.side, director.phase) == ("cyra", "planning"):
            break
        if (director.side, director.phase) == ("ada", "planning"):
            director.carry_out(wanted.Consult())
            for text in plan:
                assert director.carry_out(wanted.Plan(text)) is None
                director.carry_out(wanted.Sound(text))
                director.carry_out(wanted.Consider(text))
        director.carry_out(wanted.Commit() if director.phase == "planning" else wanted.Proceed())
    assert (director.side, director.phase) == ("cyra", "planning")
    return director


def test_what_another_person_has_planned_is_told_by_no_command(tmp_path):
    folders = [tmp_path / name for name in differential.SIDES]
    for each in folders:
        each.mkdir()
    plans = ((), ("smuggle cyra secret", "praise bora", "sabotage dena secret"))
    directors = [at_the_table(folder, plan=plan) for folder, plan in zip(folders, plans, strict=True)]
    made = pair("a secret act", 4)
    asking = Window(made, "cyra", STATES, tmp_path / "asking", 4)
    leaving = (*differential.LEAVING, wanted.Retrace, wanted.Export)
    for kind in (each for each in CARRIED_OUT if each not in leaving):
        for command in asking.commands(kind):
            shown = []
            for folder, director in zip(folders, directors, strict=True):
                said = director.carry_out(command)
                shown.append(repr((said, replace(director.snapshot(), saves=()))).replace(str(folder), "FOLDER"))
            assert shown[0] == shown[1], command


def test_the_codex_of_one_person_is_not_left_open_for_the_next(tmp_path):
    director = at_the_table(tmp_path, plan=())
    director.carry_out(wanted.Consult())
    assert "Peace" in repr(director.codex)
    director.carry_out(wanted.Commit())
    assert director.side == "dena"
    assert director.snapshot().codex == ()


def test_an_order_of_another_is_none_of_a_sides_business(tmp_path):
    director = at_the_table(tmp_path, plan=())
    for command in (
        wanted.Consider("ada: smuggle bora"),
        wanted.Sound("ada: smuggle bora"),
        wanted.Plan("ada: praise bora"),
    ):
        assert director.carry_out(command).text == "cyra cannot give an order for ada"
    assert director.preview is director.answer is None


def finished(kind, folder, viewer):
    """What a side is shown of a game that is over, and the page that is written of it."""
    made = pair(kind, 5, STATES, wishes=False, turns=3)
    shown = []
    for name, match, lines in zip(differential.SIDES, made.matches, made.lines, strict=True):
        director = Director(folder / name / "games")
        director.forecaster, director.retracer = Foreseeing(), Retracing()
        differential.flow.seat(director, match, STATES, lines, director.folder / "drawn.jsonl")
        director.shown = STATES.index(viewer)
        assert director.snapshot().game.finished
        said = [director.carry_out(each) for each in (wanted.Retrace(), wanted.Trace(), wanted.Explain("ada", "bora"),
                                                      wanted.Consult(), wanted.Export())]  # fmt: skip
        page = next((folder / name / "games").glob("*.html")).read_text("utf-8")
        shown.append(repr((said, director.snapshot(), page)).replace(str(folder / name), "FOLDER"))
    return shown


@pytest.mark.parametrize(("kind", "viewer"), list(zip(secret_pairs.ACTIONS, VIEWERS * 4, strict=False)))
def test_the_debrief_keeps_what_was_kept_secret(kind, viewer, tmp_path):
    one, other = finished(kind, tmp_path, viewer)
    assert one == other


def command_lines():
    """The commands of the command line that ask for a state."""
    context = click.Context(realpolitik)
    found = {name: realpolitik.get_command(context, name) for name in realpolitik.list_commands(context)}
    return {name for name, command in found.items() if any("--state" in each.opts for each in command.params)}


def test_what_the_command_line_tells_a_state_is_what_that_may_know(tmp_path):
    # `run` gives states to policies and tells everything to somebody who watches.
    assert command_lines() == {"bargain", "play", "run"}, "add the new command below"
    for kind, objective in HIDDEN.items():
        said = []
        for number, hidden in enumerate((None, objective)):
            path = tmp_path / f"{number}.yaml"
            path.write_text(secret_pairs.world_of(6, hidden=hidden), "utf-8")
            for deal in ("smuggle bora", "trade bora", "ally bora"):
                found = CliRunner().invoke(realpolitik, ["bargain", str(path), deal, "--state", "dena"])
                said.append((number, found.output))
            typed = "take trade bora\nask trade bora\nintentions\ngoals\nquit\n"
            given = ["play", str(path), "--terminal", "--state", "dena", "--journal", str(tmp_path / f"{number}.jsonl")]
            found = CliRunner().invoke(realpolitik, given, input=typed)
            said.append((number, found.output.replace(f"{number}.jsonl", "FILE")))
        assert [text for number, text in said if not number] == [text for number, text in said if number], kind


def test_a_match_as_a_state_knows_it_holds_no_past_no_hidden_wish_and_no_chance_of_the_game():
    match = pair("a hidden objective about the viewer", 1).secret
    known = known_match(match, "dena")
    assert not known.history.turns
    true, told = ({each.label for each in one.history.board.objectives} for one in (match, known))
    assert true - told == {"A dream", "Peace"}
    assert known.history.draws != match.history.draws
    assert "Peace" in {objective.label for objective in known_match(match, "cyra").history.board.objectives}
