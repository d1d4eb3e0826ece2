"""workspaces: the arrays of a turn, used again and again, with as much room for the ledger as a turn takes."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import numpy as np
import pytest

from game import turn
from game.kernel.changes import written
from game.kernel.compiled import positions, workspaces
from game.kernel.compiled.workspaces import setting_for, workspace
from game.kernel.draws import Draws
from game.kernel.world import Board, World, digest, start_world
from game.policies import answered, decided
from game.policies.random import Random
from game.scenario.compile import Compiled
from game.testing import TRIAD, made, triad
from tests import kernels

DRAWN = TRIAD.replace("military: 60", "military: {mean: 45, sd: 12}")


@pytest.fixture(autouse=True)
def plainly() -> Iterator[None]:
    with kernels.uncompiled():
        yield


def played(scene: Compiled, seed: int = 3, turns: int = 3) -> list[tuple[str, list[kernels.Told]]]:
    """Some turns of states that act at random: what each comes to, and the rows of its ledger."""
    board, draws, world, found = scene.board, Draws.of(seed), start_world(scene.board), []
    for _ in range(turns):
        opened, first = turn.opening(board, world, scene.parameters, draws)
        orders = decided(Random(), {}, board, opened, draws)
        accepted = answered(Random(), {}, board, opened, orders, draws)
        world, then = turn.step(board, opened, orders, accepted, scene.parameters, draws)
        found.append((digest(world), kernels.told(board, first + then)))
    return found


# ---- room for the ledger


@pytest.mark.parametrize(("rows", "deeds"), [(1, 1), (0, 0), (3, 200), (4000, 1)])
def test_a_turn_that_wants_more_room_is_played_again_with_more(
    monkeypatch: pytest.MonkeyPatch, rows: int, deeds: int
) -> None:
    expected = played(triad())
    assert max(len(told) for _, told in expected) > 3
    make, larger = workspaces.made, []

    def made_with(board: Board, replica: int, rows: int = rows, deeds: int = deeds) -> workspaces.Workspace:
        larger.append((rows, deeds))
        return make(board, replica, rows, deeds)

    monkeypatch.setattr(workspaces, "made", made_with)
    assert played(triad()) == expected
    assert larger[0] == (rows, deeds)
    assert len(larger) > 1


def test_the_room_that_a_turn_took_is_there_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    make, count = workspaces.made, []

    def made_with(board: Board, replica: int, rows: int = 1, deeds: int = 1) -> workspaces.Workspace:
        count.append(rows)
        return make(board, replica, rows, deeds)

    monkeypatch.setattr(workspaces, "made", made_with)
    scene = triad()
    played(scene)
    first = len(count)
    played(scene)
    assert len(count) == first


def test_a_ledger_is_cramped_by_rows_or_by_deeds() -> None:
    board = triad().board
    work = workspaces.made(board, 0, rows=2, deeds=1)
    found = []
    for rows, deeds in ((0, 0), (2, 1), (3, 1), (0, 2)):
        work.step.rows.count[0], work.step.rows.deed_count[0] = rows, deeds
        found.append(work.cramped)
    assert found == [False, False, True, True]
    work.enlarge(board)
    assert work.step.rows.deeds.shape[0] == 4
    assert not work.cramped


def test_what_a_ledger_holds_is_its_own() -> None:
    work = workspaces.made(triad().board, 0, rows=5, deeds=5)
    work.step.rows.count[0] = 2
    work.step.rows.amounts[:2] = 1.0, 2.0
    kept = written(work.step.rows)
    work.step.rows.amounts[:] = 9.0
    assert kept.amounts.tolist() == [1.0, 2.0]
    assert kept.places.shape[0] == 2


# ---- worlds in and out


def test_a_world_comes_out_as_it_went_in() -> None:
    board = made(DRAWN, range(3)).board
    world = start_world(board, 3)
    arrays = {name: np.zeros_like(array) for name, array in world.arrays()}
    for replica in range(3):
        work = workspaces.made(board, replica)
        work.load(world, replica, 5)
        work.unload(arrays, replica)
        assert work.step.seed[0] == 5
    assert all(np.array_equal(arrays[name], array) for name, array in world.arrays())


def test_a_world_that_is_loaded_is_a_copy() -> None:
    board = triad().board
    world = start_world(board)
    before = digest(world)
    work = workspaces.made(board, 0)
    work.load(world, 0, 1)
    work.step.world.memories[:] += 1.0
    work.step.world.over[0] = 2
    assert digest(world) == before


def test_orders_and_answers_are_those_of_the_replica() -> None:
    board = triad().board
    orders = decided(Random(), {}, board, start_world(board, 2), Draws.of(1, 2))
    accepted = np.zeros(orders.act.shape, dtype=bool)
    accepted[1] = True
    work = workspaces.made(board, 0)
    work.order(orders, accepted, 1)
    assert np.array_equal(work.step.orders.act, orders.act[1])
    assert work.step.accepted.all()


# ---- what is used again


def test_a_workspace_is_used_again_and_never_by_two_at_once() -> None:
    board = triad().board
    with workspace(board, 0) as first, workspace(board, 0) as second:
        assert first is not second
    with workspace(board, 0) as again:
        assert again in (first, second)


def test_one_in_which_something_broke_off_is_not() -> None:
    board, broken = triad().board, []

    def break_off() -> None:
        with workspace(board, 0) as work:
            broken.append(work)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with workspace(board, 0) as other:
        assert other is not broken[0]


def test_replicas_share_a_setting_unless_they_were_drawn_apart() -> None:
    shared, drawn = triad().board, made(DRAWN, range(3)).board
    assert setting_for(shared, 0) is setting_for(shared, 7)
    assert setting_for(drawn, 0) is not setting_for(drawn, 1)
    assert setting_for(drawn, 1) is setting_for(drawn, 1)
    assert drawn.drawn == 3


def test_what_is_kept_goes_with_its_board() -> None:
    def play() -> int:
        scene = triad()
        played(scene, turns=1)
        world = start_world(scene.board)
        positions.position(scene.board, world)
        workspaces.packed_world(world, 0)
        return id(scene.board)

    gc.collect()
    number = play()
    gc.collect()
    stores = (workspaces._SETTINGS, workspaces._PACKED, workspaces._IDLE)
    assert not any(key[0] == number for store in stores for key in store)
    assert number not in positions._KNOWN


def test_a_position_is_kept_for_as_long_as_its_world() -> None:
    board = triad().board

    def look(world: World) -> positions.Position:
        return positions.position(board, world)

    world = start_world(board)
    assert look(world) is look(world)
    for _ in range(5):
        look(start_world(board))
    gc.collect()
    assert len(positions._KNOWN[id(board)]) == 1


def test_replicas_of_a_batch_are_packed_one_by_one() -> None:
    board = triad().board
    world = start_world(board, 3)
    given = [*workspaces.by_replica(board, world)]
    assert [replica for replica, _, _ in given] == [0, 1, 2]
    assert all(setting is given[0][1] for _, setting, _ in given)
    assert [one.memories.shape for _, _, one in given] == [world.memories.shape[1:]] * 3
