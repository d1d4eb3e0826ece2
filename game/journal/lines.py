"""A line of a journal back into what it says, once it is found whole and well formed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from reprlib import repr as repr_short
from types import NoneType
from typing import Any, get_args

from game.errors import GameError, JournalError
from game.journal.record import (
    FORMAT,
    Header,
    TurnLine,
    fingerprint,
)
from game.kernel.orders import order_of
from game.match.history import OrderRecord
from game.match.match import EventRecord, Spreads

LONGEST_TEXT = 10_000
"""Characters of any text but a scenario and a keyframe."""

MOST_TERMS = 1000
"""What a header or the reasons of an order may list."""

GREATEST = 1e15
"""No number of a journal is larger: beyond it they could not all be told apart, or be written out."""


def checked(line: bytes, check: str, number: int, *, last: bool) -> tuple[dict[str, Any], str]:
    """One line's fields, and its check, once both are found whole."""
    cut = "is cut off" if last else "is not whole"
    try:
        text = line.decode("utf-8")
        fields = json.loads(text)
        if "\\u" in text:
            # An escape may stand for half a character, which no terminal and no file can be given.
            json.dumps(fields, ensure_ascii=False).encode("utf-8")
    except (UnicodeDecodeError, ValueError, RecursionError):
        hint = (
            "; `realpolitik replay --recover` keeps the turns before it"
            if number > 1
            else "; this is not a whole journal"
        )
        raise JournalError(f"line {number} {cut}{hint}", line=number) from None
    if not isinstance(fields, dict) or not isinstance(fields.get("check"), str):
        raise JournalError(f"line {number} is not a line of a journal", line=number)
    found = fields.pop("check")
    body, comma, _ = text.rpartition(',"check":"')
    expected = fingerprint(check + body + "}")
    if not comma or found != expected:
        reason = "was altered, or follows a line that was"
        raise JournalError(f"line {number} {reason}: its check is {found}, not {expected}", line=number)
    return fields, found


def header_line(fields: Mapping[str, Any], number: int) -> Header:
    """The header of a first line; JournalError when it is none of this format."""
    plain = fields.get("journal")
    if not isinstance(plain, dict) or type(plain.get("format")) is not int or plain["format"] != FORMAT:
        raise JournalError(f"line {number}: this is not a journal of format {FORMAT}", line=number)
    try:
        header = Header(**plain)
        _check_header(header)
    except (TypeError, ValueError) as error:
        raise JournalError(f"line {number}: the header is not complete ({error})", line=number) from error
    return header


def _check_header(header: Header) -> None:
    for value in (header.engine, header.scenario, header.path, header.catalogue):
        _text(value)
    if _typed(header.hash, str) != fingerprint(_typed(header.text, str)):
        raise ValueError("the hash of its scenario is another")
    if not 0 <= _typed(header.seed, int) < 2**63:
        raise ValueError("its seed is out of bounds")
    if header.spreads not in get_args(Spreads):
        raise ValueError(f"its spreads are neither {' nor '.join(get_args(Spreads))}")
    for value in _named(header.parameters).values():
        _number(value)
    for policy in _named(header.policies).values():
        _text(policy)


def _typed(value: Any, *kinds: type) -> Any:
    """The value, once it is of one of these types and not only of a child of one: `true` is no number here."""
    if type(value) not in kinds:
        raise TypeError(f"{repr_short(value)} is not {' or '.join(kind.__name__ for kind in kinds)}")
    return value


def _text(value: Any) -> str:
    """A text of a length that can be shown."""
    text: str = _typed(value, str)
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{repr_short(text)} is longer than {LONGEST_TEXT} characters")
    return text


def _number(value: Any, *kinds: type) -> float:
    """A number that can be reckoned with, by default whole or broken."""
    number: float = _typed(value, *(kinds or (int, float)))
    if not (isinstance(number, int) or isfinite(number)) or abs(number) > GREATEST:
        raise ValueError(f"{repr_short(number)} is out of bounds")
    return number


def _named(fields: Any) -> Mapping[str, Any]:
    """Values by name, no more than there is any use for."""
    named: Mapping[str, Any] = _typed(fields, dict)
    if len(named) > MOST_TERMS:
        raise ValueError(f"it has {len(named)} values where there are {MOST_TERMS} at most")
    for name in named:
        _text(name)
    return named


def turn_line(fields: Mapping[str, Any], expected: int, number: int) -> TurnLine:
    """The turn of a line; JournalError when it is another turn, or not complete."""
    if fields.get("turn") != expected:
        raise JournalError(f"line {number}: turn {expected} is missing", line=number)
    try:
        return TurnLine(
            expected,
            _text(fields["date"]),
            tuple(_event(each) for each in _typed(fields["events"], list)),
            tuple(_order(each) for each in _typed(fields["orders"], list)),
            _text_or_none(fields["ending"]),
            tuple(
                tuple(int(_number(cell, int)) for cell in _typed(row, list))
                for row in _typed(fields["relations"], list)
            ),
            _text(fields["digest"]),
            _frame(fields["keyframe"]),
        )
    except (KeyError, TypeError, ValueError, GameError) as error:
        raise JournalError(f"line {number}: turn {expected} is not complete ({error})", line=number) from error


def _text_or_none(value: Any) -> str | None:
    return None if value is None else _text(value)


def _event(fields: Any) -> EventRecord:
    record = EventRecord(**_typed(fields, dict))
    for name in (record.event, record.headline):
        _text(name)
    for chosen in (record.option, record.label):
        _text_or_none(chosen)
    return record


def _order(fields: Any) -> OrderRecord:
    plain = _typed(fields, dict)
    accepted = _typed(plain["accepted"], bool, NoneType)
    slot = int(_number(plain["slot"], int))
    return OrderRecord(order_of(_text(plain["order"])), slot, accepted, _why(plain["why"]))


NUMBERS = ("score", "chance", "runner_up_score", "runner_up_chance")
"""What reasons measure, of the order that was given and of the one that came next."""


def _why(fields: Any) -> Mapping[str, Any] | None:
    if fields is None:
        return None
    why = _typed(fields, dict)
    for terms in (_named(why["terms"]), _named(why.get("answer", {}))):
        for value in terms.values():
            _number(value)
    for name in NUMBERS:
        _number(why[name])
    _text_or_none(why["runner_up"])
    unknown = sorted(why.keys() - {*NUMBERS, "terms", "answer", "runner_up"})
    if unknown:
        raise ValueError(f"reasons have no {repr_short(unknown[0])}")
    return dict(why)


def _frame(fields: Any) -> Mapping[str, str] | None:
    if fields is None:
        return None
    return {name: _typed(packed, str) for name, packed in _typed(fields, dict).items()}
