"""Facts of long records are counted as their definitions say: on records of a few turns, by hand."""

from __future__ import annotations

import json

import numpy as np
import pytest

from benchmarks import stylised
from benchmarks.games import Crisis, Deed, Game
from game.testing import TRIAD, triad


def record(turns=3, regards=None, **fields):
    """The record of three states over some turns, all indifferent to each other unless said: `regards` by turn."""
    series = np.zeros((turns + 1, 3, 3))
    for turn, pairs in (regards or {}).items():
        for (i, j), value in pairs.items():
            series[turn:, i, j] = series[turn:, j, i] = value
    found = Game(triad().board, series, np.zeros(3), np.zeros(0, dtype=bool), last=turns)
    found.bonds = [np.zeros((3, 3), dtype=bool) for _ in range(turns + 1)]
    found.rungs = [np.full((1, 2), -1) for _ in range(turns + 1)]
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def deed(turn, actor, target, act):
    return Deed(turn, actor, target, act, deal=False, refused=False, paid=False, pledged=False)


def test_two_with_a_rival_in_common_are_counted_apart():
    game = record(regards={0: {(0, 2): -40, (1, 2): -40}})
    game.bonds[2][0, 1] = game.bonds[3][0, 1] = True
    # Arda and Borea share a rival and ally in the second turn of two in which they might; the other pairs never do.
    assert stylised.allying(game) == ((1.0, 2.0), (0.0, 6.0))


def test_disputes_are_counted_by_whether_neighbours_are_rivals():
    game = record(regards={1: {(1, 2): -40}})
    game.crises = [Crisis(0, 2, 3, 1, "lapse")]  # between Arda and Cestia, who are no neighbours
    # Arda and Borea border each other, and so do Borea and Cestia, who are rivals from the first turn on.
    assert stylised.disputing(game) == ((0.0, 2.0), (0.0, 4.0))


def test_what_comes_back_at_once_has_not_ended():
    holds = np.zeros((6, 2, 2), dtype=bool)
    holds[[0, 1, 3], 0, 1] = True
    assert stylised.ended(holds, 1) == (2.0, 3.0)
    assert stylised.ended(holds, 2) == (1.0, 3.0)


def test_who_always_answers_at_once_is_fully_reciprocal():
    praise = triad().board.acts.act("praise")
    game = record(turns=4, deeds=[deed(turn, *pair, praise) for turn in (1, 3) for pair in ((0, 1), (1, 0))])
    assert stylised.reciprocity([game], 0) == pytest.approx(1.0)
    assert stylised.reciprocity([game], 1) == pytest.approx(-1.0)
    assert np.isnan(stylised.reciprocity([record()], 0))


def test_a_refused_deal_is_no_act():
    game = record(deeds=[deed(1, 0, 1, 0), Deed(1, 0, 1, 1, deal=True, refused=True, paid=False, pledged=False)])
    assert stylised.kinds(game, [5, 16], 1, 5) == (1.0, 1.0)
    assert stylised.kinds(game, [5, 16], 15, 20) == (0.0, 1.0)


def test_a_crisis_is_answered_when_both_sides_climb():
    game = record(crises=[Crisis(0, 1, 3, 2, "lapse")])
    game.rungs = [np.array([each]) for each in ([-1, -1], [0, 0], [1, 0], [1, 2])]
    assert stylised.answered(game) == (1.0, 1.0)
    game.rungs[3] = np.array([[2, 0]])
    assert stylised.answered(game) == (0.0, 1.0)


def test_one_enmity_among_three_is_unbalanced_and_two_are_not():
    game = record(regards={0: {(0, 1): 50, (0, 2): 50, (1, 2): -50}, 2: {(0, 2): -50}})
    assert stylised.unbalanced(game).tolist() == [1.0, 1.0, 0.0, 0.0]
    assert stylised.unbalanced(record()).tolist() == [0.0] * 4


def test_every_fact_has_a_row(tmp_path, capsys):
    file = tmp_path / "tiny.yaml"
    file.write_text(TRIAD, encoding="utf-8")
    stylised.main([str(file), "--years", "0.2", "--regions", "2", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert len(rows) == 14
    assert all(row["bar"] for row in rows)
    assert all(row["note"] for row in rows if row["value"] is None)
