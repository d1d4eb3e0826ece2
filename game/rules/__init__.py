"""The rules, one file each, and when they act.

A rule is a pure function from the moment and its own parameters to the change it makes. Its name is its file, its block
under `parameters:`, its row in the ledger, its test and its heading in the docs. When each acts is said in
`game.kernel.phases`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from game.kernel.ledger import Change
from game.kernel.phases import NAMES, OPENING, PHASES
from game.submodels.context import StepContext

Rule = Callable[[StepContext, Any], Change]

_MODULES = {name: import_module(f"{__name__}.{name}") for name in NAMES}

RULES: Mapping[str, Rule] = {name: getattr(module, name) for name, module in _MODULES.items()}
"""The function of each rule: it bears the name of its file."""

PARAMS: Mapping[str, type[Any]] = {name: module.Params for name, module in _MODULES.items()}
"""What may be set of each rule."""

__all__ = ["NAMES", "OPENING", "PARAMS", "PHASES", "RULES", "Rule"]
