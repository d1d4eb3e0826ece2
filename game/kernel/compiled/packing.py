"""Packing: dataclasses of arrays and numbers as numba takes them, one pointer each, however many fields they have.

The type of a packed record follows from the dataclass alone: of its fields, `int`, `float` and `bool` are numbers,
those declared with `axes` or `shaped` are arrays in C order, and dataclasses of such are packed in turn. What is none
of these, names and texts, stays behind. So every kernel has one signature.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pickle import UnpicklingError
from typing import Any

import numpy as np
from numba import from_dtype, njit, typeof, types
from numba.core import cgutils
from numba.core.caching import FunctionCache
from numba.experimental import structref
from numba.experimental.jitclass.base import imp_dtor
from numba.extending import intrinsic

from game.kernel.declare import DTYPES, axes_within

_NUMBERS = {"int": types.int64, "float": types.float64, "bool": types.boolean, "Value": types.float64}


_UNREADABLE = (OSError, EOFError, UnpicklingError, ImportError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a damaged copy of a compiled function ends in."""


class _Kept(FunctionCache):
    """What is kept on disk of a compiled function, told apart by all that it is made of."""

    def __init__(self, function: Any, summary: str) -> None:
        super().__init__(function)
        self._summary = summary

    def _index_key(self, signature: Any, codegen: Any) -> Any:
        return (*super()._index_key(signature, codegen), self._summary)

    def load_overload(self, signature: Any, target_context: Any) -> Any:
        """What was kept; None, to compile it anew, where there is nothing or it can't be read."""
        try:
            return super().load_overload(signature, target_context)
        except _UNREADABLE:
            return None

    def save_overload(self, signature: Any, data: Any) -> None:
        """Keep it, where there is room."""
        with suppress(*_UNREADABLE):
            super().save_overload(signature, data)


def compiling(function: Any, summary: str, *, inner: bool = False) -> Any:
    """The function, compiled when it is first called, and kept on disk under a digest of all that it is made of.

    Where no folder can be written to, it is not kept. One that is `inner` can be called by compiled functions only:
    what lets Python call a function takes a good part of the time to compile it.
    """
    made = njit(function, nogil=True, error_model="numpy", no_cpython_wrapper=inner, no_cfunc_wrapper=inner)
    with suppress(RuntimeError):
        made._cache = _Kept(function, f"{summary} {inner}")
    # Else numba makes another copy of a function for each constant that it is called with.
    typed = made.get_call_template
    made.get_call_template = lambda arguments, keywords: typed(tuple(map(types.unliteral, arguments)), keywords)
    return made


@structref.register
class _RecordType(types.StructRef):
    """The type of a packed dataclass: what it is called does not matter, its fields do.

    Its name is a digest of them. Spelled out it would be many thousand letters, in the name of every function that
    takes a record, and compiling took several times as long.
    """

    name: str

    def __init__(self, fields: Any) -> None:
        super().__init__(fields)
        self.name = "Record_" + sha256(self.name.encode()).hexdigest()[:16]

    def get_data_type(self) -> Any:
        """What a record points to."""
        found = super().get_data_type()
        found.name = f"{self.name}_data"
        return found


class _Packed(structref.StructRefProxy):
    """A packed record as Python holds it."""


structref.define_boxing(_RecordType, _Packed)


@cache
def record_type(kind: Any) -> Any:
    """The type that records of a dataclass have when they are packed."""
    return _RecordType([(name, found) for name, found in _typed(kind)])


@cache
def _typed(kind: Any) -> tuple[tuple[str, Any], ...]:
    found = []
    for each in fields(kind):
        if "axes" in each.metadata:
            found.append((each.name, _array(str(each.type), max(len(axes_within(each)), 1))))
        elif each.type in _NUMBERS:
            found.append((each.name, _NUMBERS[str(each.type)]))
        else:
            inner = vars(sys.modules[kind.__module__]).get(str(each.type))
            if isinstance(inner, type) and is_dataclass(inner):
                found.append((each.name, record_type(inner)))
    return tuple(found)


