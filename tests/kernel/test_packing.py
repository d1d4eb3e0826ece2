"""packing: the form that compiled kernels take records in, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from game.kernel.changes import Rows, rows_of
from game.kernel.declare import Booleans, Floats, Integers, shaped

packing = pytest.importorskip("game.kernel.compiled.packing", reason="numba does not load here")


@dataclass(slots=True)
class Part:
    """A record within a record."""

    amounts: Floats = shaped("N")


@dataclass(slots=True)
class Whole:
    """One of everything that a record may hold."""

    name: str
    part: Part
    count: int
    share: float
    open: bool
    table: Integers = shaped("RNN")
    truths: Booleans = shaped("Y")
    notes: dict[str, str] = field(default_factory=dict)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"amounts": np.zeros(3, dtype=np.float32)}, r"Rows.amounts is float32\[3\], in C order: True"),
        ({"amounts": np.zeros((3, 1))}, r"Rows.amounts is float64\[3, 1\].*takes float64 of 1 axes in C order"),
        ({"places": np.zeros((9, 3), dtype=np.int64).T}, r"Rows.places is int64\[3, 9\], in C order: False"),
        ({"places": np.zeros((3, 9), dtype=np.int32)}, r"Rows.places is int32\[3, 9\].*takes int64 of 2 axes"),
        ({"values": np.zeros((4, 6))[:, ::2]}, r"Rows.values is float64\[4, 3\], in C order: False"),
    ],
)
def test_an_array_of_another_form_is_refused_with_what_a_kernel_takes(values: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        packing.packed(replace(rows_of(3, 3), **values))


def test_the_sentence_says_all() -> None:
    with pytest.raises(ValueError, match="amounts") as refused:
        packing.packed(replace(rows_of(3, 3), amounts=np.zeros(3, dtype=np.int16)))
    assert str(refused.value) == (
        "Rows.amounts is int16[3], in C order: True; a kernel takes float64 of 1 axes in C order"
    )


def test_the_type_of_a_record_follows_from_its_class() -> None:
    typed = dict(packing._typed(Whole))
    assert list(typed) == ["part", "count", "share", "open", "table", "truths"], "names and texts stay behind"
    assert [str(typed[name]) for name in ("count", "share", "open")] == ["int64", "float64", "bool"]
    assert str(typed["table"]) == "array(int64, 2d, C)", "kernels know no replicas"
    assert str(typed["truths"]) == "array(bool, 1d, C)"
    assert typed["part"] is packing.record_type(Part)


def test_a_type_is_called_by_a_digest_of_its_fields() -> None:
    names = [packing.record_type(kind).name for kind in (Part, Whole, Rows)]
    assert len(set(names)) == 3
    assert all(len(name) == len("Record_") + 16 for name in names)
    assert packing.record_type(Rows) is packing.record_type(Rows)


def test_an_array_that_may_not_be_written_to_is_copied() -> None:
    amounts = np.zeros(3)
    amounts.flags.writeable = False
    wanted = dict(packing._typed(Rows))["amounts"]
    copied = packing._checked(Rows, "amounts", amounts, wanted)
    assert copied is not amounts
    assert copied.flags.writeable
    own = np.zeros(3)
    assert packing._checked(Rows, "amounts", own, wanted) is own
