"""The engine gives what it gave when the oracle was frozen: a sample; all of it by `python -m tests.oracle check`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.kernel.compiled import kernel
from game.rules import RULES
from tests import kernels
from tests.oracle.__main__ import check_kinds, rows_in_batch, rows_of
from tests.oracle.frozen import difference, read, write
from tests.oracle.records import COLUMNS, hashed

TURNS = 3
SAMPLE = ("classroom_triad", "south_caucasus_2012", "invented-1", "invented-7", "deep-2", "deep-3", "secret-1", "any-4")


@pytest.fixture(scope="module")
def frozen():
    return read()


def game_of(frozen, name):
    place = next(place for place, game in enumerate(frozen.games) if game.name == name)
    return replace(frozen.games[place], turns=TURNS), frozen.rows[place][:TURNS]


@pytest.mark.parametrize("name", SAMPLE)
def test_a_game_gives_what_it_gave_when_it_was_frozen(frozen, name):
    game, rows = game_of(frozen, name)
    assert difference(game, frozen.columns, rows, rows_of(game), {}) is None


def test_so_does_one_replica_of_a_batch(frozen):
    game, rows = game_of(frozen, "invented-1")
    found = rows_in_batch(game, [game.seed + 9, game.seed, 3])
    assert difference(game, frozen.columns, rows, found[game.seed], {}) is None
    assert difference(game, frozen.columns, rows, found[3], {}) is not None


def test_everything_a_world_holds_differs_somewhere_among_the_games(frozen):
    still = [
        name
        for place, name in enumerate(frozen.columns)
        if not any((rows[1:, place] != rows[:-1, place]).any() for rows in frozen.rows)
    ]
    # What waits is decided within the turn; these rules leave no row with a pair of states; nobody is asked twice.
    assert [name for name in still if not name.startswith("ledger")] == ["opened over", "world pending"]
    assert {name.removeprefix("ledger: ") for name in still if name.startswith("ledger")} == {
        "triggers", "capital", "suspicion", "drift", "posture", "endings",
    }  # fmt: skip


def test_two_to_twenty_states_play_in_it(frozen):
    sizes = {len(game.scenario.states) for game in frozen.games if game.name.startswith("invented")}
    assert {2, 3, 4, 5, 6, 12, 20} <= sizes
    assert sum(bool(game.text) for game in frozen.games) >= 60
    shipped = {game.name for game in frozen.games if not game.text}
    assert all(sum(game.name == name for game in frozen.games) == 20 for name in shipped)


def test_a_rule_that_gives_another_last_bit_is_named(frozen, monkeypatch):
    game, rows = game_of(frozen, "classroom_triad")

    @kernel
    def other(step, params):
        before = step.rows.count[0]
        RULES["balance"](step, params)
        for place in range(before, step.rows.count[0]):
            layer, _, i, j = step.rows.places[place, 5:9]
            step.rows.amounts[place] += 2.0**-40
            step.changes.world.memories[layer, i, j] += 2.0**-40

    monkeypatch.setattr("game.turn.RULES", {**RULES, "balance": other})
    with kernels.uncompiled():
        told = difference(game, frozen.columns, rows, rows_of(game), {})
    assert told is not None
    assert told.startswith(f"{game}, turn 1: ledger: balance differs (and so world memories")


def test_an_array_may_be_renamed(frozen):
    game, rows = game_of(frozen, "classroom_triad")
    changed = rows.copy()
    changed[1, COLUMNS.index("world agreements")] ^= np.uint64(1)
    told = difference(game, frozen.columns, rows, changed, {"world agreements": "world bonds"})
    assert told == f"{game}, turn 2: world bonds differs"


def test_one_that_ends_sooner_is_a_difference(frozen):
    game, rows = game_of(frozen, "classroom_triad")
    assert "2 turns" in difference(game, frozen.columns, rows, rows[:2], {})


def test_an_array_is_known_by_its_shape_and_its_numbers():
    assert hashed(np.array([1, 0], dtype=np.int16)) == hashed(np.array([True, False]))
    assert hashed(np.zeros((2, 3))) != hashed(np.zeros((3, 2)))
    assert hashed(np.array([0.0])) != hashed(np.array([-0.0]))


def test_what_is_written_is_read_again(frozen, tmp_path):
    few = replace(frozen, games=frozen.games[:2], rows=frozen.rows[:2])
    write(few, tmp_path / "few.npz")
    again = read(tmp_path / "few.npz")
    assert again.games == few.games
    assert all((one == other).all() for one, other in zip(again.rows, few.rows, strict=True))
    assert again.ensembles == few.ensembles
    assert [*again.kinds.items()] == [*few.kinds.items()], "arrays are told apart by their place"


def test_the_types_of_the_arrays_are_what_they_were(frozen):
    assert [*check_kinds(frozen)] == []
    other = replace(frozen, kinds={**frozen.kinds, "agreements": "int64"})
    assert [*check_kinds(other)] == ["world agreements is int16 and was int64"]
