"""The rules, one file each, and when they act.

A rule is a kernel over one step: it looks at a world and writes to the step's changes. Its name is its file, its block
under `parameters:`, its row in the ledger, its test and its heading in the docs. When each acts is said in
`game.kernel.phases`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from game.kernel.compiled import entry
from game.kernel.phases import NAMES, OPENING, PHASES
from game.kernel.step import Step

Rule = Callable[[Step, Any], None]

_MODULES = {name: import_module(f"{__name__}.{name}") for name in NAMES}

RULES: Mapping[str, Rule] = {name: entry(getattr(module, name)) for name, module in _MODULES.items()}
"""The kernel of each rule, in the order of the phases: it bears the name of its file."""

PARAMS: Mapping[str, type[Any]] = {name: module.Params for name, module in _MODULES.items()}
"""What may be set of each rule."""

__all__ = ["NAMES", "OPENING", "PARAMS", "PHASES", "RULES", "Rule"]
