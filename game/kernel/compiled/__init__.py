"""Kernels: functions over one world that numba compiles, and that run as they stand too.

A function marked `@kernel` stays the plain Python function that its source says: tests, coverage and a debugger run
it. `compiled(function)` is the same function compiled, and whatever kernels it calls compiled with it. What kernels
take whole, a world, a setting, a step, are dataclasses of arrays and numbers; `packed` turns one into the form that
compiled kernels take, over the same memory, so that what a kernel writes is seen in the dataclass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dis import get_instructions
from functools import cache
from hashlib import sha256
from importlib import import_module
from os import environ
from types import CodeType, FunctionType
from typing import Any, ParamSpec, TypeVar
from warnings import warn

from game.kernel.compiled import readiness

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")

SWITCH = "REALPOLITIK_KERNELS"
"""The environment variable that says how games are played: by kernels that are `compiled`, whatever that takes, or by
kernels as they stand, `plain`. Unless it is one of these, by compiled kernels where they are kept on disk."""

_UNLOADED = (ImportError, OSError, AttributeError, RuntimeError, SystemError, TypeError, ValueError)
"""What loading numba ends in where there is none, or one that does not go with its surroundings."""

_KERNELS: dict[Any, Any] = {}
"""Every kernel, and its compiled form once it was asked for."""

_INNER: dict[Any, Any] = {}
"""The forms of kernels that compiled kernels call, where these are not the ones that Python calls."""

_ENTRIES: set[Any] = set()
"""The kernels that Python calls too, which are compiled once for both."""


def kernel(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Mark a function that numba may compile; it is not changed."""
    _KERNELS[function] = None
    return function


def entry(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """Mark a kernel that Python calls as well as other kernels; it is not changed."""
    _ENTRIES.add(kernel(function))
    return function


@kernel
def invoke(functions: Any, place: int, arguments: tuple[Any, ...]) -> None:
    """Call one of several kernels, of `pointers`, that return nothing.

    Compiled, it is a call by address: what calls a kernel so is not compiled anew with all that it is made of. The
    arguments must have the very types that the kernel was compiled for.
    """
    functions[place](*arguments)


def pointers(given: Mapping[Callable[..., None], tuple[Any, ...]]) -> Any:
    """Kernels for `invoke`, in order, each compiled for such arguments."""
    compiler = _compiler()
    return list(given) if compiler is None else compiler.addresses([(compiled(each), given[each]) for each in given])


def compiled(function: Callable[Arguments, Result]) -> Callable[Arguments, Result]:
    """The compiled form of a kernel; its dataclasses are to be `packed`. Where nothing compiles, the plain one."""
    if _KERNELS[function] is None:
        compiler = _compiler()
        _KERNELS[function] = (
            function if compiler is None else compiler.compiling(_calling_compiled(function), _summary(function))
        )
    made: Callable[Arguments, Result] = _KERNELS[function]
    return made


def packed(record: Any) -> Any:
    """A dataclass of arrays and numbers as compiled kernels take it; ValueError where an array has another form.

    Where nothing compiles, the record itself.
    """
    compiler = _compiler()
    return record if compiler is None else compiler.packed(record)


def in_use() -> bool:
    """Whether this process plays by compiled kernels; else by kernels as they stand, with the same bytes."""
    return _compiler() is not None


def until_renewed(forget: Callable[[], Any]) -> Callable[[], Any]:
    """Have something forgotten by `renew`: whatever holds packed records, or compiled kernels."""
    _FORGETTING.append(forget)
    return forget


_FORGETTING: list[Callable[[], Any]] = []


def renew() -> None:
    """Play by compiled kernels from now on, if they have been kept meanwhile. No game must be under way elsewhere."""
    if in_use() or environ.get(SWITCH) == "plain":
        return
    readiness.kept.cache_clear()
    _compiler.cache_clear()
    if in_use():
        _KERNELS.update(dict.fromkeys(_KERNELS))
        for forget in _FORGETTING:
            forget()


@cache
def _compiler() -> Any:
    """What compiles and packs, loaded when a kernel is first needed; None where kernels are to run as they stand."""
    asked = environ.get(SWITCH)
    if asked == "plain" or (asked != "compiled" and not readiness.kept()):
        return None
    try:
        found = import_module("game.kernel.compiled.packing")
        found.KeptInner.found = _inner
        return found
    except _UNLOADED as error:
        reason = str(error).strip().splitlines()
        warn(
            f"kernels run uncompiled, some hundred times slower, because numba does not load: "
            f"{reason[0] if reason else type(error).__name__}",
            RuntimeWarning,
            stacklevel=2,
        )
        return None


def _inner(function: Any) -> Any:
    """The compiled form of a kernel as other compiled kernels call it."""
    if function is invoke:
        return _compiler().invoke
    if function in _ENTRIES:
        return compiled(function)
    if function not in _INNER:
        compiler = _compiler()
        _INNER[function] = compiler.compiling(_calling_compiled(function), _summary(function), inner=True)
    return _INNER[function]


def _calling_compiled(function: Any) -> Any:
    """The same function, but the kernels it calls are the compiled ones."""
    scope = {name: _inner(value) if _is_kernel(value) else value for name, value in _used(function).items()}
    scope["__builtins__"], scope["__name__"] = function.__globals__["__builtins__"], function.__module__
    twin = FunctionType(function.__code__, scope, function.__name__, function.__defaults__)
    twin.__qualname__, twin.__module__ = function.__qualname__, function.__module__
    twin.__annotations__ = function.__annotations__
    return twin


def _used(function: Any) -> Mapping[str, Any]:
    """What a function takes from its module, by name."""
    known = function.__globals__
    return {name: known[name] for name in _names(function.__code__) if name in known}


@cache
def _names(code: CodeType) -> tuple[str, ...]:
    """The names that some code takes from around it; those of the fields it reads are none of them."""
    return tuple(dict.fromkeys(each.argval for each in get_instructions(code) if each.opname == "LOAD_GLOBAL"))


def _is_kernel(value: Any) -> bool:
    return isinstance(value, FunctionType) and value in _KERNELS


def _summary(function: Any) -> str:
    """A digest of all that a compiled kernel is made of: its code and constants, and those of all that it calls.

    What is kept on disk is told apart by it: numba looks at the file of the kernel alone.
    """
    found = sha256()
    for each in sorted(_reached(function), key=lambda reached: (reached.__module__, reached.__qualname__)):
        found.update(f"{each.__module__} {each.__qualname__}".encode())
        found.update(_code(each.__code__))
        for name, value in sorted(_used(each).items()):
            if isinstance(value, int | float | str | tuple) or hasattr(value, "dtype"):
                found.update(f"{name}={value!r}".encode())
    return found.hexdigest()


def _reached(function: Any) -> Iterator[Any]:
    """A kernel and all that it calls, each once."""
    waiting, seen = [function], {function}
    while waiting:
        each = waiting.pop()
        yield each
        for value in _used(each).values():
            if _is_kernel(value) and value not in seen:
                seen.add(value)
                waiting.append(value)


def _code(code: CodeType) -> bytes:
    constants = b"".join(_code(each) if isinstance(each, CodeType) else repr(each).encode() for each in code.co_consts)
    return code.co_code + repr(code.co_names).encode() + constants
