"""Which letters the fonts that come with the game can show, read from the fonts themselves."""

from __future__ import annotations

import re
from functools import cache
from struct import unpack_from

from game.files import asset_path
from game.text import IGNORABLE

FONTS = ("FiraSans-Regular.ttf", "DejaVuSansCondensed.ttf")
"""The usual face, and the one that steps in for it."""

_OTHER = re.compile(f"[^\t\n -~\u00a0-\u017f\u2013\u2014\u2018-\u201e\u2026{IGNORABLE}]")


def missing(text: str) -> list[str]:
    """The letters of a text, each once, that no font has."""
    # Most texts are plain, and then no font is opened.
    others = dict.fromkeys(_OTHER.findall(text))
    return [letter for letter in others if ord(letter) not in _covered()] if others else []


@cache
def _covered() -> frozenset[int]:
    """Every code point that one of the fonts maps to a sign."""
    return frozenset(point for font in FONTS for point in _mapped(asset_path("fonts", font).read_bytes()))


def _mapped(font: bytes) -> set[int]:
    """The code points in the `cmap` table of a TrueType font, formats 4 and 12 (OpenType 1.9)."""
    (count,) = unpack_from(">H", font, 4)
    tables = {font[at : at + 4]: unpack_from(">L", font, at + 8)[0] for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"]
    (parts,) = unpack_from(">H", font, start + 2)
    found: set[int] = set()
    for place in range(parts):
        at = start + unpack_from(">L", font, start + 4 + 8 * place + 4)[0]
        (form,) = unpack_from(">H", font, at)
        found |= _segments(font, at) if form == 4 else _groups(font, at) if form == 12 else set()
    return found


def _segments(font: bytes, at: int) -> set[int]:
    """Format 4: ranges with an end, a start and an offset each, the last for U+FFFF alone."""
    count = unpack_from(">H", font, at + 6)[0] // 2
    ends, starts = (unpack_from(f">{count}H", font, at + skip) for skip in (14, 16 + 2 * count))
    deltas = unpack_from(f">{count}H", font, at + 16 + 4 * count)
    offsets = unpack_from(f">{count}H", font, at + 16 + 6 * count)
    found = set()
    for place, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            sign = point
            if offset:
                (sign,) = unpack_from(">H", font, at + 16 + 6 * count + 2 * place + offset + 2 * (point - first))
            if (sign + delta) % 65536 if sign or not offset else 0:
                found.add(point)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    """Format 12: ranges of code points, each with its first sign."""
    (count,) = unpack_from(">L", font, at + 12)
    ranges = (unpack_from(">LL", font, at + 16 + 12 * place) for place in range(count))
    return {point for first, last in ranges for point in range(first, last + 1)}
