"""What a turn changed besides relations, as news: pledges, rumours, crises, who holds what, what states are about.

All of it is read off two worlds, before and after. Given the worlds as one state may know them, it tells that state no
more than it may know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.analysis.posture import PHRASES
from game.kernel.catalogue import NONE
from game.kernel.causes import Cause, Clash, DenialExposed, Escalation, PledgeBroken, PledgeHonoured
from game.kernel.declare import Shorts
from game.kernel.ledger import Ledger
from game.kernel.world import (
    CALM,
    DENIED_BY_ACTOR,
    DENIED_BY_BOTH,
    DENIED_BY_TARGET,
    FOREVER,
    OPEN,
    POSTURES,
    RUMOURED,
    RUNGS,
    SECRET,
    Board,
    World,
)
from game.narrative.causes import EXCUSES
from game.narrative.wording import counted, listed, sentence

TOPICS: Mapping[str, str] = {
    "pledge": "pledges given and run out", "kept": "words kept", "broken": "broken pledges", "secret": "what comes out",
    "clash": "clashes", "crisis": "crises", "claim": "claims", "war": "war", "intention": "posture",
}  # fmt: skip
"""What news are of."""


def tidings(
    board: Board, before: World, after: World, causes: Sequence[KnownCause] = (), opened: World | None = None
) -> Iterator[str]:
    """The news of the turn that lies between two worlds of one replica, a sentence each; `causes` are its ledger's.

    `opened` is the world between them, once the turn's events have happened: a crisis may begin there and end since.
    """
    yield from (text for _, text in by_topic(board, before, after, causes, opened))


def by_topic(
    board: Board, before: World, after: World, causes: Sequence[KnownCause] = (), opened: World | None = None
) -> Iterator[tuple[str, str]]:
    """The same news, each with what it is of: a key of TOPICS."""
    crisis = crises(board, before if opened is None else opened, after, causes)
    yield from (("pledge", text) for text in pledges_given(board, before, after))
    yield from judgements(board, causes)
    yield from (("pledge", text) for text in pledges_ended(board, before, after, causes))
    yield from (("secret", text) for text in disclosures(board, before, after))
    yield from (("secret", text) for text in denials_disproved(board, causes))
    yield from (("clash", text) for text in clashes(board, causes))
    yield from (("crisis", text) for text in (() if opened is None else crises(board, before, opened)))
    yield from (("crisis", text) for text in crisis)
    yield from (("claim", text) for text in claims(board, before, after))
    yield from (("war", text) for text in wars(board, before, after))
    yield from (("intention", text) for text in posture(board, before, after))


@dataclass(frozen=True, slots=True)
class KnownCause:
    """What the ledger of a turn says of some pairs of states: who regards whom."""

    cause: Cause
    pairs: tuple[tuple[int, int], ...]


def causes_of(board: Board, ledger: Ledger, viewer: int | None = None) -> list[KnownCause]:
    """The named causes of a turn that a state may know, in the order they came: of what is hidden, its own affairs."""
    found: dict[tuple[str, Cause, bool], dict[tuple[int, int], None]] = {}
    for first, second, row in ledger.named(board):
        pairs = found.setdefault((row.rule, row.cause, row.hidden), {})
        if not row.hidden or viewer is None or viewer in (first, second):
            pairs[first, second] = None
    return [KnownCause(cause, tuple(sorted(pairs))) for (_, cause, _), pairs in found.items()]


def _cells(which: Any) -> Iterator[tuple[int, ...]]:
    """Where something holds in the first replica."""
    yield from (tuple(cell) for cell in np.argwhere(which[0]).tolist())


def pledges_given(board: Board, before: World, after: World) -> Iterator[str]:
    """Who gave whom which word, for how long, and whether for the first time."""
    if not board.pledges.names:
        return
    for kind, giver, holder in _cells((after.pledged_on != before.pledged_on) & (after.pledges > 0)):
        again = "repeats its pledge to" if before.pledges[0, kind, giver, holder] > 0 else "gives its word to"
        left = lasting(int(after.pledges[0, kind, giver, holder]))
        yield f"{board.names[giver]} {again} {board.names[holder]}: {board.pledges.titles[kind]}, {left}"


def lasting(turns: int) -> str:
    """How long something lasts yet."""
    return "without end" if turns >= FOREVER else f"for {counted(turns, 'turn')}"


def judgements(board: Board, causes: Sequence[KnownCause]) -> Iterator[tuple[str, str]]:
    """Who has "kept" and who has "broken" which word; what onlookers make of it is no news of its own."""
    for known in causes:
        match known.cause:
            case PledgeHonoured(kind):
                verdict, does, excuse = "kept", "has kept", ""
            case PledgeBroken(kind, why, None):
                verdict, does, excuse = "broken", "breaks", EXCUSES[why]
            case _:
                continue
        for holder, giver in known.pairs:
            what = f"{board.pledges.titles[kind]}{excuse}"
            yield verdict, f"{board.names[giver]} {does} its word to {board.names[holder]}: {what}"


def pledges_ended(board: Board, before: World, after: World, causes: Sequence[KnownCause]) -> Iterator[str]:
    """Whose word has run out, apart from those that were broken."""
    if not board.pledges.names:
        return
    broken = {
        (known.cause.kind, giver, holder)
        for known in causes
        for holder, giver in known.pairs
        if isinstance(known.cause, PledgeBroken) and known.cause.holder is None
    }
    for kind, giver, holder in _cells((before.pledges > 0) & (after.pledges == 0)):
        if (kind, giver, holder) not in broken:
            yield f"{board.names[giver]} is bound to {board.names[holder]} no more: {board.pledges.titles[kind]}"


def disclosures(board: Board, before: World, after: World) -> Iterator[str]:
    """What is rumoured, denied and known since."""
    if not (before.secrecy.any() or after.secrecy.any()):
        return
    for place, actor, target in _cells(before.secrecy != after.secrecy):
        was, now = int(before.secrecy[0, place, actor, target]), int(after.secrecy[0, place, actor, target])
        act = board.acts.secrets[place]
        what = said(board, act, actor, target)
        if now == RUMOURED:
            yield f"It is rumoured: {what}"
        elif now > RUMOURED:
            yield from _denied(board, was, now, actor, target, what)
        elif now == OPEN and _came_out(board, after, act, actor, target):
            yield f"It is known now: {what}"


def _denied(board: Board, was: int, now: int, actor: int, target: int, what: str) -> Iterator[str]:
    for party, stages in ((actor, (DENIED_BY_ACTOR, DENIED_BY_BOTH)), (target, (DENIED_BY_TARGET, DENIED_BY_BOTH))):
        if now in stages and was not in stages:
            yield f"{board.names[party]} denies it: {what}"


def _came_out(board: Board, world: World, act: int, actor: int, target: int) -> bool:
    """Whether what is no secret any more has come out: its agreement is in force, or it is news of this turn.

    What has ended in secret, or is forgotten, never comes out.
    """
    kind = int(board.acts.signs[act])
    if kind == NONE:
        return int(world.last[0, act, actor, target]) == world.turn
    return bool(world.agreements[0, kind, actor, target] > 0)


def said(board: Board, act: int, actor: int, target: int) -> str:
    """An act in its own words, the parties by their names."""
    parties = (board.names[actor], board.names[target])
    return sentence(board.acts.texts[act], dict(zip(board.acts.roles[act], parties, strict=True)))


def rumours(board: Board, world: World) -> Iterator[tuple[int, int, int, int]]:
    """What is kept secret or rumoured, as far as a world shows it: act, actor, target, stage."""
    for place, actor, target in _cells(world.secrecy >= SECRET):
        yield board.acts.secrets[place], actor, target, int(world.secrecy[0, place, actor, target])


def denials_disproved(board: Board, causes: Sequence[KnownCause]) -> Iterator[str]:
    """Who had denied what has come out."""
    for known in causes:
        if isinstance(known.cause, DenialExposed):
            done = said(board, known.cause.act, known.cause.actor, known.cause.target)
            for liar in sorted({pair[1] for pair in known.pairs}):
                yield f"{board.names[liar]} had denied what was true: {done}"


def clashes(board: Board, causes: Sequence[KnownCause]) -> Iterator[str]:
    """Who came to blows over what, and who prevailed."""
    for known in causes:
        if isinstance(known.cause, Clash):
            title = board.disputes[known.cause.dispute].title
            winner, loser = board.names[known.cause.winner], board.names[known.cause.loser]
            yield f"Clash over {title}: {winner} won, {loser} lost"


def crises(board: Board, before: World, after: World, causes: Sequence[KnownCause] = ()) -> Iterator[str]:
    """Crises that began, climbed, eased and ended."""
    for place, moved, text in crisis_news(board, before, after, causes):
        yield f"Crisis over {board.disputes[place].title}: {text}" if moved else text


def crisis_news(
    board: Board, before: World, after: World, causes: Sequence[KnownCause] = ()
) -> Iterator[tuple[int, bool, str]]:
    """The same: the dispute, whether a side has moved in a crisis that goes on, and what has happened.

    How a side has moved is told without saying in which crisis.
    """
    accidents = {known.cause for known in causes if isinstance(known.cause, Escalation) and known.cause.accident}
    for place, dispute in enumerate(board.disputes):
        was, now = before.rung[0, place], after.rung[0, place]
        if (was == now).all():
            continue
        if (now == CALM).all():
            yield place, False, f"The crisis over {dispute.title} is over{_settlement(board, place, before, after)}"
        elif (was == CALM).all():
            yield place, False, f"A crisis begins over {dispute.title}: {stands(board, place, now)}"
        else:
            for side in np.flatnonzero(was != now).tolist():
                yield place, True, _moved(board, place, side, int(was[side]), int(now[side]), accidents)


def _settlement(board: Board, place: int, before: World, after: World) -> str:
    """What the two sides signed as they left the ladder, to be read after that."""
    first, second = board.disputes[place].parties
    signed = (after.agreements[0, :, first, second] > 0) & (before.agreements[0, :, first, second] == 0)
    kinds = np.flatnonzero(signed & board.agreements.settles & board.agreements.mutual).tolist()
    if not kinds:
        return ""
    titles = listed([board.agreements.titles[kind] for kind in kinds])
    return f", and {board.names[first]} and {board.names[second]} have signed: {titles}"


def _moved(board: Board, place: int, side: int, was: int, now: int, accidents: set[Escalation]) -> str:
    """How one side came to stand higher or lower."""
    state = board.disputes[place].parties[side]
    way = "steps down" if now < was else "climbs"
    if Escalation(place, state, now, accident=True) in accidents:
        way = "is carried by an accident"
    return f"{board.names[state]} {way} to {rung(now)}"


def stands(board: Board, place: int, rungs: Shorts) -> str:
    """How high each side of a crisis stands."""
    parties = board.disputes[place].parties
    return listed(
        [f"{board.names[state]} at {rung(int(height))}" for state, height in zip(parties, rungs, strict=True)]
    )


def rung(height: int) -> str:
    """A rung of the ladder by its name."""
    return "calm" if height == CALM else RUNGS[height]


def claims(board: Board, before: World, after: World) -> Iterator[str]:
    """Territory that changed hands, and sides that states took."""
    for place, dispute in enumerate(board.disputes):
        holder = int(after.holder[0, place])
        if holder != int(before.holder[0, place]) and holder != NONE:
            yield f"{board.names[holder]} holds {dispute.title} now"
        for (state,) in _cells(after.recognition[:, place] != before.recognition[:, place]):
            side = float(after.recognition[0, place, state])
            if side and state not in dispute.parties:
                party = dispute.parties[side > 0]
                yield f"{board.names[state]} takes the side of {board.names[party]} over {dispute.title}"


def wars(board: Board, before: World, after: World) -> Iterator[str]:
    """Who is at war since."""
    fighting = [board.names[state] for (state,) in _cells(after.out & ~before.out)]
    if fighting:
        yield f"{listed(fighting)} {'is' if len(fighting) == 1 else 'are'} at war"


def posture(board: Board, before: World, after: World) -> Iterator[str]:
    """Who is about something else with whom."""
    for state, other in _cells(after.posture != before.posture):
        posture = POSTURES[int(after.posture[0, state, other])]
        words = PHRASES[posture].format(one=board.names[state], other=board.names[other])
        yield f"From now on {words}"
