"""explain: the rows sum to the relation to 1e-9, on every pair of every turn of every shipped scenario."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.analysis.explain import explain
from game.files import shipped_scenarios
from game.kernel.draws import Draws
from game.match.history import History
from game.match.match import Setup, begin
from game.measures.relations import relations
from game.narrative.causes import in_ids
from game.scenario import load
from game.testing import triad


@pytest.fixture(scope="module", params=sorted(shipped_scenarios()))
def played(request):
    match = begin(Setup(load(request.param), 3))
    while not match.finished:
        match = match.advance()
    return match.history


def test_the_rows_sum_to_the_relation(played):
    states = played.board.states
    for turn in range(played.turn + 1):
        shown = relations(played.board, played.worlds[turn])[0]
        for i, first in enumerate(states):
            for j, second in enumerate(states):
                if i != j:
                    found = explain(played, first, second, turn)
                    assert found.relation == pytest.approx(shown[i, j], abs=1e-9)
                    assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)


def test_the_largest_cause_comes_first(played):
    first, second = played.board.states[:2]
    rows = explain(played, first, second).rows
    assert [abs(row.left) for row in rows] == sorted((abs(row.left) for row in rows), reverse=True)


def test_an_open_turn_is_explained_too(played):
    opened = played.back_to(0).open()
    for first in played.board.states:
        for second in played.board.states:
            if first != second:
                found = explain(opened, first, second)
                assert sum(row.left for row in found.rows) == pytest.approx(found.relation, abs=1e-9)


def test_at_the_start_the_table_is_explained_by_history_and_agreements():
    made = triad()
    history = History.begin(made.board, made.parameters, Draws.of(1))
    found = explain(history, "arda", "borea", 0)
    assert found.relation == 60
    assert {row.rule for row in found.rows} == {"baseline", "agreements"}


def test_an_impulse_is_gone_when_it_says_so(played):
    first, second = played.board.states[:2]
    for row in explain(played, first, second, played.turn).rows:
        if row.memory:
            factor = played.board.memories.factors[played.board.memories.names.index(row.memory)]
            assert abs(row.left) * factor ** (row.gone - played.turn) < 0.05
            if row.gone > played.turn:
                assert abs(row.left) * factor ** (row.gone - 1 - played.turn) >= 0.05 - 1e-9


def test_a_turn_that_was_not_played_cannot_be_explained(played):
    with pytest.raises(IndexError, match="there is no turn 999"):
        explain(played, *played.board.states[:2], turn=999)


@pytest.mark.parametrize(
    ("taken", "words", "left"),
    [(4.0, "suspicion of borea", -4.0), (-2.0, "less suspicion of borea than at the start", 2.0)],
)
def test_suspicion_is_called_what_it_is_whether_it_has_risen_or_fallen(taken, words, left):
    made = triad()
    suspicion = np.zeros((1, 3, 3))
    suspicion[0, 0, 1] = taken
    board = replace(made.board, start={**made.board.start, "suspicion": suspicion})
    rows = explain(History.begin(board, made.parameters, Draws.of(1)), "arda", "borea").rows
    assert [(in_ids(row.cause, board), row.left) for row in rows if row.rule == "suspicion"] == [(words, left)]
