"""Realpolitik: a regional alliance simulation. A game, a laboratory and an authoring kit over one engine.

    import game
    model = game.AllianceModel("strait.yaml", seed=7)
    model.order("ada: reassure bora")
    model.step()
    print(model.why("bora -> ada"))

The names below load what they need when they are first used, so that `import game` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from game import version
    from game.analysis.bargaining import the_most_to_ask, what_would_it_take
    from game.analysis.explain import explain
    from game.errors import (
        GameError,
        IllegalOrder,
        InvalidArgument,
        InvalidOrder,
        JournalError,
        PolicyError,
        StudyError,
        UnaffordableOrder,
        UnknownName,
    )
    from game.match.match import Setup, begin
    from game.model import AllianceModel, StateAgent
    from game.parameters import ParameterRange
    from game.scenario import check, load
    from game.scenario.findings.finding import ScenarioError
    from game.study import Ensemble, FailedRuns, ensemble
    from game.turn import opening, step

    __version__ = version.VERSION
    from game.kernel.world import Board, World, digest, start_world
    from game.measures.relations import relations

_HOMES = {
    "AllianceModel": "game.model",
    "Board": "game.kernel.world",
    "Ensemble": "game.study",
    "FailedRuns": "game.study",
    "GameError": "game.errors",
    "IllegalOrder": "game.errors",
    "InvalidArgument": "game.errors",
    "InvalidOrder": "game.errors",
    "JournalError": "game.errors",
    "ParameterRange": "game.parameters",
    "PolicyError": "game.errors",
    "ScenarioError": "game.scenario.findings.finding",
    "Setup": "game.match.match",
    "StateAgent": "game.model",
    "StudyError": "game.errors",
    "UnaffordableOrder": "game.errors",
    "UnknownName": "game.errors",
    "World": "game.kernel.world",
    "begin": "game.match.match",
    "check": "game.scenario",
    "digest": "game.kernel.world",
    "ensemble": "game.study",
    "explain": "game.analysis.explain",
    "load": "game.scenario",
    "opening": "game.turn",
    "relations": "game.measures.relations",
    "start_world": "game.kernel.world",
    "step": "game.turn",
    "the_most_to_ask": "game.analysis.bargaining",
    "what_would_it_take": "game.analysis.bargaining",
}

__all__ = [
    "AllianceModel",
    "Board",
    "Ensemble",
    "FailedRuns",
    "GameError",
    "IllegalOrder",
    "InvalidArgument",
    "InvalidOrder",
    "JournalError",
    "ParameterRange",
    "PolicyError",
    "ScenarioError",
    "Setup",
    "StateAgent",
    "StudyError",
    "UnaffordableOrder",
    "UnknownName",
    "World",
    "__version__",
    "begin",
    "check",
    "digest",
    "ensemble",
    "explain",
    "load",
    "opening",
    "relations",
    "start_world",
    "step",
    "the_most_to_ask",
    "what_would_it_take",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return import_module("game.version").VERSION
    if name not in _HOMES:
        raise AttributeError(f"module 'game' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
