"""Tries mutations on a copy of the tree: `python -m tests.mutations`."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from tests.mutations.listed import CHECKOUT, Mutation, modules, mutated, mutations, sources

COPIED = ("game", "tests", "docs", "benchmarks", "scenarios", "assets", "seeds", "README.md", "pyproject.toml")
PASSED, FAILED = 0, 1
"""What pytest's own exit codes mean; the others are troubles of its own."""

SECONDS = count(1_000_000_000)
"""When a changed file claims to have been written: never twice at the same time."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a mutation: whether a test failed, and which, or the last words of what went wrong."""

    mutation: Mutation
    killed: bool
    said: str


def main() -> int:
    """Try what was asked for; 0 where every mutation was noticed."""
    asked = argparse.ArgumentParser(prog="python -m tests.mutations", description="change a line, and see a test fail")
    asked.add_argument("words", nargs="*", help="only mutations whose name holds one of these")
    asked.add_argument("--list", action="store_true", help="name them and where they stand, and try none")
    asked.add_argument("--jobs", type=int, default=1, help="how many are tried at once")
    given = asked.parse_args()
    chosen = [each for each in mutations() if not given.words or any(word in each.name for word in given.words)]
    texts = sources()
    if given.list:
        for each in chosen:
            sys.stdout.write(f"{each.name}: {mutated(each, texts)[0].relative_to(CHECKOUT).as_posix()}\n")
        return 0
    with TemporaryDirectory(prefix="mutations-") as folder:
        trees = [copied(Path(folder) / str(number)) for number in range(max(given.jobs, 1))]
        unchanged(trees[0], chosen)
        survivors = 0
        for outcome in tried(chosen, trees):
            survivors += not outcome.killed
            word = "killed" if outcome.killed else "SURVIVED"
            sys.stdout.write(f"{word:8} {outcome.mutation.name}: {outcome.said}\n")
            sys.stdout.flush()
    sys.stdout.write(f"{len(chosen)} tried, {len(chosen) - survivors} killed, {survivors} survived\n")
    return 1 if survivors else 0


def copied(tree: Path) -> Path:
    """A copy of what the tests need, to be changed at will."""
    tree.mkdir(parents=True)
    for name in COPIED:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy2(source, tree / name)
    return tree


def unchanged(tree: Path, chosen: Sequence[Mutation]) -> None:
    """Raise where a test that is to notice fails anyway: then its failure says nothing."""
    named = sorted({path for each in chosen for path in modules(each, tree)})
    if named and (done := pytest(tree, named)).returncode != PASSED:
        raise RuntimeError(f"the tests fail without any mutation:\n{done.stdout}{done.stderr}")


def tried(chosen: Iterable[Mutation], trees: Sequence[Path]) -> Iterator[Outcome]:
    """Every mutation tried, as many at once as there are copies of the tree."""
    free: SimpleQueue[Path] = SimpleQueue()
    for tree in trees:
        free.put(tree)

    def one(mutation: Mutation) -> Outcome:
        tree = free.get()
        try:
            return noticed(tree, mutation)
        finally:
            free.put(tree)

    with ThreadPoolExecutor(len(trees)) as pool:
        yield from pool.map(one, chosen)


def noticed(tree: Path, mutation: Mutation) -> Outcome:
    """Change the line in the copy, run the tests that must fail, and put the line back."""
    path, text = mutated(mutation, sources(tree))
    before, when = path.read_text(encoding="utf-8"), path.stat().st_mtime
    path.write_text(text, encoding="utf-8")
    # Bytecode is told apart by the second of its source, and two mutations of a file may come within one.
    os.utime(path, (next(SECONDS),) * 2)
    try:
        done = pytest(tree, modules(mutation, tree))
    finally:
        path.write_text(before, encoding="utf-8")
        os.utime(path, (when, when))
    if done.returncode in (PASSED, FAILED):
        failed = re.search(r"^FAILED (\S+)", done.stdout, re.MULTILINE)
        return Outcome(mutation, done.returncode == FAILED, failed[1] if failed else "no test failed")
    raise RuntimeError(f"{mutation.name}: the tests could not be run:\n{done.stdout}{done.stderr}")


def pytest(tree: Path, paths: Iterable[Path]) -> subprocess.CompletedProcess[str]:
    """The tests of some modules in a tree, to the first that fails, the same examples every time."""
    names = [path.relative_to(tree).as_posix() for path in paths]
    environment = os.environ | {"PYTHONPATH": str(tree), "CI": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--tb=no", "-p", "no:cacheprovider", *names]
    return subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)


if __name__ == "__main__":
    raise SystemExit(main())
