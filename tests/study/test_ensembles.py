"""ensembles: what is counted over all runs sums up what is counted in each, and only what was asked for is kept."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from game.errors import StudyError, UnknownName
from game.match.match import Setup, begin
from game.measures.objectives import objective_points
from game.scenario import read
from game.study import Ensemble, ensemble
from game.study.ensembles import COUNTED
from game.study.tallies import Tally
from game.testing import TRIAD
from tests.study.test_tallies import EVENTS

GOALS = "objectives: {arda: {public: [{when: borea -> arda >= 50, points: 30, label: A friend}]}}\n"
SCENARIO = read(TRIAD + EVENTS + GOALS).scenario
TURNS = 6


def played(**more: object) -> Ensemble:
    assert SCENARIO is not None
    return ensemble(SCENARIO, range(7), turns=TURNS, **more)


def same(one: Tally, other: Tally) -> bool:
    return all((getattr(one, each.name) == getattr(other, each.name)).all() for each in fields(Tally))


def test_the_counts_are_the_sums_of_the_outcomes() -> None:
    runs = played()
    for column, counted in COUNTED.items():
        assert getattr(runs.outcomes, column).sum() == getattr(runs.tally, counted).sum(), column
    assert runs.tally.runs.tolist() == [7]
    assert runs.outcomes.events.sum() >= 7, "the feast happens in every run"


def test_the_points_are_those_of_the_single_games() -> None:
    runs = played()
    assert SCENARIO is not None
    for place, seed in enumerate(runs.seeds):
        match = begin(Setup(SCENARIO, seed))
        for _ in range(TURNS):
            match = match.advance()
        points = objective_points(match.history.board, match.history.worlds[-1])[0]
        assert runs.outcomes.points[place].tolist() == points.tolist()
    assert runs.tally.goals.tolist() == [int((runs.outcomes.points[:, 0] == 30.0).sum())]


@pytest.mark.parametrize("more", [{"threads": 2}, {"chunk": 2}, {"chunk": 3, "threads": 3}, {"chunk": 1, "threads": 1}])
def test_neither_threads_nor_chunks_change_a_byte(more: dict[str, int]) -> None:
    one, other = played(), played(**more)
    assert one.series.tobytes() == other.series.tobytes()
    assert one.outcomes.points.tobytes() == other.outcomes.points.tobytes()
    assert same(one.tally, other.tally)


def test_a_policy_that_is_asked_in_python_gives_what_the_engine_gives_by_itself() -> None:
    one, other = played(), played(policies={"arda": "reasoner"})
    assert one.series.tobytes() == other.series.tobytes()
    assert same(one.tally, other.tally)
    waiting = played(policies={"arda": "wait"})
    assert not same(one.tally, waiting.tally)


@pytest.mark.parametrize("what", ["series", "outcomes", "worlds"])
def test_only_what_was_asked_for_is_kept(what: str) -> None:
    runs = played(keep=[])
    with pytest.raises(StudyError, match=f"ask for them with keep=\\['{what}'\\]"):
        getattr(runs, what)
    assert same(runs.tally, played(keep=[what]).tally)


def test_what_can_not_be_kept_is_refused() -> None:
    with pytest.raises(UnknownName, match="kind of result"):
        played(keep=["worlds", "boards"])


def test_runs_with_numbers_of_their_own_count_alike() -> None:
    couplings = np.linspace(0.0, 2.0, 7)
    swept = played(parameters={"balance.coupling": couplings}, chunk=4)
    whole = played(parameters={"balance.coupling": couplings})
    assert same(swept.tally, whole.tally)
    assert swept.outcomes.acts.tolist() == whole.outcomes.acts.tolist()
