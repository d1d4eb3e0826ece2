"""A line of a journal back into what it says, once it is found whole and well formed."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise JournalError(f"line {number}: this is not a journal of format {FORMAT}", line=number)
    try:
        header = Header(**plain)
        _check_header(header)
    except (TypeError, ValueError) as error:
        raise JournalError(f"line {number}: the header is not complete ({error})", line=number) from error
    return header


def _check_header(header: Header) -> None:
    for value in (header.engine, header.scenario, header.path, header.catalogue):
        _typed(value, str)
    if _typed(header.hash, str) != fingerprint(_typed(header.text, str)):
        raise ValueError("the hash of its scenario is another")
    if not 0 <= _typed(header.seed, int) < 2**63:
        raise ValueError("its seed is out of bounds")
    if header.spreads not in get_args(Spreads):
        raise ValueError(f"its spreads are neither {' nor '.join(get_args(Spreads))}")
    for value in _typed(header.parameters, dict).values():
        _typed(value, int, float)
    for policy in _typed(header.policies, dict).values():
        _typed(policy, str)


def _typed(value: Any, *kinds: type) -> Any:
    """The value, once it is of one of these types and not only of a child of one: `true` is no number here."""
    if type(value) not in kinds:
        raise TypeError(f"{repr_short(value)} is not {' or '.join(kind.__name__ for kind in kinds)}")
    return value


def turn_line(fields: Mapping[str, Any], expected: int, number: int) -> TurnLine:
    """The turn of a line; JournalError when it is another turn, or not complete."""
    if fields.get("turn") != expected:
        raise JournalError(f"line {number}: turn {expected} is missing", line=number)
    try:
        return TurnLine(
            expected,
            _typed(fields["date"], str),
            tuple(_event(each) for each in _typed(fields["events"], list)),
            tuple(_order(each) for each in _typed(fields["orders"], list)),
            _typed(fields["ending"], str, NoneType),
            tuple(tuple(_typed(cell, int) for cell in _typed(row, list)) for row in _typed(fields["relations"], list)),
            _typed(fields["digest"], str),
            _frame(fields["keyframe"]),
        )
    except (KeyError, TypeError, ValueError, GameError) as error:
        raise JournalError(f"line {number}: turn {expected} is not complete ({error})", line=number) from error


def _event(fields: Any) -> EventRecord:
    record = EventRecord(**_typed(fields, dict))
    for name in (record.event, record.headline):
        _typed(name, str)
    for chosen in (record.option, record.label):
        _typed(chosen, str, NoneType)
    return record


def _order(fields: Any) -> OrderRecord:
    plain = _typed(fields, dict)
    accepted = _typed(plain["accepted"], bool, NoneType)
    return OrderRecord(order_of(_typed(plain["order"], str)), _typed(plain["slot"], int), accepted, _why(plain["why"]))


def _why(fields: Any) -> Mapping[str, Any] | None:
    if fields is None:
        return None
    why = _typed(fields, dict)
    for terms in (_typed(why["terms"], dict), _typed(why.get("answer", {}), dict)):
        for value in terms.values():
            _typed(value, int, float)
    for name in ("score", "chance", "runner_up_score", "runner_up_chance"):
        _typed(why[name], int, float)
    _typed(why["runner_up"], str, NoneType)
    return dict(why)


def _frame(fields: Any) -> Mapping[str, str] | None:
    if fields is None:
        return None
    return {name: _typed(packed, str) for name, packed in _typed(fields, dict).items()}
