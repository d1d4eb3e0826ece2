"""What a side has left open: orders unused, questions undecided, crises without a choice, proposals unanswered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from game.play.snapshot import DisputeView, Game

ORDERS, QUESTION, CRISIS, PROPOSAL = "orders", "question", "crisis", "proposal"


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that is still open: its kind, which one it is, what it is called, and what comes of leaving it so.

    `name` is the id of the event or dispute or the key of the proposal, empty for orders.
    """

    kind: str
    name: str
    title: str
    otherwise: str


def open_matters(game: Game) -> tuple[Matter, ...]:
    """Everything that the side that is shown could still do before the turn goes on, what binds it most first."""
    if game.side is None or game.finished:
        return ()
    return (*_crises(game), *_proposals(game), *_questions(game), *_orders(game))


def asks_first(game: Game) -> bool:
    """Whether a turn goes on only after the side was asked: in the inbox orders alone hold nothing up any more."""
    return any(game.phase != "inbox" or each.kind != ORDERS for each in open_matters(game))


def in_crisis(game: Game) -> tuple[DisputeView, ...]:
    """The crises that the side is a party to."""
    return tuple(each for each in game.disputes if max(each.rungs) >= 0 and game.side in each.parties)


def _crises(game: Game) -> Iterator[Matter]:
    for each in in_crisis(game):
        if each.id not in game.stances:
            yield Matter(CRISIS, each.id, f"Crisis over {each.title}", "No choice in a crisis means Hold.")


def _proposals(game: Game) -> Iterator[Matter]:
    for each in game.proposals:
        if each.reply is None:
            yield Matter(PROPOSAL, each.key, each.sentence, "Unanswered proposals are rejected.")


def _questions(game: Game) -> Iterator[Matter]:
    for each in game.questions:
        if each.chosen is None:
            yield Matter(QUESTION, each.event, each.headline, "If you do not decide, your government does.")


def _orders(game: Game) -> Iterator[Matter]:
    unused = game.slots - len(game.plan)
    if unused > 0 and game.left > 0:
        title = "1 order left" if unused == 1 else f"{unused} orders left"
        yield Matter(ORDERS, "", title, f"Political capital {game.left:g}/{game.capital:g}. Unused orders are lost.")


def in_short(game: Game) -> tuple[str, ...]:
    """The same in a few words each, those of a kind as one: `3 orders left`, `1 decision pending`."""
    found = open_matters(game)
    counted = (
        (CRISIS, "crisis choice pending", "crisis choices pending"),
        (PROPOSAL, "proposal unanswered", "proposals unanswered"),
        (QUESTION, "decision pending", "decisions pending"),
    )
    texts = []
    for kind, one, several in counted:
        many = sum(each.kind == kind for each in found)
        if many:
            texts.append(f"{many} {one if many == 1 else several}")
    return (*(each.title for each in found if each.kind == ORDERS), *texts)
