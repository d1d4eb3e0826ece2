"""The gate for text from outside: what may stand in it, and how the rest is shown where it has to be shown.

Readers refuse what `unfit` finds, after escapes are decoded; terminals are given what `cleaned` leaves. What ordinary
Persian, Arabic, Hebrew or emoji need (ZWNJ, ZWJ, LRM, RLM, combining marks, variation selectors) may stand anywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Kind = Literal["control", "turning"]

# C0 without tab and line feed, DEL and C1, separators of lines, lone surrogates, what was withdrawn or is for internal
# use (Unicode 16, 23.3 and 23.7), signs of private use, and tags other than those of a flag.
_CONTROL = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u206a-\u206f\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 15))
    + "]|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"
)
_ASCII_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_PLAIN = re.compile("[\t\n -~\u00a0-\u017f\u2010-\u2027]*")
_TURNING = "[\u202a-\u202e\u2066-\u2069]"
_UNFIT = re.compile(f"(?P<turning>{_TURNING})|(?P<control>{_CONTROL})")

# Default_Ignorable_Code_Point of Unicode 16.
IGNORABLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""The inside of a pattern's brackets: characters that have no shape of their own."""

# A braille pattern without dots, and the fillers of Hangul and Khitan, are letters that look like nothing.
_UNSEEN = re.compile(f"(?:[\\s{IGNORABLE}\u2800\U00016fe4]|{_CONTROL})+")


@dataclass(frozen=True, slots=True)
class Unfit:
    """A character that may not stand in a text: where, and why not."""

    offset: int
    character: str
    kind: Kind


def unfit(text: str) -> Unfit | None:
    """The first character that may not stand in a text: a control character, or one that turns what follows around."""
    if text.isascii() and (text.isprintable() or _ASCII_CONTROL.search(text) is None):
        return None  # most texts are, and the long pattern takes its time
    if _PLAIN.fullmatch(text) is not None:
        return None
    found = _UNFIT.search(text)
    if found is None:
        return None
    return Unfit(found.start(), found[0], "turning" if found["turning"] else "control")


def unseen(text: str) -> bool:
    """Whether a text is not empty and yet has nothing in it that anybody could see."""
    return _UNSEEN.fullmatch(text) is not None


def cleaned(text: str) -> str:
    """The text with each character that may not stand in it spelled out as JSON spells it."""
    return _UNFIT.sub(lambda found: escaped(found[0]), text)


def marked(text: str) -> str:
    """The text with U+FFFD, the sign for what can't be shown, for each character that may not stand in it."""
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def escaped(character: str) -> str:
    """A character as JSON spells it in hexadecimal; one beyond U+FFFF by the two halves that stand for it."""
    halves = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[place : place + 4]}" for place in range(0, len(halves), 4))


def called(character: str) -> str:
    """The name by which a character is looked up: `U+202E`."""
    return f"U+{ord(character):04X}"
