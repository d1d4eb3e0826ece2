"""`python -m tests.port RULE [--plain] [--every N] [--only NAME]`: a kernel against the rule that it replaces."""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import fields, replace
from importlib import import_module
from typing import Any

import numpy as np

from game import turn
from game.kernel import changes as ch
from game.kernel.compiled import compiled, packed
from game.kernel.deeds import ORDERED, deeds_of
from game.kernel.ledger import Change, Ledger, causes_of
from game.kernel.phases import RULES
from game.kernel.records import changed, one_world
from game.kernel.setting import setting_of
from game.kernel.step import Step, step_of
from game.narrative.causes import in_ids
from tests.oracle.games import all_games, made_of, played

SETTINGS: dict[int, Any] = {}


def step_for(context: Any, replica: int = 0) -> Step:
    """The step of a context's first replica."""
    board = context.board
    key = (id(board), replica)
    if key not in SETTINGS:
        SETTINGS[key] = (board, setting_of(board, replica))
    world = one_world(context.world, replica)
    world = replace(world, **{name: np.array(array) for name, array in world.arrays()})
    orders = one_world(context.orders, replica)
    orders = changed(orders, **{each.name: np.array(getattr(orders, each.name)) for each in fields(orders)})
    accepted = np.zeros(orders.act.shape, dtype=bool)
    seed = int(context.draws.seeds[replica])
    step = step_of(SETTINGS[key][1], world, orders, accepted, seed, rows=60000, deeds=6000)
    fill(step, context.actions, replica)
    step.turn = context.turn
    return step


def fill(step: Step, actions: Any, replica: int) -> None:
    mine = np.flatnonzero(actions.replica == replica)
    deeds = deeds_of(max(mine.size, step.deeds.act.size))
    deeds.count[0] = mine.size
    for name in ("actor", "target", "act", "refused", "scale", "term", "secret", "audience", "about", "purpose",
                 "side_payment", "pledge"):  # fmt: skip
        getattr(deeds, name)[: mine.size] = getattr(actions, name)[mine]
    deeds.origin[: mine.size] = ORDERED
    step.deeds = deeds


def params_for(params: Any, replica: int = 0) -> Any:
    """Every value as one float."""
    values = {}
    for each in fields(params):
        value = getattr(params, each.name)
        values[each.name] = float(value[replica] if isinstance(value, np.ndarray) and value.ndim else value)
    return type(params)(**values)


def rows_now(step: Step, board: Any, rule: str) -> list[tuple[Any, ...]]:
    rows = step.rows
    count = int(rows.count[0])
    assert count <= rows.amounts.size and rows.deed_count[0] <= rows.deeds.shape[0], "no room for all rows"
    found = []
    for place, cause in enumerate(causes_of(rows, board)):
        number, *_, layer, hidden, i, j = rows.places[place].tolist()
        assert RULES[number] == rule, f"a row of {RULES[number]}"
        found.append((i, j, layer, bool(hidden), float(rows.amounts[place]), in_ids(cause, board)))
    return sorted(found)


def rows_then(board: Any, rule: str, change: Change, moment: int) -> list[tuple[Any, ...]]:
    ledger = Ledger(moment, ((rule, change),))
    states = range(len(board.states))
    return sorted(
        (i, j, row.layer, row.hidden, row.impulse, in_ids(row.cause, board))
        for i in states for j in states if i != j for row in ledger.rows(board, i, j, 0)
    )  # fmt: skip


def differences(step: Step, context: Any, rule: str, old: Change) -> list[str]:
    found = []
    world = context.world
    for number, name in enumerate(ch.ADDED):
        then = getattr(old, name)
        now = getattr(step.changes.world, name)
        expected = np.zeros_like(now) if then is None else np.asarray(then)[0]
        if not step.changes.added[number] and now.any():
            found.append(f"{name}: added to, but changes.added is not set")
        if not np.array_equal(now, expected):
            at = np.argwhere(now != expected)
            found.append(f"{name}: {len(at)} cells, first {at[0].tolist()}: {now[tuple(at[0])]!r} not {expected[tuple(at[0])]!r}")
    for number, name in enumerate(ch.REPLACED):
        then = getattr(old, name)
        before = getattr(world, name)
        expected = np.asarray(before if then is None else then)
        expected = expected[0] if expected.ndim > 1 else expected[0:1]
        now = getattr(step.changes.world, name) if step.changes.set[number] else getattr(step.world, name)
        if not np.array_equal(now, expected):
            at = np.argwhere(now != expected)
            found.append(f"{name}: {len(at)} cells, first {at[0].tolist()}: {now[tuple(at[0])]!r} not {expected[tuple(at[0])]!r}")
    if not found:
        here, there = rows_now(step, context.board, rule), rows_then(context.board, rule, old, context.turn)
        if here != there:
            extra = [row for row in here if row not in there][:3]
            missing = [row for row in there if row not in here][:3]
            found.append(f"rows: {len(here)} not {len(there)}; extra {extra}; missing {missing}")
    return found


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.port")
    parser.add_argument("rule")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--every", type=int, default=6)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    rule = arguments.rule
    module = import_module(f"game.rules.{rule}")
    body = getattr(module, f"k_{rule}")
    count, wrong, spent = 0, 0, 0.0
    label = ""

    class Watching(dict):  # type: ignore[type-arg]
        def __getitem__(self, name: str) -> Any:
            original = dict.__getitem__(self, name)
            if name != rule:
                return original

            def both(context: Any, params: Any) -> Change:
                nonlocal count, wrong, spent
                old = original(context, params)
                if not context.world.running[0]:
                    return old
                step = step_for(context)
                own = params_for(params)
                begin = time.process_time()
                if arguments.plain:
                    body(step, own)
                else:
                    compiled(body)(packed(step), packed(own))
                if count:
                    spent += time.process_time() - begin
                else:
                    print(f"first call {time.process_time() - begin:.1f} s")
                count += 1
                for line in differences(step, context, rule, old):
                    wrong += 1
                    if wrong <= 12:
                        print(f"{label} turn {context.turn}: {line}")
                return old

            return both

    turn.RULES = Watching(turn.RULES)  # type: ignore[misc]
    for number, game in enumerate(all_games()):
        if number % arguments.every != arguments.first or arguments.only not in game.name:
            continue
        label = str(game)
        made = made_of(game, [game.seed])
        for step in played(made, game.seats, [game.seed], game.turns):
            if not step.world.running[0]:
                break
    print(f"{rule}: {count} moments, {wrong} differences, {spent / max(count - 1, 1) * 1e6:.0f} µs each with packing")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
