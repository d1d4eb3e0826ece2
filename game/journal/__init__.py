"""The journal: a game as text, one JSON line a turn. The save file is the journal.

The first line is the header: format, engine, the whole scenario text, seed, parameters, seats. Then each turn has its
orders with their reasons, answers, events, relations in hundredths, the world's digest and now and then a keyframe: the
whole world. The last line counts the turns. Every line carries a check that chains it to the one before, so a line that
was altered, lost or cut is named. A file is replaced whole or grown by a turn, which is on the disk before it is told.
"""

from __future__ import annotations

from game.files.disk import swept
from game.journal.file import (
    Glance,
    Kept,
    glance,
    keep,
    read,
    repair,
    writable,
    write,
)
from game.journal.record import (
    FORMAT,
    Header,
    Journal,
    TurnLine,
    fingerprint,
    header_of,
    journal_of,
    keyframe,
    line_of,
    text_of,
    unpacked,
)
from game.journal.verify import replay, setup_of

__all__ = [
    "FORMAT",
    "Glance",
    "Header",
    "Journal",
    "Kept",
    "TurnLine",
    "fingerprint",
    "glance",
    "header_of",
    "journal_of",
    "keep",
    "keyframe",
    "line_of",
    "read",
    "repair",
    "replay",
    "setup_of",
    "swept",
    "text_of",
    "unpacked",
    "writable",
    "write",
]
