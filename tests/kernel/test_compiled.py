"""compiled: kernels stay the functions they are, and run as they stand wherever nothing compiles."""

from __future__ import annotations

import warnings
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from game.kernel import compiled
from game.kernel.changes import rows_of
from game.kernel.compiled import SWITCH, readiness
from game.rules import RULES
from tests import kernels

PACKAGE = Path(compiled.__file__).parents[2]


@compiled.kernel
def doubled(value: float) -> float:
    """Twice a value."""
    return 2.0 * value


@compiled.kernel
def doubled_twice(value: float) -> float:
    """Four times a value."""
    return doubled(doubled(value))


@compiled.kernel
def store(values: list[float], value: float) -> None:
    """Keep twice a value."""
    values.append(doubled(value))


@compiled.kernel
def store_more(values: list[float], value: float) -> None:
    """Keep four times a value."""
    values.append(doubled_twice(value))


@pytest.fixture
def unloaded(monkeypatch: pytest.MonkeyPatch) -> list[Exception]:
    """What loading numba ends in; nothing was compiled before."""
    reasons: list[Exception] = [ImportError("no module named numba\nnor anything else")]

    def fail(name: str) -> Any:
        raise reasons[0]

    monkeypatch.setenv(SWITCH, "compiled")
    monkeypatch.setattr(compiled, "import_module", fail)
    monkeypatch.setattr(compiled, "_KERNELS", dict.fromkeys(compiled._KERNELS))
    monkeypatch.setattr(compiled, "_compiler", cache(compiled._compiler.__wrapped__))
    return reasons


def test_a_kernel_is_the_function_that_its_source_says() -> None:
    def plain(value: float) -> float:
        return value

    assert compiled.kernel(plain) is plain
    assert compiled.entry(plain) is plain
    del compiled._KERNELS[plain]
    compiled._ENTRIES.discard(plain)
    assert doubled_twice(1.5) == 6.0


def test_what_is_no_kernel_is_not_compiled() -> None:
    with pytest.raises(KeyError):
        compiled.compiled(Path.exists)


def test_by_the_switch_kernels_run_as_they_stand_and_records_stay_what_they_are() -> None:
    rows = rows_of(1, 1)
    with kernels.uncompiled():
        assert compiled.compiled(doubled) is doubled
        assert compiled.packed(rows) is rows


def test_the_switch_alone_keeps_numba_away(unloaded: list[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "plain")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compiled.compiled(doubled) is doubled


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (ImportError("no module named numba\nnor anything else"), "no module named numba"),
        (OSError("libllvmlite.so: cannot open"), "libllvmlite.so: cannot open"),
        (RuntimeError(""), "RuntimeError"),
        (SystemError("numba needs an older numpy"), "numba needs an older numpy"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_where_numba_does_not_load_kernels_run_as_they_stand_and_say_so_once(
    unloaded: list[Exception], reason: Exception, told: str
) -> None:
    unloaded[0] = reason
    with pytest.warns(RuntimeWarning, match=f"kernels run uncompiled.*because numba does not load: {told}$") as said:
        found = compiled.compiled(doubled_twice)
    assert len(said) == 1
    assert found is doubled_twice
    rows = rows_of(1, 1)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert compiled.compiled(doubled) is doubled
        assert compiled.packed(rows) is rows


def test_a_fault_of_ours_is_not_taken_for_a_numba_that_does_not_load(unloaded: list[Exception]) -> None:
    unloaded[0] = ZeroDivisionError("a fault")
    with pytest.raises(ZeroDivisionError):
        compiled.compiled(doubled)


def test_one_of_several_kernels_is_called_by_its_place() -> None:
    kept: list[float] = []
    with kernels.uncompiled():
        functions = compiled.pointers({store: (kept, 1.0), store_more: (kept, 1.0)})
        compiled.invoke(functions, 1, (kept, 1.0))
        compiled.invoke(functions, 0, (kept, 1.5))
    assert kept == [4.0, 3.0]


def test_what_is_kept_of_a_kernel_depends_on_all_that_it_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {each: compiled._summary(each) for each in (doubled, doubled_twice, store)}

    @compiled.kernel
    def other(value: float) -> float:
        return 3.0 * value

    monkeypatch.setitem(globals(), "doubled", other)
    assert compiled._summary(doubled_twice) != before[doubled_twice]
    assert compiled._summary(store) != before[store]
    monkeypatch.undo()
    assert {each: compiled._summary(each) for each in before} == before
    del compiled._KERNELS[other]


def test_and_on_the_numbers_that_it_takes_from_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    body = RULES["drift"]
    before = compiled._summary(body)
    number = next(name for name, value in compiled._used(body).items() if isinstance(value, int | float | tuple))
    monkeypatch.setitem(body.__globals__, number, -77)
    assert compiled._summary(body) != before


def test_every_kernel_lies_where_readiness_looks_for_sources() -> None:
    looked = {
        path for folder in readiness.SOURCES for path in (PACKAGE / folder).glob("*.py" if folder == "." else "**/*.py")
    }
    lying = {
        Path(each.__code__.co_filename).resolve() for each in compiled._KERNELS if each.__module__.startswith("game.")
    }
    assert lying
    assert lying <= {path.resolve() for path in looked}
