"""Packing: dataclasses of arrays and numbers as numba takes them, one pointer each, however many fields they have.

The type of a packed record follows from the dataclass alone: of its fields, `int`, `float` and `bool` are numbers,
those declared with `axes` or `shaped` are arrays in C order, and dataclasses of such are packed in turn. What is none
of these, names and texts, stays behind. So every kernel has one signature.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pickle import UnpicklingError
from typing import Any

import numpy as np
from llvmlite import ir
from numba import from_dtype, njit, typeof, types
from numba.core import cgutils
from numba.core.caching import CompileResultCacheImpl, FunctionCache
from numba.core.datamodel.models import OpaqueModel
from numba.core.imputils import lower_getattr_generic, lower_setattr_generic
from numba.core.typing.templates import AttributeTemplate
from numba.extending import NativeValue, infer_getattr, intrinsic, register_model, typeof_impl, unbox
from numba.np.arrayobj import populate_array

from game.kernel.compiled.linking import Inner, KeptInner, Outer
from game.kernel.declare import DTYPES, axes_within

_NUMBERS = {"int": types.int64, "float": types.float64, "bool": types.boolean, "Value": types.float64}


_UNREADABLE = (OSError, EOFError, UnpicklingError, ImportError, AttributeError, LookupError, TypeError, ValueError)
"""What reading a damaged copy of a compiled function ends in."""


class _Kept(FunctionCache):
    """What is kept on disk of a compiled function, told apart by all that it is made of."""

    def __init__(self, function: Any, summary: str, inner: bool) -> None:
        self._impl_class = KeptInner if inner else CompileResultCacheImpl
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


def _counts(function: Any) -> bool:
    """Whether references to arrays are to be counted in a function.

    Only where it makes an array, gives one back or is given one by what it calls: what nobody counts is never freed.
    """
    called = (getattr(value, "py_func", None) for value in function.__globals__.values())
    makes = not _MAKERS.isdisjoint(function.__code__.co_names)
    return makes or _gives(function) or any(_gives(each) for each in called if each is not None)


def _gives(function: Any) -> bool:
    """Whether a function gives an array back, alone or in a tuple."""
    told = str(function.__annotations__.get("return"))
    given = function.__globals__.get(told)
    named = isinstance(given, type) and issubclass(given, tuple)
    return named or any(kind in told for kind in DTYPES)


_MAKERS = frozenset({"copy", "empty", "empty_like", "full", "full_like", "ones", "ones_like", "zeros", "zeros_like"})
"""What makes an array."""


def compiling(function: Any, summary: str, *, inner: bool = False) -> Any:
    """The function, compiled when it is first called, and kept on disk under a digest of all that it is made of.

    Where no folder can be written to, it is not kept. One that is `inner` can be called by compiled functions only:
    what lets Python call a function takes a good part of the time to compile it.
    """
    counting = _counts(function)
    made = njit(
        function, nogil=True, error_model="numpy", no_cpython_wrapper=inner, no_cfunc_wrapper=True,
        _nrt=counting, pipeline_class=Inner if inner else Outer,
    )  # fmt: skip
    with suppress(RuntimeError):
        made._cache = _Kept(function, f"{summary} {inner} {counting}", inner)
    # Else numba makes another copy of a function for each constant that it is called with.
    typed = made.get_call_template
    made.get_call_template = lambda arguments, keywords: typed(tuple(map(types.unliteral, arguments)), keywords)
    return made


class RecordType(types.Type):
    """The type of a packed dataclass: what it is called does not matter, its fields do.

    `slots` says of each field what it is and the number of its first word. The name is a digest of them: spelled out it
    would be many thousand letters, in the name of every function that takes a record.
    """

    def __init__(self, slots: Mapping[str, tuple[Any, int]]) -> None:
        self.slots = slots
        told = repr([(name, str(kind)) for name, (kind, _) in slots.items()])
        super().__init__("Record_" + sha256(told.encode()).hexdigest()[:16])


register_model(RecordType)(OpaqueModel)


class Packed:
    """A packed record as Python holds it: words in a row, numbers and the places of arrays and of other records."""

    __slots__ = ("_numba_type_", "address", "kept")

    def __init__(self, kind: RecordType, words: Sequence[int], kept: Sequence[Any]) -> None:
        memory = np.array([*words, 0], dtype=np.int64)
        self._numba_type_, self.address, self.kept = kind, int(memory.ctypes.data), (memory, *kept)


@typeof_impl.register(Packed)
def _type_of_packed(value: Packed, _context: Any) -> RecordType:
    return value._numba_type_


@unbox(RecordType)
def _unboxed(_kind: RecordType, value: Any, c: Any) -> NativeValue:
    number = c.pyapi.object_getattr_string(value, "address")
    pointer = c.pyapi.long_as_voidptr(number)
    c.pyapi.decref(number)
    return NativeValue(pointer, is_error=cgutils.is_not_null(c.builder, c.pyapi.err_occurred()))


@infer_getattr
class _Fields(AttributeTemplate):
    """What the fields of records are."""

    key = RecordType

    def generic_resolve(self, record: RecordType, name: str) -> Any:
        """The type of a field; None where there is none."""
        return record.slots[name][0] if name in record.slots else None


@lower_getattr_generic(RecordType)
def _field(context: Any, builder: Any, record: RecordType, value: Any, name: str) -> Any:
    kind, first = record.slots[name]
    if isinstance(kind, types.Array):
        return _array_at(context, builder, kind, [_word(builder, value, first + axis) for axis in range(1 + kind.ndim)])
    if isinstance(kind, RecordType):
        return builder.inttoptr(_word(builder, value, first), context.get_value_type(kind))
    word = builder.load(_place(builder, value, first))
    if kind == types.float64:
        return builder.bitcast(word, ir.DoubleType())
    return builder.trunc(word, ir.IntType(1)) if kind == types.boolean else word


@lower_setattr_generic(RecordType)
def _set_field(_context: Any, builder: Any, signature: Any, arguments: Any, name: str) -> None:
    kind, first = signature.args[0].slots[name]
    value = arguments[1]
    if kind == types.float64:
        value = builder.bitcast(value, _WORD)
    elif kind == types.boolean:
        value = builder.zext(value, _WORD)
    builder.store(value, _place(builder, arguments[0], first))


_WORD = ir.IntType(64)


def _place(builder: Any, record: Any, number: int) -> Any:
    """Where a word of a record is."""
    return builder.gep(builder.bitcast(record, _WORD.as_pointer()), [ir.Constant(_WORD, number)])


def _word(builder: Any, record: Any, number: int) -> Any:
    """A word that says where something is, or how long: it never changes, so that loops need to read it only once."""
    found = builder.load(_place(builder, record, number))
    found.set_metadata("invariant.load", builder.module.add_metadata([]))
    return found


def _array_at(context: Any, builder: Any, kind: Any, words: Sequence[Any]) -> Any:
    """An array whose data is at an address, with lengths, in C order; its memory is somebody else's."""
    made = context.make_array(kind)(context, builder)
    size = ir.Constant(_WORD, context.get_abi_sizeof(context.get_data_type(kind.dtype)))
    address, *shape = words
    strides, step = [], size
    for length in reversed(shape):
        strides.append(step)
        step = builder.mul(step, length)
    populate_array(
        made, data=builder.inttoptr(address, made.data.type), shape=shape, strides=strides[::-1], itemsize=size,
        meminfo=None,
    )  # fmt: skip
    return made._getvalue()


