"""Heavy libraries load only for those who ask for them, and every public name is there when asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
FRONT_ENDS = ("mesa", "pygame", "click", "rich", "pettingzoo")
HEAVY = ("pandas", "scipy", "networkx", "numba", "dask", "distributed", "matplotlib", "pyarrow")
SHELL = ("game.model", "game.env", "game.screen", "game.cli", "game.__main__")
COMPILER = "game.kernel.compiled.packing"
COMPILERS = {COMPILER, "game.kernel.compiled.linking"}


def run(program: str) -> list[str]:
    """What a fresh interpreter prints, line by line."""
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def first_loaders(modules: list[str]) -> dict[str, str]:
    """For each library that importing the modules in turn loads: the module that loaded it."""
    lines = run(
        "import importlib, sys\n"
        "seen = set(sys.modules)\n"
        f"for module in {modules!r}:\n"
        "    importlib.import_module(module)\n"
        "    for name in sorted(set(sys.modules) - seen):\n"
        "        if '.' not in name: print(name, module)\n"
        "    seen = set(sys.modules)\n"
    )
    return dict(line.split() for line in lines)


def engine_modules() -> list[str]:
    """Every module of the package below the shell."""
    paths = sorted((CHECKOUT / "game").rglob("*.py"))
    names = [".".join(path.relative_to(CHECKOUT).with_suffix("").parts).removesuffix(".__init__") for path in paths]
    return [name for name in names if not any(f"{name}.".startswith(f"{part}.") for part in SHELL)]


def test_the_check_sees_what_a_module_loads() -> None:
    loaders = first_loaders(["json", "fractions"])
    assert loaders["json"] == "json"
    assert loaders["fractions"] == "fractions"
    assert not {"mesa", "pygame", "decimal"} & set(first_loaders(["json"]))


def test_importing_the_engine_loads_no_front_end_and_nothing_heavy() -> None:
    modules = [name for name in engine_modules() if name not in COMPILERS]
    assert {"game", "game.turn", "game.kernel.world", "game.rules.balance"} <= set(modules)
    loaders = first_loaders(modules)
    guilty = [f"{loaders[name]} loads {name}" for name in (*FRONT_ENDS, *HEAVY) if name in loaders]
    assert not guilty, "\n".join([*guilty, "import it inside the function that needs it, or move that to the shell"])


def test_only_the_compiler_of_kernels_loads_numba() -> None:
    assert set(engine_modules()) >= COMPILERS
    assert first_loaders(["game.rules.balance", "game.turn", COMPILER])["numba"] in COMPILERS


@pytest.mark.parametrize("command", ["check", "fix", "fmt", "new", "explain", "schema"])
def test_who_writes_a_scenario_does_not_wait_for_the_game(command: str) -> None:
    program = f"import sys, game.cli.commands.{command}"
    loaded = run(f"{program}; print(*sys.modules, sep=chr(10))")
    assert "click" in loaded
    assert [name for name in loaded if name.startswith(("game.match", "game.journal", "game.policies"))] == []


def test_importing_the_package_alone_loads_neither_numpy_nor_yaml() -> None:
    assert not {"numpy", "numba", "yaml"} & set(first_loaders(["game"]))


def test_every_public_name_resolves() -> None:
    import game

    assert game.__all__
    assert [name for name in game.__all__ if getattr(game, name) is None or name not in dir(game)] == []


def test_an_unknown_public_name_is_an_attribute_error() -> None:
    import game

    with pytest.raises(AttributeError, match="no_such_name"):
        _ = game.no_such_name
