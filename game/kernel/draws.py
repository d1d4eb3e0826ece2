"""Addressed randomness: a draw belongs to its place, not to how many draws came before it.

The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"),
a counter-based bijection. The key is the replica's seed; the counter is (cell, turn, stream). So a batch equals its
parts, two branches of one game share their luck, and adding a state or an event moves nobody else's draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from game.kernel.compiled import kernel
from game.kernel.declare import Floats, Words

CHOICE, ANSWER, EVENT, CHANCE, OPTION, SPREAD, LEAK, CLASH, CRISIS, STANCE, PLEDGE = range(1, 12)
"""Streams: what a draw is for. Part of the journal's format: never renumber."""

_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(32)
_MULTIPLIERS = np.array([0xD2511F53, 0xCD9E8D57], dtype=np.uint64)
_WEYL = (0x9E3779B9, 0xBB67AE85)


def key(name: str) -> int:
    """The 64-bit address of a name; the same on every machine and in every version."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")


def keys(names: tuple[str, ...]) -> Words:
    """The addresses of several names `[n]`."""
    return np.array([key(name) for name in names], dtype=np.uint64)


def combined(first: Words, second: Words) -> Words:
    """One address from two, broadcasting; not symmetric (finaliser of splitmix64, Steele, Lea and Flood 2014)."""
    mixed = (first * np.uint64(0x9E3779B97F4A7C15)) ^ second
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(mixed ^ (mixed >> np.uint64(31)))


def philox(counter: Words, seed: Words) -> Words:
    """Philox4x32-10: four 32-bit words `[4, ...]` from a counter of four `[4, ...]` and a 64-bit seed `[...]`."""
    even = counter[0::2].copy()
    odd = counter[1::2].copy()
    multipliers = _MULTIPLIERS.reshape((2,) + (1,) * (counter.ndim - 1))
    schedule = np.stack([seed & _LOW, seed >> _HALF])
    step = np.array(_WEYL, dtype=np.uint64).reshape((2,) + (1,) * seed.ndim)
    scratch = np.empty_like(even)
    for _ in range(10):
        np.multiply(even, multipliers, out=scratch)
        np.right_shift(scratch, _HALF, out=even)
        np.bitwise_xor(even[::-1], odd, out=odd)
        np.bitwise_xor(odd, schedule, out=even)
        np.bitwise_and(scratch[::-1], _LOW, out=odd)
        np.add(schedule, step, out=schedule)
        np.bitwise_and(schedule, _LOW, out=schedule)
    return np.stack([even[0], odd[0], even[1], odd[1]])


@dataclass(frozen=True, slots=True)
class Draws:
    """The luck of a batch: one 64-bit seed a replica `[R]`, or that of one world, without an axis: `run`."""

    seeds: Words

    @classmethod
    def of(cls, *seeds: int) -> Draws:
        """The draws of replicas with these seeds; a seed is any integer, taken modulo 2**64."""
        return cls(np.array([seed % (1 << 64) for seed in seeds], dtype=np.uint64))

    def words(self, turn: int, stream: int, cells: Words) -> Words:
        """Four independent 32-bit words `[4, R, *cells]`, of one world `[4, *cells]`."""
        seeds = self.seeds.reshape(self.seeds.shape + (1,) * cells.ndim)
        cells = np.broadcast_to(cells, (*self.seeds.shape, *cells.shape))
        counter = np.empty((4, *cells.shape), dtype=np.uint64)
        counter[0] = cells & _LOW
        counter[1] = cells >> _HALF
        counter[2] = turn
        counter[3] = stream
        return philox(counter, seeds)

    def uniform(self, turn: int, stream: int, cells: Words) -> Floats:
        """Uniform numbers in (0, 1) with 52 bits `[R, *cells]`, of one world `[*cells]`."""
        words = self.words(turn, stream, cells)
        whole = (words[0] << np.uint64(20)) | (words[1] >> np.uint64(12))
        return np.asarray((whole.astype(np.float64) + 0.5) / float(1 << 52))

    def run(self, index: int) -> Draws:
        """The draws of one replica of the batch, without an axis for replicas."""
        return Draws(np.asarray(self.seeds[index]))

    @property
    def seed(self) -> np.uint64:
        """The seed of the draws of one world; ValueError of several."""
        return np.uint64(self.seeds.item())


# ---- one draw at a time, for kernels

_U = np.uint64
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX0, _MIX1 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_20, _12, _16, _27, _30, _31 = (np.uint64(bits) for bits in (20, 12, 16, 27, 30, 31))

Drawn = tuple[np.uint64, np.uint64, np.uint64, np.uint64]


@kernel
def joined(first: np.uint64, second: np.uint64) -> np.uint64:
    """`combined` of two addresses, for kernels."""
    mixed = _times(first, _GOLDEN) ^ second
    mixed = _times(mixed ^ (mixed >> _30), _MIX0)
    mixed = _times(mixed ^ (mixed >> _27), _MIX1)
    return mixed ^ (mixed >> _31)


@kernel
def _times(first: np.uint64, second: np.uint64) -> np.uint64:
    """The product modulo 2**64, half by half: numpy warns of a product that overflows."""
    low = (first & _LOW) * (second & _LOW)
    high = (
        (low >> _HALF) + (((first >> _HALF) * (second & _LOW)) & _LOW) + (((first & _LOW) * (second >> _HALF)) & _LOW)
    )
    return ((high & _LOW) << _HALF) | (low & _LOW)


@kernel
def drawn_words(seed: np.uint64, turn: int, stream: int, cell: np.uint64) -> Drawn:
    """The four 32-bit words of one draw, as `Draws.words` has them."""
    c0, c1, c2, c3 = cell & _LOW, cell >> _HALF, _U(turn), _U(stream)
    k0, k1 = seed & _LOW, seed >> _HALF
    for _ in range(10):
        p0, p1 = c0 * _M0, c2 * _M1
        c0, c1, c2, c3 = (p1 >> _HALF) ^ c1 ^ k0, p1 & _LOW, (p0 >> _HALF) ^ c3 ^ k1, p0 & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@kernel
def drawn_uniform(seed: np.uint64, turn: int, stream: int, cell: np.uint64) -> float:
    """One uniform number in (0, 1), as `Draws.uniform` has it."""
    words = drawn_words(seed, turn, stream, cell)
    whole = (words[0] << _20) | (words[1] >> _12)
    return (float(whole) + 0.5) / 4503599627370496.0
