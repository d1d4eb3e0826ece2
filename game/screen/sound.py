"""Sound: which tone a moment has, and the tones themselves, worked out from sine waves and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.play import commands as wanted
from game.play.commands import Answered
from game.play.snapshot import Snapshot

RATE = 22_050
"""Samples a second."""
LOUDNESS = 0.22

Note = tuple[float, float, float]
"""A note: its pitch in hertz, when it begins and how long it sounds, in seconds."""

TONES: Mapping[str, tuple[Note, ...]] = {
    "click": ((660.0, 0.0, 0.035),),
    "turn": ((261.63, 0.0, 0.30), (392.0, 0.09, 0.34)),
    "accept": ((523.25, 0.0, 0.16), (659.26, 0.08, 0.24)),
    "refuse": ((311.13, 0.0, 0.16), (233.08, 0.09, 0.26)),
    "alarm": ((440.0, 0.0, 0.18), (466.16, 0.16, 0.18), (440.0, 0.32, 0.18), (466.16, 0.48, 0.26)),
}
"""Each tone as notes."""


def samples(name: str) -> NDArray[np.int16]:
    """A tone as samples of one channel: each note swells in 4 ms, fades out, and has a soft octave above it."""
    notes = TONES[name]
    whole = np.zeros(round(max(start + length for _, start, length in notes) * RATE))
    for pitch, start, length in notes:
        time = np.arange(round(length * RATE)) / RATE
        wave = np.sin(2 * np.pi * pitch * time) + 0.2 * np.sin(4 * np.pi * pitch * time)
        swell = np.minimum(time / 0.004, 1.0) * (1.0 - time / length) ** 2
        first = round(start * RATE)
        room = whole[first : first + len(time)]
        room += (wave * swell)[: len(room)]
    whole *= LOUDNESS / max(float(np.abs(whole).max()), 1e-9)
    return np.round(whole * 32_767).astype(np.int16)


def heard(command: Any, before: Snapshot, after: Snapshot, said: Answered | None) -> str | None:
    """The tone of a command that was carried out; None where there is nothing to hear."""
    if said is not None and said.problem:
        return "refuse"
    if alarming(before, after):
        return "alarm"
    match command:
        case wanted.Commit() | wanted.Advance() | wanted.Begin() | wanted.Load():
            return "turn"
        case wanted.Reply(_, accept):
            return "accept" if accept else "refuse"
        case wanted.Plan() | wanted.Choose() | wanted.Stand() | wanted.Save():
            return "accept"
        case wanted.Drop() | wanted.Undo():
            return "click"
    return None


def alarming(before: Snapshot, after: Snapshot) -> bool:
    """Whether a crisis has begun, as far as the side that is shown may know, in the game that goes on."""
    if before.game is None or after.game is None or before.game.side != after.game.side:
        return False
    if before.game.turn >= after.game.turn:
        return False
    calm = {each.id for each in before.game.disputes if max(each.rungs) < 0}
    return any(each.id in calm and max(each.rungs) >= 0 for each in after.game.disputes)
