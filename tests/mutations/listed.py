"""The list of mutations, and where each stands in the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
PACKAGE = "game"
GOLDENS = ("golden", "test_goldens")
"""Parts of the names of tests that compare with what is kept, and so may not be named as the ones that notice."""


@dataclass(frozen=True, slots=True)
class Mutation:
    """A piece of a line before and after a change, and the test modules that must notice it."""

    name: str
    old: str
    new: str
    tests: tuple[str, ...]


class NotFound(LookupError):
    """A mutation that stands nowhere in the package, or in more than one place, or names a test that is not there."""


def mutations(files: Iterable[Path] | None = None) -> tuple[Mutation, ...]:
    """Every mutation that is listed, in the order of the files."""
    each = sorted(HERE.glob("*.txt")) if files is None else files
    found = [mutation for path in each for mutation in _read(path.read_text(encoding="utf-8"))]
    names = [mutation.name for mutation in found]
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"these names are given twice: {', '.join(sorted(twice))}")
    return tuple(found)


def _read(text: str) -> Iterator[Mutation]:
    for block in text.split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if not lines:
            continue
        head, old, new = lines
        name, _, tests = head.partition(":")
        if not (old.startswith("- ") and new.startswith("+")):
            raise ValueError(f"{name}: write the piece of a line after '- ', and what takes its place after '+ '")
        yield Mutation(name, old[2:], new[1:].strip(), tuple(tests.split()))


def sources(root: Path = CHECKOUT) -> Mapping[Path, str]:
    """The modules of the package and their text."""
    return {path: path.read_text(encoding="utf-8") for path in sorted((root / PACKAGE).rglob("*.py"))}


def mutated(mutation: Mutation, texts: Mapping[Path, str]) -> tuple[Path, str]:
    """The one file in which a mutation stands, and its text after it; NotFound where there is not exactly one place."""
    places = [(path, text.count(mutation.old)) for path, text in texts.items() if mutation.old in text]
    if [number for _, number in places] != [1]:
        where = ", ".join(f"{path.name} ({number})" for path, number in places) or "nowhere"
        raise NotFound(f"{mutation.name}: {mutation.old!r} has to stand in one place, and stands {where}")
    path = places[0][0]
    lines = texts[path].splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if mutation.old in line)
    line = lines[number]
    whole = line.strip() == mutation.old.strip()
    # A line that is left out leaves its block a statement.
    lines[number] = line.replace(mutation.old, mutation.new or ("pass" if whole else ""))
    return path, "".join(lines)


def modules(mutation: Mutation, root: Path = CHECKOUT) -> tuple[Path, ...]:
    """The test modules that a mutation names, by the end of their path."""
    return tuple(_module(mutation, name, root) for name in mutation.tests)


def _module(mutation: Mutation, name: str, root: Path) -> Path:
    wanted = tuple(f"{name}.py".split("/"))
    found = [path for path in sorted((root / "tests").rglob(wanted[-1])) if path.parts[-len(wanted) :] == wanted]
    if len(found) != 1:
        raise NotFound(f"{mutation.name}: there is no one test module {name!r}")
    if any(part in name for part in GOLDENS):
        raise NotFound(f"{mutation.name}: {name!r} compares with what is kept, which says nothing of why")
    return found[0]
