"""Endings explained: which condition ended a game, and how what it asks about came to be so."""

from __future__ import annotations

from collections.abc import Iterator

from game.kernel.conditions import Comparison, Condition, Group, Number, Rung, Tension
from game.match.match import Match
from game.narrative.refusals import titles_of
from game.narrative.wording import dated
from game.play.snapshot import EndView, Rise
from game.scenario.build.sentences import sentence

RISES = 3
"""How many turns are named in which a tension rose most."""
HOLDS = {">=": float.__ge__, ">": float.__gt__, "<=": float.__le__, "<": float.__lt__}


def end_of(match: Match) -> EndView | None:
    """Why a game is over; None while it goes on, and where its last turn was played."""
    board, world = match.history.board, match.history.world
    name = match.ending()
    if name is None:
        return None
    ending = next(each for each in board.endings if each.name == name)
    titles = titles_of(board)
    tensions = {each.name: float(world.tension[0, place]) for place, each in enumerate(board.disputes)}
    met = [each for each in leaves(ending.when) if _known_to_hold(each, tensions)]
    disputes = tuple(dict.fromkeys(found for each in met or leaves(ending.when) for found in disputes_in(each)))
    because = " and ".join(sentence(each, titles) for each in met) or sentence(ending.when, titles)
    rises = tuple(rise for each in disputes for rise in _rises(match, each))
    return EndView(ending.text, because, tuple(sorted(rises, key=lambda rise: -rise.size))[:RISES])


def leaves(condition: Condition) -> tuple[Condition, ...]:
    """The plain conditions of one that joins several; what denies others stays whole."""
    match condition:
        case Group("all" | "any", members):
            return tuple(leaf for member in members for leaf in leaves(member))
    return (condition,)


def disputes_in(condition: Condition) -> Iterator[str]:
    """The disputes whose tension or rung a plain condition asks about."""
    match condition:
        case Comparison(_, left, right):
            yield from (each.dispute for each in (left, right) if isinstance(each, Tension | Rung))


def _known_to_hold(condition: Condition, tensions: dict[str, float]) -> bool:
    """Whether a tension is where a condition wants it; of other conditions nothing is said."""
    match condition:
        case Comparison(operator, Tension(dispute), Number(bound)) if operator in HOLDS:
            return bool(HOLDS[operator](tensions[dispute], float(bound)))
    return False


def _rises(match: Match, dispute: str) -> Iterator[Rise]:
    """The turns in which the tension of a dispute rose."""
    board, worlds = match.history.board, match.history.worlds
    place = next(number for number, each in enumerate(board.disputes) if each.name == dispute)
    line = [float(world.tension[0, place]) for world in worlds]
    for turn in range(1, len(line)):
        if line[turn] > line[turn - 1]:
            date = dated(board.calendar.label(turn))
            yield Rise(dispute, board.disputes[place].title, turn, date, line[turn] - line[turn - 1], line[turn])
