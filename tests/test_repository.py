"""What is true of the repository as a whole: what is in it, how it reads, and that it is complete where installed."""

from __future__ import annotations

import ast
import functools
import json
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import jsonschema
import pytest
import yaml

from game.version import VERSION

CHECKOUT = Path(__file__).resolve().parents[1]
LONGEST_FUNCTION = 60
LONGEST_MEDIAN = 15
PICTURES_AND_FONTS = {".png", ".jpg", ".svg", ".ttf", ".otf", ".woff2", ".ico", ".gif", ".npz", ".parquet"}

# Spelled with a bracket each, so that this file can be searched like any other.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.:/-])/(?:h[o]me|r[o]ot|w[o]rk|U[s]ers|t[m]p)/[\w.]"),
    "a drive of one machine": re.compile(r"\b[A-Z]:\\U[s]ers\b"),
    "a note of work left undone": re.compile(r"\b(?:T[O]DO|F[I]XME|X[X]X)\b"),
    "a silenced check": re.compile(r"#\s*(?:no[q]a|type:\s*[i]gnore)"),
    "a merge left undone": re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE),
}


def git_files() -> list[Path]:
    """The files in git: what lies beside them is its owner's; in an unpacked archive without git, none."""
    command = ["git", "ls-files", "--cached", "-z"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    names = [name for name in listed.stdout.split("\0") if name]
    return sorted(path for path in map(CHECKOUT.joinpath, names) if path.is_file())


def modules(folder: str = "game") -> list[Path]:
    return sorted((CHECKOUT / folder).rglob("*.py"))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def shown(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def forbidden_in(text: str) -> Iterator[tuple[int, str]]:
    """What may not stand in any file, by line."""
    for what, pattern in FORBIDDEN.items():
        for match in pattern.finditer(text):
            yield text.count("\n", 0, match.start()) + 1, what


@pytest.mark.parametrize(
    "text",
    ["see /ho|me/ann/notes", "open('/t|mp/x')", "# TO|DO: later", "x = 1  # no|qa: F401", "a\n<<<<|<<< HEAD\nb"],
)
def test_the_search_finds_what_is_forbidden(text: str) -> None:
    assert list(forbidden_in(text.replace("|", "")))


@pytest.mark.parametrize("text", ["https://example.org/home/page", "docs/work/plan.md", "a homework", "======="])
def test_the_search_lets_the_rest_through(text: str) -> None:
    assert not list(forbidden_in(text))


def test_no_file_in_git_holds_what_is_forbidden() -> None:
    found = []
    for path in git_files():
        if path.suffix not in PICTURES_AND_FONTS:
            text = path.read_text(encoding="utf-8", errors="replace")  # broken files are kept to be read
            found += [f"{shown(path)}:{line}: {what}" for line, what in forbidden_in(text)]
    assert not found, "\n".join(found)


def test_the_licence_is_the_one_the_package_declares() -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["license"] == "MIT"
    assert (CHECKOUT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def citation_problems(citation: object) -> list[str]:
    """Where a citation departs from the schema of the Citation File Format 1.2.0."""
    schema = json.loads((CHECKOUT / "tests" / "citation_file_format_1.2.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(citation)]


def test_the_citation_is_valid_and_is_of_this_version() -> None:
    citation = yaml.safe_load((CHECKOUT / "CITATION.cff").read_text(encoding="utf-8"))
    assert not citation_problems(citation)
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert citation["version"] == project["version"] == VERSION
    assert citation["license"] == project["license"]


def test_a_citation_that_is_not_valid_is_found() -> None:
    assert citation_problems({"cff-version": "1.2.0", "message": "x", "title": "x", "authors": []})
    assert citation_problems(
        {"cff-version": "1.2.0", "message": "x", "title": "x", "authors": [{"name": "x"}], "lisence": "MIT"}
    )


def test_every_module_and_all_that_is_public_in_it_says_what_it_is_for() -> None:
    trees = {path: parsed(path) for path in modules()}
    silent = [shown(path) for path, module in trees.items() if not ast.get_docstring(module)]
    silent += [f"{shown(path)}:{node.lineno}: {node.name}" for path, module in trees.items()
               for node in public(module) if not explains(node)]  # fmt: skip
    assert not silent, "\n".join(["these have no docstring:", *silent])


def public(module: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    for node in module.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node


def explains(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """A record whose fields name it needs no sentence that repeats its name."""
    is_record = isinstance(node, ast.ClassDef) and all(isinstance(part, ast.AnnAssign) for part in node.body)
    return is_record or ast.get_docstring(node) is not None


def function_lengths() -> list[tuple[int, str]]:
    """Each function of the package with its lines, longest first."""
    functions = (
        (path, node)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    lengths = [
        ((node.end_lineno or 0) - node.lineno + 1, f"{shown(path)}:{node.lineno} {node.name}")
        for path, node in functions
    ]
    return sorted(lengths, reverse=True)


def test_functions_are_short() -> None:
    lengths = function_lengths()
    middle = median(lines for lines, _ in lengths)
    long = [f"{where}: {lines} lines" for lines, where in lengths if lines > LONGEST_FUNCTION]
    assert not long, "\n".join([f"longer than {LONGEST_FUNCTION} lines (the median is {middle:g}):", *long])
    assert middle <= LONGEST_MEDIAN, f"the median function has {middle:g} lines"


def test_the_folders_of_the_tests_mirror_those_of_the_package() -> None:
    whole = {
        "benchmarks",
        "oracle",
        "laws",
        "golden",
        "findings",
        "screens",
        "published",
        "siege",
        "slips",
        "source_event",
        "mutations",
    }
    stray = [
        shown(path)
        for path in sorted((CHECKOUT / "tests").rglob("*"))
        if path.is_dir() and path.name != "__pycache__" and holds_python(path)
        if path.relative_to(CHECKOUT / "tests").parts[0] not in whole
        if not (CHECKOUT / "game" / path.relative_to(CHECKOUT / "tests")).is_dir()
    ]
    assert not stray, f"these test folders mirror no folder of game/: {', '.join(stray)}"


def holds_python(folder: Path) -> bool:
    return any(folder.rglob("*.py"))


def test_nothing_in_the_package_imports_its_tests() -> None:
    guilty = [
        shown(path)
        for path in modules()
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in {"tests", "benchmarks"}
    ]
    assert not guilty


# ---- the wheel


@functools.cache
def shipped_files() -> tuple[str, ...]:
    """The data that the wheel must hold, as paths inside it."""
    folders = ("scenarios", "assets", "seeds")
    return tuple(f"game/_data/{shown(path)}" for path in git_files() if shown(path).partition("/")[0] in folders)


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The source archive and the wheel, built by the environment's own back end: nothing is downloaded."""
    target = tmp_path_factory.mktemp("archives")
    command = [
        sys.executable,
        "-m",
        "build",
        "--sdist",
        "--wheel",
        "--no-isolation",
        "--outdir",
        str(target),
        str(CHECKOUT),
    ]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return sorted(target.iterdir())


@pytest.fixture(scope="module")
def wheel(archives: list[Path]) -> Path:
    (path,) = [each for each in archives if each.suffix == ".whl"]
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment with the wheel, and the libraries of this one behind it."""
    home = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    (site,) = [path for path in home.rglob("site-packages") if path.is_dir()]
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    libraries = [path for path in sys.path if path.endswith("site-packages")]
    # As plain directories, not as a site: this checkout is installed there for editing, and must not be found.
    (site / "libraries.pth").write_text("\n".join(libraries), encoding="utf-8")
    return next(path for path in (home / "bin" / "python", home / "Scripts" / "python.exe") if path.exists())


def run_installed(python: Path, *arguments: str, folder: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    done = subprocess.run(
        [str(python), *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.packaging
def test_the_wheel_holds_the_package_its_types_and_its_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    package = {shown(path) for path in git_files() if shown(path).startswith("game/")}
    assert "game/py.typed" in held
    assert not (package | set(shipped_files())) - held
    assert not [name for name in held if name.startswith(("tests/", "benchmarks/", "docs/"))]


@pytest.mark.packaging
def test_the_archives_are_fit_to_be_published(archives: list[Path]) -> None:
    assert [path.name.partition(".tar")[1] or path.suffix for path in archives] == [".whl", ".tar"]
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, archives)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.packaging
def test_the_source_archive_holds_what_is_needed_to_build_and_test_it(archives: list[Path]) -> None:
    (path,) = [each for each in archives if each.suffix == ".gz"]
    with tarfile.open(path) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    assert {shown(path) for path in git_files()} <= held


@pytest.mark.packaging
def test_an_installed_game_finds_its_scenarios_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    program = (
        "import game, game.files as files\n"
        "print(game.__file__)\n"
        "for id, path in files.shipped_scenarios().items(): print(id, path)"
    )
    where, *scenarios = run_installed(installed, "-c", program, folder=tmp_path).splitlines()
    assert str(CHECKOUT) not in where
    assert any(line.startswith("south_caucasus_2012 ") for line in scenarios)
    assert all("_data" in line for line in scenarios)


@pytest.mark.packaging
def test_an_installed_game_loads_every_scenario_it_ships(installed: Path, tmp_path: Path) -> None:
    program = (
        "import game, game.files as files\n"
        "for id in files.shipped_scenarios(): game.load(id)\n"
        "print(len(files.shipped_scenarios()))"
    )
    assert int(run_installed(installed, "-c", program, folder=tmp_path)) >= 1


@pytest.mark.packaging
def test_an_installed_game_answers_on_the_command_line(installed: Path, tmp_path: Path) -> None:
    run_installed(installed, "-m", "game", "check", "south-caucasus-2012", folder=tmp_path)
