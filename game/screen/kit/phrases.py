"""What each term of an answer says to the side that answers: when it speaks for accepting, and against it."""

from __future__ import annotations

from collections.abc import Mapping

OURS: Mapping[str, tuple[str, str]] = {
    "objectives": ("serves our objectives", "harms our objectives"),
    "standing": ("pleases those who matter to us", "annoys those who matter to us"),
    "security": ("makes us safer", "makes us less safe"),
    "congruence": ("fits how we regard them", "does not fit how we regard them"),
    "reciprocity": ("answers what we received from them", "they have given us little"),
    "balance": ("sides with our friends' friends", "goes against our friends' friends"),
    "material": ("we gain by it", "we lose by it"),
    "cost": ("costs little", "costs political capital"),
    "commitment": ("keeps what we agreed", "binds our hands, or strains what we agreed"),
    "fatigue": ("there has been little between us lately", "comes soon after much else between us"),
    "posture": ("serves what we are about with them", "works against what we are about with them"),
    "personality": ("suits our character", "is not in our character"),
    "prize": ("may win what is at stake", "wins nothing by it"),
    "fight": ("comes no nearer to war", "may come to blows"),
    "guarantors": ("they have nobody to protect them", "their guarantors would stand up"),
    "audience": ("looks well at home", "looks weak at home"),
    "resolve": ("suits our resolve", "is not in our nature"),
    "mediation": ("a mediator helps us", "slights the mediator"),
}


def for_us(name: str, value: float) -> str:
    """A term in words, from our side; one without words by its name."""
    return OURS[name][value < 0] if name in OURS else name.replace("_", " ")
