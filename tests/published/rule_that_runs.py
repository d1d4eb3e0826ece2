"""Bare scenarios in which nothing happens but what a test puts there, played by `game.ensemble` with silent states."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

import game
from game.kernel.declare import Floats
from game.scenario import read
from game.scenario.spec import Scenario

NAMES = tuple("abcdefghijklmnopqrstuvwxyz")

HEAD = """\
format: 1
id: bare
title: Bare
summary: States that regard each other and do nothing.
start: 2001-01
turn: month
turns: {turns}
orders: 1
capital: {{income: 1, carry: 1}}
catalogue: standard
attributes: {{military: {{unit: index, min: 0, max: 100}}}}
power: military
memories:
  mood: {{half_life: 2}}
  memory: {{half_life: {half_life}}}
  scar: {{half_life: 120}}
states:
"""


def bare(table: Floats, half_life: float, *, shock: Floats | None = None, turns: int = 12) -> Scenario:
    """A scenario with a start table in points [N, N], all else alike, and a shock to memories in the first turn."""
    names = [f"s{name}" for name in NAMES[: len(table)]]
    pairs = [(i, j) for i in range(len(table)) for j in range(len(table)) if i != j]
    lines = [HEAD.format(turns=turns, half_life=half_life)]
    lines += [f"  {name}: {{name: {name.upper()}, stats: {{military: 50}}}}\n" for name in names]
    lines += ["relations:\n  pairs:\n"]
    lines += [f"    {names[i]} -> {names[j]}: {table[i, j]:.6f}\n" for i, j in pairs]
    if shock is not None:
        lines += ["events:\n  shock:\n    headline: A shock\n    at: 1\n    effects:\n"]
        lines += [f"      {names[i]} -> {names[j]}: {{memory: {shock[i, j]:+.6f}}}\n" for i, j in pairs]
    reading = read("".join(lines))
    assert reading.scenario is not None, [str(each) for each in reading.findings]
    return reading.scenario


def played(scenario: Scenario, turns: int, parameters: Mapping[str, object], runs: int = 1) -> Floats:
    """Relations in shares of the scale after every turn, every state silent, by the rules that run.

    `[T + 1, N, N]`, or of several runs, whose parameters may differ, `[R, T + 1, N, N]`.
    """
    silent = dict.fromkeys(scenario.states, "wait")
    # Suspicion pulls as well, once relations have moved: it is another rule, and not what is published here.
    parameters = {"suspicion.weight": 0.0, **parameters}
    given = {path: value if isinstance(value, list) else [value] * runs for path, value in parameters.items()}
    series = game.ensemble(scenario, [1] * runs, turns=turns, parameters=given, policies=silent).series / 100.0
    return np.asarray(series if runs > 1 else series[0])


def uniform(states: int, value: float) -> Floats:
    """A table [N, N] in which everybody regards everybody alike."""
    return np.asarray(value * (1.0 - np.eye(states)))
