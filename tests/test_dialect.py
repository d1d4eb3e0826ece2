"""The core gives the same bytes on every machine because it is written in a dialect; this holds the line."""

from __future__ import annotations

from pathlib import Path

from tests.dialect import problems, report

CHECKOUT = Path(__file__).resolve().parents[1]
CORE = (
    "turn/*.py",
    *("kernel/**/*.py", "submodels/*.py", "rules/*.py", "policies/**/*.py", "measures/*.py"),
)
APART = (
    "numerics.py",  # the one place that may: it says how
    "compiled/__init__.py", "compiled/readiness.py",  # what is kept on the disk is code, and no number is read from it
)  # fmt: skip

DEPARTURES = [
    "np.exp(x)",
    "np.log(x)",
    "np.log2(x)",
    "np.power(x, 3)",
    "np.tanh(x)",
    "np.sin(x)",
    "np.dot(a, b)",
    "np.matmul(a, b)",
    "np.einsum('ij,jk->ik', a, b)",
    "np.tensordot(a, b)",
    "np.inner(a, b)",
    "np.linalg.norm(a)",
    "np.sum(a)",
    "np.mean(a)",
    "np.prod(a)",
    "np.std(a)",
    "np.add.reduce(a)",
    "np.random.default_rng(7)",
    "smooth = np.exp",
    "a @ b",
    "a @= b",
    "a ** 0.5",
    "a ** b",
    "a ** 3",
    "2.0 ** a",
    "a **= n",
    "a.sum()",
    "a.sum(axis=0, dtype=np.float64)",
    "(a * b).sum(axis=1)",
    "a.mean()",
    "a.dot(b)",
    "a.prod()",
    "a.argsort()",
    "np.argsort(a)",
    "np.argsort(a, kind='quicksort')",
    "np.argpartition(a, 3)",
    "sum(a)",
    "sum(x.cost for x in a)",
    "sum(x[0] for x in a)",
    "pow(a, b)",
    "hash(a)",
    "open('a')",
    "print(a)",
    "eval(a)",
    "path.read_text()",
    "datetime.now()",
    "datetime.datetime.now()",
    "date.today()",
    "import math",
    "import random",
    "import time",
    "from math import exp",
    "from time import monotonic",
    "from random import choice",
    "from numpy import exp",
    "from numpy.random import default_rng",
    "for x in {1, 2}: pass",
    "for x in set(a): pass",
    "for x in set(a) | b: pass",
    "for x in a.keys() - b.keys(): pass",
    "[x for x in frozenset(a)]",
    "list({x for x in a})",
    "tuple(set(a))",
    "np.array({1, 2})",
    "','.join({'a', 'b'})",
    "[*{1, 2}]",
    "known = {1, 2}\nfor x in known: pass",
    "def f(known: set[int]) -> list[int]:\n    return [x for x in known]",
]
IDIOMS = [
    "np.cumsum(a)",
    "np.add.at(a, i, b)",
    "np.maximum.reduce(a)",
    "np.logical_or.reduce(a)",
    "np.count_nonzero(a)",
    "a.sum(axis=0, dtype=np.int64)",
    "sum(len(x) for x in a)",
    "sum(x.shape[-1] for x in a)",
    "sum(1 for x in a if x)",
    "np.sqrt(a)",
    "np.rint(a)",
    "np.argmax(a)",
    "np.argsort(a, kind='stable')",
    "a.any() or a.all()",
    "a.max()",
    "a ** 2",
    "2.0 ** -40",
    "10 ** 9",
    "numerics.total(a, axis=0)",
    "import numpy.typing as npt",
    "from numpy.typing import NDArray",
    "from datetime import date",
    "for x in sorted({1, 2}): pass",
    "x in {1, 2}",
    "len(set(a))",
    "any(x > 1 for x in set(a))",
    "{x + 1 for x in set(a)}",
    "known = {1, 2}\nknown = [1, 2]\nfor x in known: pass",
    "def f(known: set[int]) -> bool:\n    return 1 in known\ndef g(known: list[int]) -> object:\n    return [*known]",
    "for x in {'a': 1}: pass",
]


def test_each_departure_is_caught_where_it_stands() -> None:
    for line in DEPARTURES:
        found = problems(f"import numpy as np\n\n{line}\n")
        assert found, line
        assert all(3 <= problem.line <= 4 and problem.instead for problem in found), line


def test_what_is_reproducible_is_let_through() -> None:
    for line in IDIOMS:
        assert problems(f"import numpy as np\n\n{line}\n") == [], line


def test_numpy_under_another_name_is_still_numpy() -> None:
    assert problems("import numpy\nnumpy.exp(x)")
    assert problems("import numpy as xp\nxp.exp(x)")


def test_a_report_names_the_file_the_line_and_what_to_use_instead() -> None:
    (line,) = report("game/rules/drift.py", "import numpy as np\nnp.exp(x)\n")
    assert line.startswith("game/rules/drift.py:2: np.exp: ")
    assert "game.kernel.numerics" in line


def core() -> list[Path]:
    found = {path for pattern in CORE for path in (CHECKOUT / "game").glob(pattern)}
    return sorted(found - {CHECKOUT / "game" / "kernel" / name for name in APART})


def test_the_core_keeps_to_the_dialect() -> None:
    texts = {path.relative_to(CHECKOUT).as_posix(): path.read_text(encoding="utf-8") for path in core()}
    found = [line for name, text in texts.items() for line in report(name, text)]
    assert not found, "\n".join(["these make a run depend on the machine:", *found])


def test_every_part_of_the_core_is_looked_at() -> None:
    assert {"world.py", "draws.py", "table.py", "conflict.py", "balance.py", "utility.py", "relations.py"} <= {
        path.name for path in core()
    }
