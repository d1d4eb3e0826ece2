"""When rules act: the order of the phases, and the number by which kernels call each rule.

The order of the phases is the only list to edit: rules of one phase see the same world, so their order within it can't
matter.
"""

from __future__ import annotations

OPENING: tuple[tuple[str, ...], ...] = (("events",),)
"""As a turn opens, before anybody decides."""

PHASES: tuple[tuple[str, ...], ...] = (
    ("decisions", "acts", "triggers"),
    ("agreements",),
    ("secrecy",),
    ("disputes", "capital"),
    ("crises",),
    ("pledges",),
    ("suspicion", "balance"),
    ("drift",),
    ("posture", "endings"),
)
"""As a turn is played."""

NAMES: tuple[str, ...] = tuple(name for phase in (*OPENING, *PHASES) for name in phase)
"""Every rule that changes a world, in the order of the phases."""

RULES: tuple[str, ...] = (*NAMES, "limits")
"""The rules of the ledger by their numbers; `limits` is what the ends of the scales took."""
