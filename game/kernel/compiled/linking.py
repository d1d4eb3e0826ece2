"""Linking: how compiled functions are put together.

numba optimises a function with all that it calls, then what calls it with all of that again, and so on at every level.
Here functions that only compiled functions call are kept as they were translated, and optimised once, as parts of what
is called from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from llvmlite import binding
from numba.core import compiler
from numba.core.caching import CompileResultCacheImpl
from numba.core.codegen import JITCodeLibrary

Origin = tuple[str, str, tuple[Any, ...]]
"""The module and name of a function, and the types of its arguments."""


class _Codegen:
    """numba's, but what is not there to be run has no environment to be run in."""

    def __init__(self, codegen: Any) -> None:
        self._codegen = codegen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._codegen, name)

    def set_env(self, name: str, environment: Any) -> None:
        """Nothing."""


class InnerLibrary(JITCodeLibrary):
    """The code of a function that only compiled functions call, not optimised and not there to be run."""

    origin: Origin | None = None

    @property
    def codegen(self) -> Any:
        """What makes code."""
        return _Codegen(self._codegen)

    def finalize(self) -> None:
        """Nothing is optimised."""
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """None."""
        return 0

    def serialize_using_object_code(self) -> Any:
        """Its code, and where what it calls comes from."""
        return self.name, self._get_module_for_linking().as_bitcode(), [each.origin for each in self._linking_libraries]


class _OuterLibrary(JITCodeLibrary):
    """The code of a function that can be called from outside, with all that it is made of."""

    def finalize(self) -> None:
        """Link what it is made of, near and far, and optimise all of it."""
        self._linking_libraries: list[Any] = list(_reached(self._linking_libraries))
        super().finalize()


def _reached(libraries: list[Any]) -> Iterator[Any]:
    """Some libraries and what they are made of, each once."""
    waiting, seen = list(libraries), set(libraries)
    while waiting:
        each = waiting.pop()
        yield each
        if isinstance(each, InnerLibrary):
            new = [found for found in each._linking_libraries if found not in seen]
            seen.update(new)
            waiting.extend(new)


class _Compiler(compiler.Compiler):
    """numba's, with a library of one of these kinds."""

    kind: type[JITCodeLibrary]

    def compile_extra(self, func: Any) -> Any:
        """Compile a function into such a library."""
        library = self.kind(self.state.targetctx.codegen(), func.__qualname__)
        library.enable_object_caching()
        library.origin = (func.__module__, func.__qualname__, tuple(self.state.args))
        self.state.library = library
        return super().compile_extra(func)


class Inner(_Compiler):
    """Compiles what only compiled functions call."""

    kind = InnerLibrary


class Outer(_Compiler):
    """Compiles what is called from outside."""

    kind = _OuterLibrary


class KeptInner(CompileResultCacheImpl):
    """What is kept of functions that only compiled functions call."""

    found: Callable[[Any], Any]
    """The compiled form of a kernel."""

    def rebuild(self, target_context: Any, payload: Any) -> Any:
        """The compiled function, and all that it calls."""
        (name, bitcode, origins), fndesc, environment, signature, *_ = payload
        library = InnerLibrary(target_context.codegen(), name)
        library._final_module = library._shared_module = binding.parse_bitcode(bitcode)
        library.origin = (fndesc.modname, fndesc.qualname, tuple(signature.args))
        library._linking_libraries = [self._library(each) for each in origins]
        library._finalized = True
        return compiler.compile_result(
            typing_context=target_context.typing_context, target_context=target_context, library=library,
            entry_point=target_context.get_executable(library, fndesc, environment), fndesc=fndesc,
            environment=environment, signature=signature, objectmode=False, lifted=(), reload_init=[],
        )  # fmt: skip

    @classmethod
    def _library(cls, origin: Origin) -> Any:
        """The code of another function."""
        module, name, kinds = origin
        function = cls.found(getattr(import_module(module), name))
        function.compile(kinds)
        return function.overloads[kinds].library