@cache
def record_type(kind: Any) -> Any:
    """The type that records of a dataclass have when they are packed."""
    slots, place = {}, 0
    for name, found in _typed(kind):
        slots[name] = found, place
        place += 1 + (found.ndim if isinstance(found, types.Array) else 0)
    return RecordType(slots)


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
    words: list[int] = []
    kept: list[Any] = []
    for name, wanted in _typed(kind):
        value = getattr(record, name)
        if isinstance(wanted, types.Array):
            kept.append(_checked(kind, name, value, wanted))
            words += [kept[-1].ctypes.data, *value.shape]
        elif isinstance(wanted, RecordType):
            kept.append(packed(value) if is_dataclass(value) else value)
            words.append(kept[-1].address)
        else:
            words.append(int(np.float64(value).view(np.int64)) if wanted == types.float64 else int(value))
    return Packed(record_type(kind), words, kept)


def _checked(kind: type[Any], name: str, value: Any, wanted: Any) -> Any:
    good = value.ndim == wanted.ndim and value.flags.c_contiguous and value.dtype == np.dtype(str(wanted.dtype))
    if not good:
        raise ValueError(
            f"{kind.__name__}.{name} is {value.dtype}{list(value.shape)}, in C order: {value.flags.c_contiguous}; "
            f"a kernel takes {wanted.dtype} of {wanted.ndim} axes in C order"
        )
    return value if value.flags.writeable else value.copy()


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