def _array(declared: str, dimensions: int) -> Any:
    return types.Array(from_dtype(np.dtype(DTYPES[declared])), dimensions, "C")


def packed(record: Any) -> Any:
    """The record as compiled kernels take it, over the same memory."""
    kind: Any = type(record)
    values = []
    for name, wanted in _typed(kind):
        value = getattr(record, name)
        if isinstance(wanted, types.Array):
            values.append(_checked(kind, name, value, wanted))
        else:
            values.append(packed(value) if is_dataclass(value) else value)
    return _maker(kind)(tuple(values))


def _checked(kind: type[Any], name: str, value: Any, wanted: Any) -> Any:
    good = value.ndim == wanted.ndim and value.flags.c_contiguous and value.dtype == np.dtype(str(wanted.dtype))
    if not good:
        raise ValueError(
            f"{kind.__name__}.{name} is {value.dtype}{list(value.shape)}, in C order: {value.flags.c_contiguous}; "
            f"a kernel takes {wanted.dtype} of {wanted.ndim} axes in C order"
        )
    return value if value.flags.writeable else value.copy()


@cache
def _maker(kind: Any) -> Any:
    """What makes a packed record of a tuple of its values."""
    wanted = record_type(kind)

    def make(values: Any) -> Any:
        return _filled(wanted, values)

    return compiling(make, repr(_typed(kind)))


@intrinsic
def _filled(typing: Any, record: Any, values: Any) -> Any:
    """A new record with these values, in the order of its fields."""
    wanted = record.instance_type
    names = list(wanted.field_dict)

    def made(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        model = context.data_model_manager[wanted.get_data_type()]
        room = model.get_value_type()
        memory = context.nrt.meminfo_alloc_dtor(
            builder, context.get_constant(types.uintp, context.get_abi_sizeof(room)),
            imp_dtor(context, builder.module, wanted),
        )  # fmt: skip
        place = builder.bitcast(context.nrt.meminfo_data(builder, memory), room.as_pointer())
        builder.store(cgutils.get_null_value(room), place)
        result = context.make_helper(builder, wanted)
        result.meminfo = memory
        inner = structref._Utils(context, builder, wanted).get_data_struct(result._getvalue())
        for index, name in enumerate(names):
            value = builder.extract_value(arguments[1], index)
            kept = context.cast(builder, value, values.types[index], wanted.field_dict[name])
            context.nrt.incref(builder, wanted.field_dict[name], kept)
            setattr(inner, name, kept)
        return result._getvalue()

    return wanted(record, values), made


def addresses(given: Sequence[tuple[Any, tuple[Any, ...]]]) -> Any:
    """The addresses of compiled functions `[n]`, each compiled for the types of some arguments."""
    found = []
    for function, arguments in given:
        kinds = tuple(typeof(each) for each in arguments)
        function.compile(kinds)
        made = function.overloads[kinds]
        found.append(made.library.get_pointer_to_function(made.fndesc.llvm_func_name))
    return np.array(found, dtype=np.int64)


@intrinsic
def _called(typing: Any, address: Any, arguments: Any) -> Any:
    """A call of the function at an address, which returns nothing."""
    kinds = tuple(arguments.types)

    def made(context: Any, builder: Any, signature: Any, values: Any) -> Any:
        given = [builder.extract_value(values[1], place) for place in range(len(kinds))]
        kind = context.call_conv.get_function_type(types.none, kinds)
        function = builder.inttoptr(values[0], kind.as_pointer())
        context.call_conv.call_function(builder, function, types.none, kinds, given)
        return context.get_dummy_value()

    return types.none(address, arguments), made


_CALL: Any = _called


@njit(nogil=True)
def invoke(functions: Any, place: int, arguments: Any) -> None:
    """As `game.kernel.compiled.invoke`, of `addresses`."""
    _CALL(functions[place], arguments)
