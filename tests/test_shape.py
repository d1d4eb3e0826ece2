"""The package can be taken in: few modules at its root, small folders, no cycle, and every module in a layer."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGE = CHECKOUT / "game"
AT_THE_ROOT = 10
IN_A_FOLDER = 20
IN_A_LAYER = 4

FAMILIES = {
    "screen/scenes": "one module a scene of the window, all of the same kind; who looks for a scene knows its name",
    "cli/commands": "one module a command, found by its name",
    "rules": "one module a rule, found by its name",
    "scenario/checks": "one module a check, found by its name",
    "scenario/findings/codes": "one page a code of a finding",
}
"""Folders whose files are all of one kind, which one looks up by name and never reads through."""


def modules() -> Mapping[str, Path]:
    """Every module of the package by its dotted name."""
    return {_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def _name(path: Path) -> str:
    parts = path.relative_to(CHECKOUT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def folders() -> list[str]:
    return sorted({path.parent.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*") if _counts(path)})


def files(folder: str) -> list[str]:
    return sorted(path.name for path in (PACKAGE / folder).iterdir() if _counts(path))


def _counts(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.name != "__init__.py"


def imported(source: str, known: Mapping[str, object]) -> Iterator[str]:
    """The modules of the package that a text imports anywhere: at its head, within a function, for types alone."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names if each.name in known)
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write imports from the root of the package"
            named = [f"{node.module}.{each.name}" for each in node.names]
            yield from (each if each in known else str(node.module) for each in named)


def graph(texts: Mapping[str, str]) -> dict[str, set[str]]:
    """What each module imports of the others."""
    return {name: {each for each in imported(text, texts) if each in texts and each != name}
            for name, text in texts.items()}  # fmt: skip


def cycles(edges: Mapping[str, set[str]]) -> list[list[str]]:
    """The strongly connected components of more than one module: each of its modules leads to every other."""
    reached = {name: _reached(name, edges) for name in edges}
    components = {frozenset(each for each in reached[name] if name in reached[each]) for name in edges}
    return sorted(sorted(component) for component in components if component)


def _reached(start: str, edges: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        new = edges[ahead.pop()] - found
        found |= new
        ahead.extend(new)
    return found


def layers() -> list[list[str]]:
    """The lines of the layers contract, from the top, each as the modules it lists."""
    return [[each.strip(" ()") for each in line.split("|")] for line in _contract()["layers"]]


def _contract() -> dict[str, list[str]]:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (found,) = [each for each in settings["contracts"] if each["type"] == "layers"]
    return dict(found)


def test_few_modules_lie_at_the_root() -> None:
    at_root = [path.name for path in PACKAGE.glob("*.py")]
    assert len(at_root) <= AT_THE_ROOT, f"put them into the folder of their layer: {', '.join(sorted(at_root))}"


@pytest.mark.parametrize("folder", [each for each in folders() if each not in FAMILIES])
def test_a_folder_can_be_taken_in(folder: str) -> None:
    assert len(files(folder)) <= IN_A_FOLDER, f"game/{folder} wants folders of its own: {', '.join(files(folder))}"


def test_a_family_is_a_folder_of_files_of_one_kind() -> None:
    for folder in FAMILIES:
        kinds = {Path(name).suffix for name in files(folder)}
        assert len(kinds) == 1, f"game/{folder} has files of several kinds: {', '.join(sorted(kinds))}"


def test_no_module_leads_back_to_itself() -> None:
    found = cycles(graph({name: path.read_text(encoding="utf-8") for name, path in modules().items()}))
    assert not found, f"these import each other: {found}; move what they share below both"


@pytest.mark.parametrize(
    "line",
    [
        "import game.b",
        "from game import b",
        "from game.b import x",
        "if TYPE_CHECKING:\n    from game.b import x",
        "def late():\n    from game.b import x",
    ],
)
def test_a_cycle_is_found_however_it_is_imported(line: str) -> None:
    texts = {"game": "", "game.a": line, "game.b": "import game.c", "game.c": "from game import a", "game.d": line}
    assert cycles(graph(texts)) == [["game.a", "game.b", "game.c"]]


def test_every_module_has_its_layer() -> None:
    contract = _contract()
    listed = [module for line in layers() for module in line]
    at_root = {path.stem for path in PACKAGE.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()}
    assert contract["exhaustive"] is True
    assert sorted([*listed, *contract["exhaustive_ignores"]]) == sorted(at_root - {"__init__"})


def test_no_layer_is_a_crowd() -> None:
    crowded = [line for line in layers() if len(line) > IN_A_LAYER]
    assert not crowded, f"modules of one layer may not import each other; give these an order: {crowded}"
