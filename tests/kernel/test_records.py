"""records and parameters as kernels take them: those of one replica, over the same memory."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pytest

from game.kernel.declare import Floats, axes_within, is_swept, leaf, of_replica, shaped
from game.kernel.orders import no_orders
from game.kernel.records import changed, one_world
from game.kernel.world import start_world
from game.testing import TRIAD, made, triad


@dataclass(frozen=True, slots=True)
class Numbers:
    """Two parameters."""

    rate: object = leaf(0.5, 0, 1, "share", "A rate.")
    level: object = leaf(2.0, 0, 9, "points", "A level.")


@dataclass(frozen=True, slots=True)
class Inner:
    """A record within a record."""

    own: Floats = shaped("RN")
    table: Floats = shaped("NN")


@dataclass(frozen=True, slots=True)
class Outer:
    """Arrays with and without replicas."""

    inner: Inner
    title: str
    own: Floats = shaped("RNN")
    number: Floats = shaped("R")
    shared: Floats = shaped("VN")
    fixed: Floats = shaped("NN")


def outer() -> Outer:
    return Outer(
        Inner(np.arange(6.0).reshape(3, 2), np.zeros((2, 2))), "x", np.arange(12.0).reshape(3, 2, 2), np.arange(3.0),
        np.arange(2.0).reshape(1, 2), np.arange(4.0).reshape(2, 2),
    )  # fmt: skip


def test_parameters_of_a_replica_are_its_numbers() -> None:
    swept = Numbers(np.array([0.1, 0.2, 0.3]), 7)
    assert of_replica(swept, 1) == Numbers(0.2, 7.0)
    assert all(type(getattr(of_replica(swept, 2), each.name)) is float for each in fields(Numbers))
    assert is_swept(swept)
    assert not is_swept(of_replica(swept, 0))


def test_a_number_that_is_an_array_of_no_axes_is_everybodys() -> None:
    assert of_replica(Numbers(np.array(0.25)), 5).rate == 0.25


def test_the_record_of_one_world_has_no_replica_axis() -> None:
    whole = outer()
    single = one_world(whole, 2)
    assert single.own.tolist() == whole.own[2].tolist()
    assert single.number.tolist() == [2.0], "one number a replica is an array of one"
    assert single.inner.own.tolist() == [4.0, 5.0]
    assert single.fixed is whole.fixed
    assert single.title == "x"


def test_what_all_replicas_share_is_taken_as_it_is() -> None:
    whole = outer()
    assert one_world(whole, 2).shared.tolist() == [0.0, 1.0]
    drawn = changed(whole, shared=np.arange(6.0).reshape(3, 2))
    assert one_world(drawn, 2).shared.tolist() == [4.0, 5.0]


def test_it_lies_over_the_same_memory() -> None:
    whole = outer()
    one_world(whole, 1).own[0, 1] = 99.0
    one_world(whole, 1).number[0] = 77.0
    assert whole.own[1, 0, 1] == 99.0
    assert whole.number.tolist() == [0.0, 77.0, 2.0]


def test_every_array_of_a_world_and_of_orders_is_one_replicas() -> None:
    board = triad().board
    world, orders = start_world(board, 4), no_orders(board, 4)
    for whole, single in ((world, one_world(world, 3)), (orders, one_world(orders, 3))):
        for each in fields(whole):
            if "axes" in each.metadata:
                array, own = getattr(whole, each.name), getattr(single, each.name)
                assert own.ndim == max(len(axes_within(each)), 1), each.name
                assert own.shape == (array.shape[1:] or (1,)), each.name
                assert own.dtype == array.dtype


def test_each_replica_of_a_drawn_board_starts_as_it_was_drawn() -> None:
    board = made(TRIAD.replace("military: 60", "military: {mean: 45, sd: 12}"), range(5)).board
    world = start_world(board, 5)
    assert len({float(one_world(world, replica).attributes[0, 0]) for replica in range(5)}) == 5


def test_a_field_that_does_not_exist_can_not_be_changed() -> None:
    with pytest.raises(AttributeError):
        changed(outer(), owner=1)
