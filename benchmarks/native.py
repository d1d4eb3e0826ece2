"""The hottest phase in C, compiled on the spot: how near the engine's compiled form comes to it.

The phase is scoring: for every act between every two states, its character and the weights of its terms times the
features of the pair. The C form takes the same inputs and gives the same bytes, since all factors lie on the grid.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.timing import medians
from benchmarks.worlds import scenario_text
from game.kernel.compiled import compiled, entry, in_use, packed
from game.kernel.world import start_world
from game.policies import Reasoner, observe
from game.policies.reasoner.thoughts import Thoughts, Weights, weights_of
from game.policies.reasoner.utility import score_acts
from game.scenario import read
from game.scenario.compile import compiled as compiled_scenario

Floats = npt.NDArray[np.float64]

SOURCE = r"""
#include <stdint.h>
void scores(int64_t states, int64_t acts, const int64_t *first, const int64_t *column, const double *weight,
            const double *features, const double *leaning, double *restrict out) {
    for (int64_t i = 0; i < states; i++)
        for (int64_t a = 0; a < acts; a++) {
            double *restrict row = out + (i * acts + a) * states;
            for (int64_t j = 0; j < states; j++) row[j] = leaning[i * acts + a];
            for (int64_t x = first[a]; x < first[a + 1]; x++) {
                const double *f = features + (column[x] * states + i) * states;
                const double w = weight[x];
                for (int64_t j = 0; j < states; j++) row[j] += w * f[j];
            }
        }
}
"""
"""Every act's scores in one pass over its own weights, those of other states side by side."""

FLAGS = ("-O3", "-march=native", "-ffp-contract=off", "-shared", "-fPIC")
TIMES = 20
"""How often the phase is run in one measurement: it is short."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the phase takes: weights by act, as rows of (column, weight), and a position's features `[M, N, N]`."""

    first: npt.NDArray[np.int64]  # [A + 1] where each act's weights begin
    column: npt.NDArray[np.int64]
    weight: Floats
    features: Floats
    leaning: Floats  # [N, A]
    weights: Weights
    thoughts: Thoughts


Phase = Callable[[Inputs], Floats]
"""The phase in any form: the scores `[N, A, N]` of what each state may do to each other."""


def inputs(states: int) -> Inputs:
    """The inputs of the phase at the start of the measured world of so many states."""
    scenario = read(scenario_text(states)).scenario
    assert scenario is not None
    made = compiled_scenario(scenario, None)
    params = made.parameters["reasoner"]
    thoughts = Reasoner(made.board, params).appraisal(observe(made.board, start_world(made.board)))
    engine = weights_of(made.board, params)
    weights = engine.actor
    act, column = np.nonzero(weights)
    first = np.searchsorted(act, np.arange(weights.shape[0] + 1))
    return Inputs(
        first.astype(np.int64),
        column.astype(np.int64),
        np.ascontiguousarray(weights[act, column]),
        thoughts.outlook.features,
        thoughts.leaning,
        engine,
        thoughts,
    )


@entry
def score_all(weights: Weights, thoughts: Thoughts) -> None:
    """The scores of every act of every state, as the engine works them out: written to `thoughts.actor` [A, N, N]."""
    for state in range(thoughts.actor.shape[1]):
        score_acts(weights, thoughts, thoughts.outlook.features, state)


def in_engine(given: Inputs) -> Callable[[], Floats]:
    """The engine's own form of the phase, its inputs packed: what works it out."""
    weights, thoughts, made = packed(given.weights), packed(given.thoughts), compiled(score_all)

    def scores() -> Floats:
        made(weights, thoughts)
        return given.thoughts.actor

    return scores


def in_numpy(given: Inputs) -> Floats:
    """The phase as one matrix product."""
    columns, states, _ = given.features.shape
    acts = given.first.size - 1
    weights = np.zeros((acts, columns))
    weights[np.repeat(np.arange(acts), np.diff(given.first)), given.column] = given.weight
    scored = (weights @ given.features.reshape(columns, -1)).reshape(acts, states, states)
    return np.ascontiguousarray(scored.transpose(1, 0, 2)) + given.leaning[:, :, None]


def compiler() -> str | None:
    """A C compiler, None where there is none."""
    return next((found for name in ("cc", "gcc", "clang") if (found := shutil.which(name))), None)


@cache
def in_c() -> Phase | None:
    """The phase in C; None without a compiler that can make it."""
    program = compiler()
    if program is None:
        return None
    folder = Path(mkdtemp(prefix="native-"))
    source, library = folder / "scores.c", folder / "scores.so"
    source.write_text(SOURCE, encoding="utf-8")
    try:
        subprocess.run([program, *FLAGS, str(source), "-o", str(library)], check=True, capture_output=True)
        call = ctypes.CDLL(str(library)).scores
    except (OSError, subprocess.CalledProcessError):
        return None
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    call.restype = None

    def scores(given: Inputs) -> Floats:
        states, acts = given.leaning.shape
        out = np.empty((states, acts, states))
        parts = (given.first, given.column, given.weight, given.features, given.leaning, out)
        call(ctypes.c_int64(states), ctypes.c_int64(acts), *(_pointer(part) for part in parts))
        return out

    return scores


def _pointer(array: npt.NDArray[Any]) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def c_share(states: int, rounds: int = 5) -> float | None:
    """The speed of the engine's compiled phase over that in C; None where either is not there."""
    native = in_c()
    if native is None or not in_use():
        return None
    given = inputs(states)
    engine = in_engine(given)
    if not np.array_equal(engine().transpose(1, 0, 2), native(given)):
        raise SystemExit("the phase in C gives other scores than the engine's")
    works: Sequence[Callable[[], object]] = (
        lambda: [engine() for _ in range(TIMES)],
        lambda: [native(given) for _ in range(TIMES)],
    )
    ours, theirs = medians(works, rounds)
    return theirs / ours
