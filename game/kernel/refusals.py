"""Refusals: why an order may not be given, and what stands in the way of a deal, as values.

Acts, states, disputes and kinds of agreement are indices into the board. `game.narrative.refusals` words them for
people; `message` is what an error says that is raised where nothing is worded yet, with the ids of the scenario.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from game.kernel.conditions import Condition, text
from game.kernel.orders import Order
from game.kernel.world import Board


@dataclass(frozen=True, slots=True)
class GameOver:
    """The game has come to an ending, or to its last turn."""

    ending: int | None = None


@dataclass(frozen=True, slots=True)
class AtWar:
    """A state is at war and takes no turns any more."""

    state: int


@dataclass(frozen=True, slots=True)
class NotAParty:
    """A crisis is a matter of others."""

    dispute: int


@dataclass(frozen=True, slots=True)
class WarBegun:
    """A crisis has come to war: there is nothing left to choose."""

    dispute: int


@dataclass(frozen=True, slots=True)
class NoCrisis:
    """There is no crisis over a dispute."""

    dispute: int


@dataclass(frozen=True, slots=True)
class SelfAddressed:
    """An order of a state to itself."""


@dataclass(frozen=True, slots=True)
class ActorNotEligible:
    """Only some states may do an act."""

    act: int
    eligible: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TargetNotEligible:
    """An act may be directed at some states only."""

    act: int
    eligible: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cooldown:
    """It was done lately, and may be done again in so many turns."""

    turns: int


@dataclass(frozen=True, slots=True)
class Requires:
    """A requirement of an act does not hold; `regard` is how the actor regards the target now, and the reverse."""

    condition: Condition
    act: int
    actor: int
    target: int
    regard: tuple[float, float]


@dataclass(frozen=True, slots=True)
class AgreementInForce:
    """What would be signed is in force already."""

    kind: int


@dataclass(frozen=True, slots=True)
class AgreementNotInForce:
    """What would be suspended is not in force."""

    kind: int


@dataclass(frozen=True, slots=True)
class AgreementNotSuspended:
    """What would be resumed is not suspended."""

    kind: int


@dataclass(frozen=True, slots=True)
class NothingSecret:
    """There is no secret to confirm, or no rumour to deny."""


@dataclass(frozen=True, slots=True)
class NothingToCede:
    """The actor holds nothing that the target claims."""


@dataclass(frozen=True, slots=True)
class NothingToBreak:
    """There is no agreement between the two."""


@dataclass(frozen=True, slots=True)
class TooCostly:
    """A state has too little political capital left."""

    state: int
    cost: float
    left: float


Refusal = (
    GameOver | AtWar | NotAParty | WarBegun | NoCrisis | SelfAddressed | ActorNotEligible | TargetNotEligible | Cooldown
    | Requires | AgreementInForce | AgreementNotInForce | AgreementNotSuspended | NothingSecret | NothingToCede
    | NothingToBreak | TooCostly
)  # fmt: skip
"""Why an order may not be given."""


@dataclass(frozen=True, slots=True)
class Illegal:
    """The plain proposal may not be made at all."""

    order: Order
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class NotADeal:
    """Nobody has to accept the act."""

    act: int


@dataclass(frozen=True, slots=True)
class TakesNoTurns:
    """The proposer is no player."""

    state: int


@dataclass(frozen=True, slots=True)
class AnswersForItself:
    """The target is not decided for by the reasoner."""

    state: int


@dataclass(frozen=True, slots=True)
class Veto:
    """A pact with an ally forbids the target to accept."""

    ally: int
    target: int


@dataclass(frozen=True, slots=True)
class NoTermsSuffice:
    """Nothing would seem to move the target to accept."""

    target: int


@dataclass(frozen=True, slots=True)
class NothingToAsk:
    """The target would not seem to accept the deal even as it is."""

    target: int


Blocker = Illegal | GameOver | NotADeal | TakesNoTurns | AnswersForItself | Veto | NoTermsSuffice | NothingToAsk
"""What stands in the way of a deal."""


def message(order: Order, refusal: Refusal, board: Board) -> str:
    """What an error says of an order that may not be given, with the ids of the scenario."""
    said = reason(refusal, board, board.states)
    match refusal:
        case TooCostly(_, cost, left):
            return f"{order} costs {cost:g} political capital and {order.state} has {left:g} left"
        case GameOver():
            return said
        case AtWar(state) if board.states[state] == order.state:
            return said
    return f"{order}: {said}"


def reason(refusal: Refusal, board: Board, states: Sequence[str]) -> str:
    """Why, without the order, with `states` as what states are called."""
    match refusal:
        case GameOver(ending):
            return "the game is over" if ending is None else f"the game is over: {board.endings[ending].text}"
        case AtWar(state):
            return f"{states[state]} is at war, and its game is over"
        case NotAParty() | WarBegun() | NoCrisis():
            return _of_a_crisis(refusal, board, states)
        case SelfAddressed():
            return "a state cannot address itself"
        case ActorNotEligible(act, ()):
            return f"nobody may do {board.acts.names[act]}"
        case ActorNotEligible(_, eligible):
            return f"only {', '.join(states[each] for each in eligible)} may do this"
        case TargetNotEligible(_, eligible):
            return f"it may be directed only at {', '.join(states[each] for each in eligible)}"
        case Cooldown(turns):
            return f"it was done lately; again in {turns} turn{'s' if turns > 1 else ''}"
        case Requires(condition, act):
            return f"it requires {text(condition, board.acts.roles[act])}"
        case TooCostly(state, cost, left):
            return f"it costs {cost:g} political capital and {states[state]} has {left:g} left"
    return _of_agreements(refusal, board)


def _of_a_crisis(refusal: NotAParty | WarBegun | NoCrisis, board: Board, states: Sequence[str]) -> str:
    dispute = board.disputes[refusal.dispute]
    match refusal:
        case NotAParty():
            return (
                f"the crisis over {dispute.title} is between {' and '.join(states[each] for each in dispute.parties)}"
            )
        case WarBegun():
            return f"it is war over {dispute.title}, and nothing is left to choose"
        case NoCrisis():
            return f"there is no crisis over {dispute.title}"
    assert_never(refusal)


def _of_agreements(
    refusal: AgreementInForce
    | AgreementNotInForce
    | AgreementNotSuspended
    | NothingSecret
    | NothingToCede
    | NothingToBreak,
    board: Board,
) -> str:
    titles = board.agreements.titles
    match refusal:
        case AgreementInForce(kind):
            return f"an agreement of this kind ({titles[kind]}) is already in force"
        case AgreementNotInForce(kind):
            return f"no agreement of this kind ({titles[kind]}) is in force"
        case AgreementNotSuspended(kind):
            return f"no agreement of this kind ({titles[kind]}) is suspended"
        case NothingSecret():
            return "nothing between the two is kept secret or rumoured"
        case NothingToCede():
            return "it holds no territory that the other claims"
        case NothingToBreak():
            return "there is no agreement to break"
    assert_never(refusal)
