"""What was meant by a text that stands where a number should: by its form, what its author should write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_PLAIN = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?\Z")
_GROUPED = re.compile(r"[-+]?[0-9]{1,3}(?:([,' _\u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*(?:\.[0-9]+)?\Z")
_COMMA = re.compile(r"([-+]?[0-9]{1,15}),([0-9]{1,15})\Z")
_RANGE = re.compile(r"([0-9.]{1,15}) ?(?:-|\u2013|\u2014|to|\.\.) ?([0-9.]{1,15})\Z")
_GIVE_OR_TAKE = re.compile(r"([-+]?[0-9.]{1,15}) ?(?:\u00b1|\+/-|\+-) ?([0-9.]{1,15})\Z")
_UNIT = re.compile(r"([-+]?[0-9][0-9.,]{0,15}) ?((?:[^\W\d_]|[$\u20ac\u00a3\u00b0]).{0,30})\Z")
_SIGN = re.compile(r"([$\u20ac\u00a3~<>\u2248*]|about |ca\.? |approx\.? )\s*([-+]?[0-9][0-9.]{0,15})\Z")
_EXPONENT = re.compile(r"[-+]?[0-9.]{1,40}[eE][-+]?[0-9]+\Z")
_ZEROS = re.compile(r"([-+]?)0+([0-9]+(?:\.[0-9]+)?)\Z")
_FRACTION = re.compile(r"([0-9]{1,6})/([0-9]{1,6})\Z")


def number_advice(text: str, *, quoted: bool = False) -> str | None:
    """What to write instead of a text, None where nothing says that a number was meant."""
    if quoted:
        return f"remove the quotes: {text}" if _PLAIN.match(text) else None
    return next(filter(None, (rule(text) for rule in _RULES)), None) if len(text) <= 5000 else None


def written(value: float) -> str:
    """A number as authors write it."""
    return f"{value:.10g}"


def _minus(text: str) -> str | None:
    if "\N{MINUS SIGN}" in text or text.startswith(("\N{EN DASH}", "\N{EM DASH}")):
        return "this is a typographic minus; type '-'"
    return None


def _other_digits(text: str) -> str | None:
    digits = "".join(str(unicodedata.digit(each, each)) for each in text)
    return f"use the digits 0 to 9: {digits}" if digits != text and _PLAIN.match(digits) else None


def _endless(text: str) -> str | None:
    return "write a finite number" if text.lower().lstrip("+-.") in ("inf", "nan", "infinity") else None


def _too_large(text: str) -> str | None:
    if _EXPONENT.match(text):
        return "the number is too large or too small to be read; the largest is a billion (1e9)"
    return "the number is too large; the largest is a billion" if re.match(r"[-+]?[1-9][0-9]{15,}\Z", text) else None


def _leading_zeros(text: str) -> str | None:
    found = _ZEROS.match(text)
    return f"write it without leading zeros: {found[1]}{found[2]}" if found else None


def _grouped(text: str) -> str | None:
    return f"write {re.sub('[^0-9.+-]', '', text)[:20]}: digits are not grouped" if _GROUPED.match(text) else None


def _decimal_comma(text: str) -> str | None:
    found = _COMMA.match(text)
    return f"write {found[1]}.{found[2]}: the decimal sign is a point" if found else None


def _range(text: str) -> str | None:
    found = _RANGE.match(text) or re.match(r"([0-9.]{1,15})-([0-9.]{1,15})\Z", text)
    return f"a range is a spread: {{low: {found[1]}, high: {found[2]}}}" if found else None


def _give_or_take(text: str) -> str | None:
    found = _GIVE_OR_TAKE.match(text)
    return f"that is a spread: {{mean: {found[1]}, sd: {found[2]}}}" if found else None


def _percentage(text: str) -> str | None:
    found = re.match(r"([-+]?[0-9][0-9.]{0,15}) ?(?:%|percent|per cent)\Z", text)
    return f"this is no share: write {found[1]}" if found else None


def _with_unit(text: str) -> str | None:
    found = _UNIT.match(text)
    if found is None or re.match(r"0[xo]", text):
        return None
    return f"write {found[1].replace(',', '')}, without {found[2]!r}: a unit stands where the quantity is declared"


def _with_sign(text: str) -> str | None:
    found = _SIGN.match(text)
    return f"write {found[2]}, without {found[1].strip()!r}; what is not sure is a spread" if found else None


def _other_base(text: str) -> str | None:
    found = re.match(r"0([xo])([0-9a-fA-F]{1,12})\Z", text)
    if found is None:
        return None
    try:
        return f"write a decimal number: {int(found[2], 16 if found[1] == 'x' else 8)}"
    except ValueError:
        return "write a decimal number"


def _fraction(text: str) -> str | None:
    found = _FRACTION.match(text)
    return f"write {written(int(found[1]) / int(found[2]))}" if found and int(found[2]) else None


def _spaced_sign(text: str) -> str | None:
    found = re.match(r"([-+])\s+([0-9][0-9.]{0,15})\Z", text)
    return f"write {found[1]}{found[2]}, without the space" if found else None


_RULES: tuple[Callable[[str], str | None], ...] = (
    _minus, _other_digits, _endless, _too_large, _leading_zeros, _grouped, _decimal_comma, _range, _give_or_take,
    _percentage, _other_base, _fraction, _with_sign, _spaced_sign, _with_unit,
)  # fmt: skip
