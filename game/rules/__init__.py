"""The rules, one file each, and when they act.

A rule is a pure function from the moment and its own parameters to the change it makes. Its name is its file, its block
under `parameters:`, its row in the ledger, its test and its heading in the docs. The order of the phases is the only
list to edit: rules of one phase see the same world, so their order within it can't matter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from game.ledger import Change, Moment
from game.rules import acts, balance, capital, decisions, drift, endings, events, ties, triggers

Rule = Callable[[Moment, Any], Change]

OPENING: tuple[tuple[str, ...], ...] = (("events",),)
"""As a turn opens, before anybody decides."""

PHASES: tuple[tuple[str, ...], ...] = (
    ("decisions", "acts", "triggers"),
    ("ties",),
    ("balance",),
    ("drift", "capital"),
    ("endings",),
)
"""As a turn is played."""

RULES: Mapping[str, Rule] = {
    "events": events.events,
    "decisions": decisions.decisions,
    "acts": acts.acts,
    "triggers": triggers.triggers,
    "ties": ties.ties,
    "balance": balance.balance,
    "drift": drift.drift,
    "capital": capital.capital,
    "endings": endings.endings,
}

PARAMS: Mapping[str, type[Any]] = {
    "events": events.Params,
    "decisions": decisions.Params,
    "acts": acts.Params,
    "triggers": triggers.Params,
    "ties": ties.Params,
    "balance": balance.Params,
    "drift": drift.Params,
    "capital": capital.Params,
    "endings": endings.Params,
}
