"""Difficulty changes what the states that the computer leads foresee and how far they look, never dice or resources."""

from __future__ import annotations

import numpy as np
import pytest
from click.testing import CliRunner

from game.cli import realpolitik
from game.errors import UnknownName
from game.journal import journal_of, replay
from game.kernel.world import ARRAYS
from game.match.difficulty import LEVELS, at_level
from game.match.match import Setup, begin
from game.model import AllianceModel
from game.parameters import paths
from game.scenario import load

SCENARIO = "classroom-triad"


def begun(level, **parameters):
    return begin(Setup(load(SCENARIO), 6, parameters=parameters, difficulty=level))


def played(match, turns):
    for _ in range(turns):
        match = match.advance()
    return match


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_sets_what_the_reasoner_foresees_and_nothing_else(level):
    declared = paths()
    assert set(LEVELS[level]) == {"reasoner.horizon", "reasoner.insight"}
    for path, value in LEVELS[level].items():
        assert declared[path].low <= value <= declared[path].high


def test_the_usual_level_is_how_states_reason_by_default():
    assert {path: paths()[path].default for path in LEVELS["normal"]} == LEVELS["normal"]
    assert played(begun("normal"), 6).history.digests() == played(begun(None), 6).history.digests()


@pytest.mark.parametrize("level", LEVELS)
def test_dice_and_resources_are_the_same_on_every_level(level):
    plain, match = begun(None).history, begun(level).history
    for name in ARRAYS:
        assert (getattr(plain.world, name) == getattr(match.world, name)).all(), name
    assert (plain.draws.seeds == match.draws.seeds).all()
    cells = np.arange(64, dtype=np.uint64)
    for stream in range(4):
        assert (plain.draws.uniform(3, stream, cells) == match.draws.uniform(3, stream, cells)).all()
    assert (plain.board.income, plain.board.carry, plain.board.orders) == (
        match.board.income, match.board.carry, match.board.orders,
    )  # fmt: skip
    blocks = {block for block in plain.parameters if plain.parameters[block] != match.parameters[block]}
    assert blocks <= {"reasoner"}


def test_what_is_set_besides_counts_before_the_level():
    match = begun("novice", **{"reasoner.horizon": 9.0})
    assert match.history.parameters["reasoner"].horizon == 9
    assert match.history.parameters["reasoner"].insight == LEVELS["novice"]["reasoner.insight"]


def test_levels_play_differently():
    digests = {level: played(begun(level), 8).history.digests()[-1] for level in LEVELS}
    assert len(set(digests.values())) == len(LEVELS)


def test_a_journal_keeps_a_level_as_its_parameters_and_replays_without_it():
    match = played(begun("novice"), 4)
    journal = journal_of(match)
    assert journal.header.parameters == LEVELS["novice"]
    assert replay(journal).history.digests() == match.history.digests()


def test_a_level_that_does_not_exist_is_named():
    with pytest.raises(UnknownName, match="level of difficulty"):
        at_level("brutal", {})
    with pytest.raises(UnknownName, match="expert"):
        AllianceModel(SCENARIO, 1, difficulty="exprt")


def test_the_model_and_the_command_line_take_a_level():
    model = AllianceModel(SCENARIO, 6, difficulty="novice", collect=False)
    model.run(3)
    assert model.history.digests() == played(begun("novice"), 3).history.digests()
    line = ["run", SCENARIO, "--seed", "6", "--turns", "3", "--difficulty", "novice", "--quiet"]
    told = CliRunner().invoke(realpolitik, line)
    assert told.exit_code == 0, told.output
    refused = CliRunner().invoke(realpolitik, ["run", SCENARIO, "--difficulty", "brutal"])
    assert refused.exit_code == 2
