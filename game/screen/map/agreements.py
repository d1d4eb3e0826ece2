"""Agreements and pledges as lines: what sort of agreement each is, with its colour and its sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from game.play.snapshot import AgreementView, Game, colour
from game.screen.kit import theme
from game.screen.kit.geometry import Point, Rect, course
from game.screen.kit.shapes import (
    Dot,
    Icon,
    Ribbon,
    Shape,
    Zone,
)
from game.screen.kit.theme import Colour


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of agreements: how it is called, and its sign and colour."""

    title: str
    icon: str
    colour: Colour


OTHER = Sort("Other agreements", "file-text", colour("#46536b"))
PLEDGES = Sort("Pledges", "scroll-text", colour("#46536b"))
BY_NAME: Mapping[str, Sort] = {
    "defence": Sort("Defence", "shield", colour("#24408e")),
    "peace": Sort("Peace", "handshake", colour("#1d6b57")),
    "arms": Sort("Arms and training", "swords", colour("#8a3b12")),
    "energy": Sort("Energy", "zap", colour("#8a6100")),
    "trade": Sort("Trade and aid", "coins", colour("#4d6b1e")),
    "intelligence": Sort("Intelligence", "eye", colour("#5b3f8c")),
    "hostile": Sort("Against each other", "ban", colour("#a3231b")),
}
"""The sorts that kinds of agreement declare; any other is one of the other agreements."""
SORTS = (*BY_NAME.values(), PLEDGES)


def sort_of(agreement: AgreementView) -> Sort:
    """What sort an agreement is of."""
    return BY_NAME.get(agreement.sort, OTHER)


@dataclass(frozen=True, slots=True)
class AgreementArc:
    """One agreement of a state with another: its sort, what it says, and whether it is at rest or kept secret."""

    other: str
    sort: Sort
    text: str
    suspended: bool
    secret: bool


def agreement_arcs(game: Game, centre: str) -> tuple[AgreementArc, ...]:
    """The agreements and pledges of a state, one line for each sort that it has with another."""
    found: dict[tuple[str, str], AgreementArc] = {}
    for agreement in game.agreements:
        if centre in (agreement.giver, agreement.receiver):
            other = agreement.receiver if centre == agreement.giver else agreement.giver
            _add(found, other, sort_of(agreement), agreement.title, agreement.suspended, agreement.secret)
    for word in game.words:
        if centre in (word.giver, word.holder):
            other = word.holder if centre == word.giver else word.giver
            text = f"{game.state(word.giver).name} to {game.state(word.holder).name}: {word.title}"
            _add(found, other, PLEDGES, text, False, False)
    return tuple(found.values())


def _add(
    found: dict[tuple[str, str], AgreementArc], other: str, sort: Sort, text: str, suspended: bool, secret: bool
) -> None:
    before = found.get((other, sort.title))
    if before is None:
        found[other, sort.title] = AgreementArc(other, sort, text, suspended, secret)
    else:
        both = f"{before.text}\n{text}"
        found[other, sort.title] = AgreementArc(
            other, sort, both, before.suspended and suspended, before.secret or secret
        )


def agreement_lines(game: Game, centre: str, places: Mapping[str, Point]) -> Iterator[Shape]:
    """The agreements of a state as lines that fan out where there are several to one other, each with its sign."""
    start = places.get(centre)
    by_other: dict[str, list[AgreementArc]] = {}
    for agreement_arc in agreement_arcs(game, centre):
        by_other.setdefault(agreement_arc.other, []).append(agreement_arc)
    signs: list[Shape] = []
    for other, found in by_other.items():
        end = places.get(other)
        if start is None or end is None:
            continue
        for number, agreement_arc in enumerate(found):
            bend = 0.11 * (number - (len(found) - 1) / 2)
            yield Ribbon(start, end, bend, agreement_arc.sort.colour, 2.6, agreement_arc.suspended, plain=True)
            share = 0.5 + 0.09 * (number % 2 if len(found) > 3 else 0)
            signs += _sign(agreement_arc, course(start, end, bend, share))
    yield from signs


def _sign(agreement_arc: AgreementArc, place: Point) -> Iterator[Shape]:
    x, y = place
    yield Dot(place, 10, theme.PAPER, agreement_arc.sort.colour)
    yield Icon(Rect(x - 7, y - 7, 14, 14), agreement_arc.sort.icon, agreement_arc.sort.colour)
    if agreement_arc.secret:
        yield Dot((x + 9, y - 9), 7, theme.INK, theme.PAPER)
        yield Icon(Rect(x + 4, y - 14, 10, 10), "lock", theme.PAPER)
    state = " Suspended." if agreement_arc.suspended else ""
    note = " Secret." if agreement_arc.secret else ""
    yield Zone(
        Rect(x - 11, y - 11, 22, 22), None, f"agreement {agreement_arc.sort.title} {agreement_arc.other}",
        f"{agreement_arc.text}{state}{note}", focusable=False,
    )  # fmt: skip
