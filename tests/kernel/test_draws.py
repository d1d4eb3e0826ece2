"""draws: the published generator, addressed by place."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.kernel.draws import (
    CHOICE,
    EVENT,
    Draws,
    combined,
    drawn_uniform,
    drawn_words,
    joined,
    key,
    keys,
    philox,
)

# Known answers of philox4x32-10 that its authors publish with Random123: counter, key, output.
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "seed", "answer"), KNOWN)
def test_the_generator_gives_its_published_answers(counter, seed, answer):
    whole = np.array([seed[0] | seed[1] << 32], dtype=np.uint64)
    words = philox(np.array(counter, dtype=np.uint64).reshape(4, 1), whole)
    assert tuple(int(word) for word in words[:, 0]) == answer


def test_a_draw_depends_on_its_address_only():
    many = Draws.of(5, 6, 7).uniform(3, EVENT, keys(("a", "b", "c")))
    alone = Draws.of(6).uniform(3, EVENT, keys(("b",)))
    assert many[1, 1] == alone[0, 0]


def test_seed_turn_stream_and_cell_each_matter():
    base = Draws.of(1).uniform(1, EVENT, keys(("a",)))[0, 0]
    assert base != Draws.of(2).uniform(1, EVENT, keys(("a",)))[0, 0]
    assert base != Draws.of(1).uniform(2, EVENT, keys(("a",)))[0, 0]
    assert base != Draws.of(1).uniform(1, CHOICE, keys(("a",)))[0, 0]
    assert base != Draws.of(1).uniform(1, EVENT, keys(("b",)))[0, 0]


def test_the_draws_of_one_run_are_those_of_the_batch_in_its_place():
    draws, cells = Draws.of(*range(5)), keys(("a", "b"))
    whole, numbers = draws.words(1, CHOICE, cells), draws.uniform(1, CHOICE, cells)
    for replica in range(5):
        run = draws.run(replica)
        assert (run.words(1, CHOICE, cells) == whole[:, replica]).all()
        assert (run.uniform(1, CHOICE, cells) == numbers[replica]).all()
        assert run.seed == draws.seeds[replica]


@given(st.integers(min_value=-(2**70), max_value=2**70))
def test_any_integer_is_a_seed_and_draws_lie_strictly_between_0_and_1(seed):
    drawn = Draws.of(seed).uniform(1, EVENT, keys(("a", "b", "c", "d")))
    assert ((drawn > 0) & (drawn < 1)).all()


def test_draws_are_even():
    drawn = Draws.of(*range(20000)).uniform(1, EVENT, keys(("a",)))[:, 0]
    counts = np.histogram(drawn, bins=20, range=(0, 1))[0]
    # Chi-square with 19 degrees of freedom exceeds 43.8 once in a thousand; the seeds are fixed.
    assert ((counts - 1000) ** 2 / 1000).sum() < 43.8


def test_neighbouring_seeds_and_cells_are_not_correlated():
    grid = Draws.of(*range(300)).uniform(1, EVENT, np.arange(300, dtype=np.uint64))
    assert abs(np.corrcoef(grid[:-1].ravel(), grid[1:].ravel())[0, 1]) < 0.015
    assert abs(np.corrcoef(grid[:, :-1].ravel(), grid[:, 1:].ravel())[0, 1]) < 0.015


def test_the_address_of_a_name_is_pinned():
    assert key("iran") == 0x0D2271B8DCEF272C
    assert int(combined(keys(("iran",)), keys(("israel",)))[0]) == 0x9F295C4D714B86D9


def test_an_address_of_two_names_has_an_order():
    assert combined(keys(("a",)), keys(("b",)))[0] != combined(keys(("b",)), keys(("a",)))[0]


# ---- one draw at a time, for kernels

ENDS = np.array([0, 1, 2**32 - 1, 2**32, 2**63, 2**64 - 1], dtype=np.uint64)
"""Words whose halves are empty or full."""


def words_of(count: int) -> np.ndarray:
    """Any words, and those at the ends."""
    return np.concatenate([ENDS, np.random.default_rng(4).integers(0, 2**64, count, dtype=np.uint64)])


@pytest.mark.parametrize(("counter", "seed", "answer"), KNOWN)
def test_one_draw_gives_the_published_answers(counter, seed, answer):
    cell, whole = np.uint64(counter[0] | counter[1] << 32), np.uint64(seed[0] | seed[1] << 32)
    assert tuple(int(word) for word in drawn_words(whole, counter[2], counter[3], cell)) == answer


def test_one_draw_is_what_many_at_once_have_in_its_place():
    seeds, cells = words_of(14), words_of(44)
    draws = Draws(seeds)
    for turn, stream in ((1, CHOICE), (3, EVENT), (1200, 11)):
        words, numbers = draws.words(turn, stream, cells), draws.uniform(turn, stream, cells)
        for replica, seed in enumerate(seeds):
            for place, cell in enumerate(cells):
                one = drawn_words(seed, turn, stream, cell)
                assert [int(word) for word in one] == words[:, replica, place].tolist()
                assert drawn_uniform(seed, turn, stream, cell) == numbers[replica, place]


def test_an_address_of_two_is_the_same_one_by_one():
    first, second = words_of(300), words_of(300)[::-1].copy()
    expected = combined(first, second)
    found = [joined(one, other) for one, other in zip(first, second, strict=True)]
    assert all(type(each) is np.uint64 for each in found)
    assert found == expected.tolist()
