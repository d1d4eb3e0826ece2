"""How numbers and names are said to a reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import Formatter

BANDS = (
    (60, "★", "Ally"),
    (30, "▲", "Partner"),
    (10, "△", "Warm"),
    (-9, "•", "Neutral"),
    (-29, "▽", "Cool"),
    (-59, "▼", "Adversarial"),
)
"""The least whole relation of each band, its glyph and its word; below them all is Hostile."""

HOSTILE = ("✖", "Hostile")

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

PERIODS = {"week": "weeks", "month": "months", "quarter": "quarters", "year": "years"}


def whole(hundredths: int) -> int:
    """Hundredths to the nearest whole number, halves to the even one."""
    return round(hundredths / 100)


def band(relation: float) -> tuple[str, str]:
    """The glyph and the word of a relation, by the whole number that is shown."""
    for least, glyph, word in BANDS:
        if round(relation) >= least:
            return glyph, word
    return HOSTILE


def signed(value: float, digits: int = 0) -> str:
    """A number with its sign, zero without one: `+8`, `−18`, `0`."""
    text = f"{abs(value):.{digits}f}"
    if not float(text):
        return text
    return f"{'+' if value > 0 else '−'}{text}"


def dated(label: str) -> str:
    """The date of a turn for a reader: `2012-02` is February 2012."""
    year, dash, month = label.partition("-")
    if dash and month.isdecimal() and 1 <= int(month) <= len(MONTHS):
        return f"{MONTHS[int(month) - 1]} {year}"
    return label


def sentence(template: str, parties: Mapping[str, str]) -> str:
    """The text of an act with its parties named; whatever else stands in braces is left as it is."""
    parts = []
    for literal, field, _, _ in Formatter().parse(template):
        parts.append(literal)
        if field is not None:
            parts.append(parties.get(field, f"{{{field}}}"))
    return "".join(parts)


def counted(number: int, noun: str) -> str:
    """`1 turn`, `3 turns`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def table(rows: Sequence[tuple[str, ...]], *, indent: int = 2, right: frozenset[int] = frozenset()) -> list[str]:
    """Rows as lines of aligned columns, those in `right` to the right; trailing blanks are left out."""
    if not rows:
        return []
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            cell.rjust(width) if n in right else cell.ljust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append((" " * indent + "  ".join(cells)).rstrip())
    return lines
