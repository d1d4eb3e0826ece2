"""What the project requires: pins within bounds, stated floors, extras that are used, Pythons that are taken."""

from __future__ import annotations

import ast
import functools
import os
import re
import runpy
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

CHECKOUT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = PROJECT["optional-dependencies"]
REQUIRED = [
    Requirement(text) for text in [*PROJECT["dependencies"], *(text for extra in EXTRAS.values() for text in extra)]
]
PINS = {
    canonicalize_name(pin.name): pin
    for line in (CHECKOUT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
    for pin in [Requirement(line)]
}
FLOORS = runpy.run_path(str(CHECKOUT / ".ci" / "floors.py"))
TESTED = ["3.11", "3.12", "3.13"]

# Tools that are run by name, and what is needed without being imported.
RUN = {"build", "hatchling", "import-linter", "mypy", "pytest-timeout", "pytest-xdist", "ruff", "twine", "types-pyyaml"}
IMPORTED_AS = {"pyyaml": "yaml", "pygame-ce": "pygame"}


def problems(pins: dict[str, Requirement], required: list[Requirement]) -> list[str]:
    """Why pins don't fit what is required."""
    found = []
    for requirement in required:
        pin = pins.get(canonicalize_name(requirement.name))
        if pin is None:
            found.append(f"{requirement.name} is not pinned")
        elif not requirement.specifier.contains(pinned(pin), prereleases=True):
            found.append(f"{pin} is outside of {requirement}")
    return found


def pinned(pin: Requirement) -> str:
    ((operator, version),) = [(each.operator, each.version) for each in pin.specifier]
    assert operator == "==", f"{pin} is not a pin"
    return version


def test_every_requirement_of_every_extra_is_pinned_within_its_bounds() -> None:
    assert not problems(PINS, REQUIRED), "run `make constraints`"


def test_pins_that_are_missing_or_out_of_bounds_are_found() -> None:
    required = [Requirement("click>=8.2"), Requirement("rich>=13")]
    assert problems({"click": Requirement("click==8.1.0")}, required) == [
        "click==8.1.0 is outside of click>=8.2",
        "rich is not pinned",
    ]


def test_nothing_is_pinned_that_nothing_requires() -> None:
    """Follows the requirements of what is installed here, as far as it is installed here."""
    from importlib.metadata import PackageNotFoundError, requires, version

    waiting, needed = [(each.name, each.extras) for each in REQUIRED], set()
    seen = set()
    while waiting:
        name, extras = waiting.pop()
        needed.add(canonicalize_name(name))
        if (name, frozenset(extras)) in seen:
            continue
        seen.add((name, frozenset(extras)))
        try:
            found = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            pytest.skip(f"{name} is not installed")
        pin = PINS.get(canonicalize_name(name))
        if pin is not None and version(name) != pinned(pin):
            pytest.skip(f"{name} {version(name)} is installed and not the version that is pinned")
        for each in found:
            environments = (
                {"extra": extra, "python_version": "3.11", "python_full_version": "3.11.0"} for extra in ["", *extras]
            )
            if each.marker is None or any(each.marker.evaluate(given) for given in environments):
                waiting.append((each.name, each.extras))
    assert not set(PINS) - needed, "run `make constraints`"


def test_the_lowest_versions_are_those_that_the_requirements_state() -> None:
    assert list(FLOORS["floors"](["mesa[network]>=3.3,<4", "a.b >= 1.0 ; python_version < '3.12'"])) == [
        "mesa==3.3",
        "a.b==1.0 ; python_version < '3.12'",
    ]
    lowest = [Requirement(line) for line in FLOORS["floors"](FLOORS["requirements"]())]
    assert not problems({canonicalize_name(each.name): each for each in lowest}, REQUIRED)


@pytest.mark.parametrize("requirement", ["click", "click<9", "click==8.2", "click @ file:///x"])
def test_a_requirement_without_a_lowest_version_is_refused(requirement: str) -> None:
    with pytest.raises(ValueError, match="state the lowest version"):
        list(FLOORS["floors"]([requirement]))


@pytest.mark.parametrize("requirement", REQUIRED, ids=str)
def test_what_is_required_is_used(requirement: Requirement) -> None:
    name = canonicalize_name(requirement.name)
    if name in RUN:
        files = ("Makefile", "pyproject.toml", "tests/test_repository.py", "tests/test_imports.py")
        texts = [
            re.sub(rf'"{re.escape(requirement.name)}[\[>=].*', "", (CHECKOUT / file).read_text("utf-8"))
            for file in files
        ]
        words = {"import-linter": "lint-imports", "pytest-timeout": "timeout =", "pytest-xdist": "--numprocesses"}
        if name != "types-pyyaml":
            assert any(words.get(name, name) in text for text in texts)
        return
    assert IMPORTED_AS.get(name, name) in imported(), f"nothing imports {requirement.name}"


@functools.cache
def imported() -> set[str]:
    """The libraries that the package and its tests import."""
    folders = ("game", "tests", "docs", "benchmarks", "assets")
    return {
        module.partition(".")[0]
        for folder in folders
        for path in (CHECKOUT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for module in (
            [alias.name for alias in node.names] if isinstance(node, ast.Import)
            else [node.module or ""] if isinstance(node, ast.ImportFrom)
            else []
        )
    }  # fmt: skip


def test_no_python_is_too_new() -> None:
    bounds = SpecifierSet(PROJECT["requires-python"])
    assert all(bounds.contains(version) for version in [*TESTED, "3.14", "3.15", "3.99"])
    assert not bounds.contains("3.10")
    named = [each.rpartition(" ")[2] for each in PROJECT["classifiers"] if "Python :: 3." in each]
    assert named == TESTED


def test_the_continuous_check_and_make_name_the_same_pythons() -> None:
    assert f"for version in {' '.join(TESTED)};" in (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    for name, version in (("OLDEST", Version(TESTED[0])), ("NEWEST", Version(TESTED[-1]))):
        assert f"{name} := ({version.major}, {version.minor})" in makefile


def make_with(version: tuple[int, int], folder: Path) -> subprocess.CompletedProcess[str]:
    """`make python` with an interpreter that says it is of another version."""
    fake = folder / "python"
    fake.write_text(
        f'#!/bin/sh\nshift\nexec "{sys.executable}" -c "import sys; sys.version_info = (*{version}, 0)\n$1"\n',
        encoding="utf-8",
    )
    fake.chmod(0o755)
    environment = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MFLAGS", "MAKELEVEL"}
    }
    return subprocess.run(
        ["make", "--no-print-directory", "python", f"PYTHON={fake}", "CONSTRAINTS=constraints.txt"],
        cwd=CHECKOUT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


needs_make = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


@needs_make
@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13)])
def test_make_says_nothing_of_a_python_that_was_tested(version: tuple[int, int], tmp_path: Path) -> None:
    done = make_with(version, tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@needs_make
@pytest.mark.parametrize("version", [(3, 14), (3, 15)])
def test_make_takes_a_newer_python_and_says_so_in_one_line(version: tuple[int, int], tmp_path: Path) -> None:
    done = make_with(version, tmp_path)
    assert done.returncode == 0
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"Python 3.{version[1]} is newer than 3.13, the newest that was tested")


@needs_make
def test_make_refuses_an_older_python_with_one_sentence(tmp_path: Path) -> None:
    done = make_with((3, 10), tmp_path)
    assert done.returncode != 0
    sentence, *rest = done.stderr.splitlines()
    assert sentence.startswith("Python 3.11 or newer is needed and ")
    assert all(line.startswith("make: ***") for line in rest)
