"""Causes: what the ledger says a change comes from, as values. `game.narrative.causes` puts them into words.

States, events, options, disputes, kinds of pledge and agreement, and acts are indices into the board.
"""

from __future__ import annotations

from dataclasses import dataclass

from game.kernel.orders import Order

(
    HAPPENING, ACT, TRIAD_BALANCE, WITHHELD, CLASH, ESCALATION, ACCIDENT, BACKED_DOWN, WAR, PLEDGE_HONOURED,
    PLEDGE_BROKEN, DENIAL_EXPOSED, SECRET_RELEASED, SCALE_END,
) = range(14)  # fmt: skip
"""The kinds of cause as kernels write them, each with the numbers that follow it.

HAPPENING: event, option or -1. ACT: its place among the deeds. CLASH: dispute, winner, loser. ESCALATION, ACCIDENT:
dispute, state, rung. BACKED_DOWN: dispute, state. WAR: dispute. PLEDGE_HONOURED: kind. PLEDGE_BROKEN: kind, excuse,
holder or -1. DENIAL_EXPOSED: act, actor, target.
"""

UNEXCUSED, ANSWERED, IN_DEFENCE = range(3)
"""What excuses a breach: nothing, that the other broke its word first, that the other had just used force."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, or the option its decider took."""

    event: int
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Disclosure:
    """The world's knowledge of something secret has changed, to a `stage` of `World.secrecy`."""

    stage: int


@dataclass(frozen=True, slots=True)
class Act:
    """An act, as the order it would be; `origin` is what had it done, or brought it up, where it was not ordered."""

    order: Order
    refused: bool = False
    origin: Happening | Disclosure | None = None


@dataclass(frozen=True, slots=True)
class TriadBalance:
    """The pull of friends' friends and enemies."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """An agreement is broken or suspended that the receiver depends on."""


@dataclass(frozen=True, slots=True)
class Clash:
    """The two parties of a dispute have come to blows."""

    dispute: int
    winner: int
    loser: int


@dataclass(frozen=True, slots=True)
class Escalation:
    """A side of a crisis climbs to a rung, or is carried there by an `accident`."""

    dispute: int
    state: int
    rung: int
    accident: bool = False


@dataclass(frozen=True, slots=True)
class BackedDown:
    """A side of a crisis backs down."""

    dispute: int
    state: int


@dataclass(frozen=True, slots=True)
class War:
    """A crisis has come to war."""

    dispute: int


@dataclass(frozen=True, slots=True)
class PledgeHonoured:
    """A pledge that was kept is remembered."""

    kind: int


@dataclass(frozen=True, slots=True)
class PledgeBroken:
    """A pledge is broken; with onlookers, `holder` is the state to whom it was owed."""

    kind: int
    excuse: int = UNEXCUSED
    holder: int | None = None


@dataclass(frozen=True, slots=True)
class DenialExposed:
    """A denial proves false: of the act that one state did towards another."""

    act: int
    actor: int
    target: int


@dataclass(frozen=True, slots=True)
class SecretReleased:
    """What was hidden between two states moves to where it shows."""


@dataclass(frozen=True, slots=True)
class ScaleEnd:
    """What the end of a scale took."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """How the scenario begins."""


@dataclass(frozen=True, slots=True)
class AgreementInForce:
    """What an agreement is worth while it is in force."""

    kind: int


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Suspicion of a state: more than at the start, or less."""

    of: int
    more: bool


Origin = Happening | Disclosure

Cause = (
    Happening | Act | TriadBalance | Withheld | Clash | Escalation | BackedDown | War | PledgeHonoured | PledgeBroken
    | DenialExposed | SecretReleased | ScaleEnd | Baseline | AgreementInForce | Suspicion
)  # fmt: skip
