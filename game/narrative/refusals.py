"""Refusals in words: why an order may not be given, and what stands in the way of a deal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from game.kernel.conditions import ACTOR, TARGET, Comparison, Condition, Group, Number, Relation, renamed
from game.kernel.refusals import (
    ActorNotEligible,
    AnswersForItself,
    Blocker,
    GameOver,
    Illegal,
    NotADeal,
    NoTermsSuffice,
    NothingToAsk,
    Refusal,
    Requires,
    TakesNoTurns,
    Veto,
    message,
    reason,
)
from game.kernel.world import Board
from game.narrative.wording import signed
from game.scenario.build.sentences import sentence

BOUNDS = {"<": "below {}", "<=": "at most {}", ">": "above {}", ">=": "at least {}", "==": "{}", "!=": "other than {}"}
"""What a regard is required to be."""


def worded(refusal: Refusal, board: Board) -> str:
    """Why an order may not be given, for people: a sentence without its full stop."""
    match refusal:
        case Requires():
            said = f"it requires {_required(refusal, board)}"
        case ActorNotEligible(_, ()):
            said = "nobody may do this"
        case _:
            said = reason(refusal, board, board.names)
    return _begun(said)


def _required(refusal: Requires, board: Board) -> str:
    """What must be so; of a regard between the two, also how it stands now."""
    states = dict(zip((ACTOR, TARGET), (refusal.actor, refusal.target), strict=True))
    match refusal.condition:
        case Comparison(comparator, Relation(first, second), Number(bound)) if {first, second} == set(states):
            now = refusal.regard[first == TARGET]
            one, other = (board.names[states[role]] for role in (first, second))
            wanted = BOUNDS[comparator].format(signed(bound, 0 if bound.is_integer() else 2))
            return f"{one}'s regard of {other} to be {wanted} (now {signed(now)})"
    named = renamed(refusal.condition, {role: board.states[state] for role, state in states.items()})
    return condition_in_words(named, board)


def condition_in_words(condition: Condition, board: Board) -> str:
    """A condition as what is required: `that Arda is at war`."""
    titles = titles_of(board)
    match condition:
        case Group("none", members):
            return f"that none of this is so: {'; '.join(sentence(each, titles) for each in members)}"
    return f"that {sentence(condition, titles)}"


def titles_of(board: Board) -> Mapping[str, str]:
    """What the things are called that conditions name, by id; an act's and a pledge's has its kind before it."""
    found: dict[str, str] = {}
    for names, titles, kind in (
        (board.acts.names, board.acts.titles, "act "),
        (board.pledges.names, board.pledges.titles, "pledge "),
        ([each.name for each in board.events], [each.headline for each in board.events], ""),
        (board.agreements.names, board.agreements.titles, ""),
        ([each.name for each in board.disputes], [each.title for each in board.disputes], ""),
        (board.states, board.names, ""),
    ):
        found.update(_keyed(names, titles, kind))
    return found


def _keyed(names: Sequence[str], titles: Sequence[str], kind: str) -> Mapping[str, str]:
    return {f"{kind}{name}": title for name, title in zip(names, titles, strict=True)}


def blocker_worded(blocker: Blocker, board: Board) -> str:
    """What stands in the way of a deal, for people: a sentence without its full stop."""
    if isinstance(blocker, Illegal):
        return worded(blocker.refusal, board)
    if isinstance(blocker, NotADeal):
        return f"{board.acts.titles[blocker.act]} is not a deal: nobody has to accept it"
    return _begun(_standing(blocker, board))


def blocker_in_ids(blocker: Blocker, board: Board) -> str:
    """The same with orders and acts by the ids of the scenario."""
    if isinstance(blocker, Illegal):
        return message(blocker.order, blocker.refusal, board)
    if isinstance(blocker, NotADeal):
        return f"{board.acts.names[blocker.act]} is not a deal: nobody has to accept it"
    return _standing(blocker, board)


def _standing(
    blocker: GameOver | TakesNoTurns | AnswersForItself | Veto | NoTermsSuffice | NothingToAsk, board: Board
) -> str:
    match blocker:
        case GameOver():
            return reason(blocker, board, board.names)
        case TakesNoTurns(state):
            return f"{board.names[state]} takes no turns"
        case AnswersForItself(state):
            return f"{board.names[state]} is not decided for by the reasoner; its answer is its own"
        case Veto(ally, target):
            return f"a pact with {board.names[ally]} forbids it to {board.names[target]}"
        case NoTermsSuffice(target):
            return f"no terms there are would seem to move {board.names[target]} to accept this turn"
        case NothingToAsk(target):
            return f"{board.names[target]} would not seem to accept it as it is, let alone give for it"
    assert_never(blocker)


def _begun(text: str) -> str:
    """A text with its first letter large."""
    return f"{text[:1].upper()}{text[1:]}"
