"""Heavy libraries load only for those who ask for them, and every public name is there when asked for."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
HEAVY = ("mesa", "pygame", "pandas", "scipy", "networkx", "click", "rich", "numba", "dask", "pettingzoo", "matplotlib")
LIGHT_MODULES = ("game", "game.turn", "game.scenario", "game.policies", "game.journal", "game.analysis", "game.study")


def loaded_by(statement: str) -> set[str]:
    """The top-level modules a fresh interpreter has loaded after a statement."""
    program = f"{statement}\nimport sys\nprint('\\n'.join(sorted({{name.partition('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_the_check_sees_what_a_statement_loads() -> None:
    assert {"json", "fractions"} <= loaded_by("import fractions, json")
    assert "fractions" not in loaded_by("import json")


@pytest.mark.parametrize("module", LIGHT_MODULES)
def test_importing_the_engine_loads_no_front_end_or_agent_library(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        pytest.skip(f"{module} does not exist")
    assert not loaded_by(f"import {module}") & set(HEAVY)


def test_importing_the_package_alone_does_not_even_load_numpy() -> None:
    assert not loaded_by("import game") & {"numpy", "yaml"}


def test_every_public_name_resolves() -> None:
    program = "import game\nfor name in game.__all__:\n    assert getattr(game, name) is not None, name"
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import game

    with pytest.raises(AttributeError, match="no_such_name"):
        _ = game.no_such_name
    assert set(game.__all__) <= set(dir(game))
