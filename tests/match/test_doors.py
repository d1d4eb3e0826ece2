"""Every way to play a scenario gives the same bytes, turn by turn, and takes the same arguments for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mesa.batchrunner import batch_run

from game import journal as journals
from game.cli import realpolitik
from game.files import shipped_scenarios
from game.kernel.world import digest
from game.match.match import Match, Setup, begin
from game.model import AllianceModel
from game.play import commands as wanted
from game.play.dispatch import Director
from game.scenario import load
from game.study import ensemble

SEED = 7
ANSWERS = "end\nrefuse\nhold\n" * 400
"""What a person types who does nothing: whichever of it is no answer to what is asked is only called one."""

NAMES = sorted(shipped_scenarios())


def onlooker(name: str) -> str:
    """A state that takes turns and that no event asks for a choice."""
    board = begin(Setup(name)).history.board
    asked = {event.decider for event in board.events if event.options}
    return next(state for place, state in enumerate(board.states) if board.plays[place] and place not in asked)


def changed(name: str) -> Mapping[str, Any]:
    """Everything that can be asked for, each other than it is by itself."""
    return {
        "parameters": {"balance.coupling": 0.5, "reasoner.noise": 0.7},
        "policies": {onlooker(name): "wait"},
        "difficulty": "novice",
        "spreads": "drawn",
    }


@dataclass(frozen=True)
class Played:
    """A scenario, what was asked for besides its seed, and the match that came of it."""

    name: str
    asked: Mapping[str, Any]
    match: Match

    @property
    def digests(self) -> list[str]:
        """After every turn, turn 0 first."""
        return list(self.match.history.digests())

    @property
    def options(self) -> list[str]:
        """What is asked for, as words of a command line, who decides left out."""
        words = ["--seed", str(SEED)]
        for path, value in self.asked.get("parameters", {}).items():
            words += ["--set", f"{path}={value}"]
        for option in ("difficulty", "spreads"):
            words += [f"--{option}", self.asked[option]] if option in self.asked else []
        return words


@pytest.fixture(scope="module", params=[(name, how) for name in NAMES for how in ("plain", "changed")], ids="-".join)
def played(request: pytest.FixtureRequest) -> Played:
    """Every shipped scenario as it is, and as changed as can be."""
    name, how = request.param
    asked = changed(name) if how == "changed" else {}
    match = begin(Setup(name, SEED, **asked))
    while not match.finished:
        match = match.advance()
    return Played(name, asked, match)


def test_the_model_is_the_match(played: Played) -> None:
    model = AllianceModel(played.name, SEED, **played.asked)
    model.run()
    assert list(model.history.digests()) == played.digests
    assert model.datacollector.model_vars["digest"] == played.digests
    assert model.datacollector.model_vars["seed"] == [SEED] * len(played.digests)


def collected(rows: list[dict[str, Any]], name: str) -> list[str]:
    """The digests a batch run has collected of a scenario, by turn."""
    found = {row["turn"]: row["digest"] for row in rows if row["scenario"] == name}
    return [found[turn] for turn in sorted(found)]


def test_a_batch_run_is_the_match(played: Played) -> None:
    space = {"scenario": played.name, "seed": [SEED], **{key: [value] for key, value in played.asked.items()}}
    rows = batch_run(AllianceModel, space, data_collection_period=1, display_progress=False)
    assert collected(rows, played.name) == played.digests
    assert {row["seed"] for row in rows} == {SEED}


def test_batch_runs_in_two_processes_are_the_matches() -> None:
    space = {"scenario": NAMES, "seed": SEED}
    rows = batch_run(AllianceModel, space, number_processes=2, data_collection_period=1, display_progress=False)
    for name in NAMES:
        match = begin(Setup(name, SEED))
        while not match.finished:
            match = match.advance()
        assert collected(rows, name) == list(match.history.digests())


@pytest.mark.parametrize(("seeds", "chunk"), [(SEED, None), ([5, SEED, 6], 2)])
def test_a_run_of_an_ensemble_is_the_match(played: Played, seeds: Any, chunk: int | None) -> None:
    runs = ensemble(played.name, seeds, chunk=chunk, keep=["series", "worlds"], **played.asked)
    place, turns = runs.seeds.index(SEED), len(played.digests)
    assert runs.series[place, :turns].tobytes() == played.match.history.series().tobytes()
    # In a batch the clock goes on where a run has come to an ending; nothing else does.
    last = replace(runs.world(place), turn=turns - 1)
    assert digest(last) == played.digests[-1]


def test_the_command_line_is_the_match_and_so_is_its_replay(played: Played, tmp_path: Path) -> None:
    path = tmp_path / "game.jsonl"
    seats = [f"--state={state}={policy}" for state, policy in played.asked.get("policies", {}).items()]
    done = CliRunner().invoke(realpolitik, ["run", played.name, *played.options, *seats, "--journal", str(path)])
    assert done.exit_code == 0, done.stderr
    kept = journals.read(path)
    assert kept.header.seed == SEED
    assert [line.digest for line in kept.turns] == played.digests[1:]
    again = CliRunner().invoke(realpolitik, ["replay", str(path)])
    assert f"digest {played.digests[-1]}" in again.stdout.splitlines()


def test_the_terminal_with_a_person_who_does_nothing_is_the_match_in_which_that_state_waits(
    played: Played, tmp_path: Path
) -> None:
    if not played.asked:
        return  # nobody waits in this one; the other has every option that the terminal has besides
    path, person = tmp_path / "game.jsonl", onlooker(played.name)
    call = ["play", "--terminal", played.name, "--state", person, *played.options, "--journal", str(path)]
    done = CliRunner().invoke(realpolitik, call, input=ANSWERS)
    assert done.exit_code == 0, done.stderr
    assert [line.digest for line in journals.read(path).turns] == played.digests[1:]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("level", [None, "novice"])
def test_the_window_with_nobody_playing_is_the_match(name: str, level: str | None, tmp_path: Path) -> None:
    match = begin(Setup(name, SEED, difficulty=level))
    while not match.finished:
        match = match.advance()
    director = Director(tmp_path)
    assert director.carry_out(wanted.Begin(name, (), SEED, level)) is None
    while not director.current.finished:
        director.carry_out(wanted.Advance())
    assert list(director.current.history.digests()) == list(match.history.digests())


@pytest.mark.parametrize("given", ["classroom-triad", "classroom_triad", "path as text", "path", "scenario"])
def test_a_scenario_is_a_name_a_path_or_a_loaded_one_everywhere(given: str) -> None:
    file = shipped_scenarios()["classroom_triad"]
    means = {"path as text": str(file), "path": file, "scenario": load(file)}
    scenario = means.get(given, given)
    assert load(scenario).id == "classroom_triad"
    start = begin(Setup(scenario, SEED)).history.digests()
    model = AllianceModel(scenario, SEED)
    runs = ensemble(scenario, SEED, turns=1, keep=["worlds"])
    rows = batch_run(AllianceModel, {"scenario": [scenario], "seed": SEED}, max_steps=1, display_progress=False)
    assert list(model.history.digests()) == list(start)
    model.step()
    assert digest(runs.world(0)) == model.digest
    assert {row["seed"] for row in rows} == {SEED}
