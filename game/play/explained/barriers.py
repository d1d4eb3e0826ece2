"""Barriers: what kind of thing forbids an act now, and what would lift it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from game.kernel.refusals import (
    ActorNotEligible,
    AgreementInForce,
    AgreementNotInForce,
    AgreementNotSuspended,
    Cooldown,
    NothingSecret,
    NothingToBreak,
    NothingToCede,
    Refusal,
    Requires,
    TargetNotEligible,
    TooCostly,
)


@dataclass(frozen=True, slots=True)
class Barrier:
    """A kind of barrier: its title over a list, and what would lift it."""

    title: str
    lifted: str


KINDS: Mapping[str, Barrier] = {
    "cost": Barrier("Too costly", "Take an order back, or wait for the political capital of the next turn."),
    "cooldown": Barrier("On cooldown", "Wait: it is possible again once the turns have passed."),
    "requirement": Barrier("Requirement not met", "Bring about what it requires."),
    "agreement": Barrier("Nothing to act on", "It depends on what is in force, or secret, between the two."),
    "eligible": Barrier("Not eligible", "It is reserved for other states: nothing you do makes it possible."),
    "other": Barrier("Not possible", ""),
}
"""Every kind, those first that can be lifted soonest."""

_OF: Mapping[type, str] = {
    TooCostly: "cost", Cooldown: "cooldown", Requires: "requirement", ActorNotEligible: "eligible",
    TargetNotEligible: "eligible", AgreementInForce: "agreement", AgreementNotInForce: "agreement",
    AgreementNotSuspended: "agreement", NothingSecret: "agreement", NothingToBreak: "agreement",
    NothingToCede: "agreement",
}  # fmt: skip


def barrier_of(refusal: Refusal | None) -> str:
    """The kind of a refusal; a refusal without a value of its own is of no special kind."""
    return _OF.get(type(refusal), "other")
