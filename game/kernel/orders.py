"""Orders: what a state does in a turn, who may give which, and its one-line text.

ada: reassure bora
cyra: arms_package ada value=1.6 purpose=strait secret
bora: criticise ada audience=dena office=envoy about=cyra
ada: trade_agreement bora side_payment=0.5 pledge=no_foreign_use
ada: back_down strait                                          (in a crisis; it takes no slot)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.errors import (
    InvalidOrder,
    nearest,
)
from game.kernel.catalogue import (
    DEAL,
    NONE,
    STATEMENT,
    entry_of,
)
from game.kernel.declare import Booleans, Floats, Integers, shaped
from game.kernel.world import (
    Board,
)

PUBLIC, PRIVATE = -1, -2
"""Who hears a statement: everybody, nobody but its target, or, from 0 on, the state in whose capital it is made."""

MOST_OFFERED = 1000.0
"""The political capital that may be offered or asked with one deal."""

ESCALATE, HOLD, OFF_RAMP, BACK_DOWN = range(4)
STANCES = ("escalate", "hold", "off_ramp", "back_down")
"""What a side of a crisis may choose in a turn."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What every state does this turn, each field `[R, N, S]`, -1 for none.

    `scale` is the value at stake over the act's usual value; `secret` keeps it from all but the two; `audience` hears a
    statement, made by the office `office` (0 is the usual one) `about` a third state; `purpose` is the dispute an
    agreement is said to be for; `offer` is the political capital its proposer adds, or asks where it is below 0;
    `clause` the kind of pledge its proposer gives with it. `option` [R, E] is what each decider chose for an event that
    waits for it, -1 to leave it to the weights; `stance` [R, D, 2] what each side of a dispute chooses in its crisis.
    """

    act: Integers = shaped("RNS")
    target: Integers = shaped("RNS")
    scale: Floats = shaped("RNS")
    secret: Booleans = shaped("RNS")
    audience: Integers = shaped("RNS")
    office: Integers = shaped("RNS")
    about: Integers = shaped("RNS")
    purpose: Integers = shaped("RNS")
    side_payment: Floats = shaped("RNS")
    pledge: Integers = shaped("RNS")
    option: Integers = shaped("RE")
    stance: Integers = shaped("RDB")


SLOTTED = ("act", "target", "scale", "secret", "audience", "office", "about", "purpose", "side_payment", "pledge")
"""The fields that an order in a slot has."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one state, in words: names, not indices. In a crisis `act` is a stance and `target` the dispute."""

    state: str
    act: str
    target: str
    value: float | None = None
    side_payment: float = 0.0
    secret: bool = False
    audience: str | None = None
    office: str | None = None
    about: str | None = None
    purpose: str | None = None
    pledge: str | None = None

    @property
    def is_stance(self) -> bool:
        """Whether it is a choice in a crisis."""
        return self.act in STANCES

    def __str__(self) -> str:
        terms = [f"value={written(self.value)}"] if self.value is not None else []
        terms += [f"side_payment={written(self.side_payment)}"] if self.side_payment else []
        named = (("audience", self.audience), ("office", self.office), ("about", self.about),
                 ("purpose", self.purpose), ("pledge", self.pledge))  # fmt: skip
        terms += [f"{key}={name}" for key, name in named if name is not None]
        return " ".join([f"{self.state}: {self.act} {self.target}", *terms, *(["secret"] if self.secret else [])])


def written(value: float) -> str:
    """A value to six digits, never with an exponent: as an order's text takes it."""
    return np.format_float_positional(value, precision=6, fractional=False, trim="-")


def no_orders(board: Board, replicas: int = 1) -> Orders:
    """Nobody does anything."""
    shape = (replicas, len(board.states), board.orders)
    nothing = np.full(shape, NONE, dtype=np.int64)
    usual, first, plain = np.ones(shape), np.zeros(shape, dtype=np.int64), np.zeros(shape)
    option = np.full((replicas, len(board.events)), NONE, dtype=np.int64)
    stance = np.full((replicas, len(board.disputes), 2), NONE, dtype=np.int64)
    open_ = np.zeros(shape, dtype=bool)
    return Orders(nothing, nothing, usual, open_, nothing, first, nothing, nothing, plain, nothing, option, stance)


def is_proposal(board: Board, orders: Orders) -> Booleans:
    """Which orders need the target's consent `[R, N, S]`."""
    return np.asarray(entry_of(board.acts.kind == DEAL, orders.act).astype(bool))


_TERM = r"(?:\s+[a-z][a-z_]*(?:\s*=\s*[^\s=]+|\b(?!\s*=)))*"
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ORDER = re.compile(
    r"\s*(?P<state>[a-z][a-z0-9_]*)\s*:\s*(?P<act>[a-z][a-z0-9_]*)\s+(?P<target>[a-z][a-z0-9_]*)(?P<terms>" + _TERM
    + r")\s*"
)  # fmt: skip
_PART = re.compile(r"([a-z][a-z_]*)(?:\s*=\s*([^\s]+))?")
_NUMBERS = ("value", "side_payment")
_NAMES = ("audience", "office", "about", "purpose", "pledge")


def order_of(line: str) -> Order:
    """The order a line of text means, before its names are looked up: `ada: arms_package cyra value=1.6`.

    Raises InvalidOrder when the line has another form.
    """
    found = _ORDER.fullmatch(line)
    if found is None:
        raise InvalidOrder(f"{line!r} is not an order; write 'ada: reassure bora' or '… value=1.6'")
    terms: dict[str, Any] = {}
    for key, value in _PART.findall(found["terms"]):
        known = (*_NUMBERS, *_NAMES, "secret")
        if key not in known:
            close = nearest(key, known)
            hint = f"did you mean {close!r}?" if close else "they are " + ", ".join(known)
            raise InvalidOrder(f"an order has no term called {key!r}; {hint}")
        if key in terms:
            raise InvalidOrder(f"{line!r} says {key} twice")
        terms[key] = _term_of(line, key, value)
    return Order(found["state"], found["act"], found["target"], **terms)


def _term_of(line: str, key: str, value: str) -> Any:
    """What a term of an order says; InvalidOrder where that is no number, no name, or more than the word `secret`."""
    if key == "secret":
        if value:
            raise InvalidOrder(f"{line!r}: secret is a word of its own; write 'secret', or leave it out")
        return True
    form, wanted = (_NUMBER, "a number, as in value=1.6") if key in _NUMBERS else (_NAME, "a name, as in about=cyra")
    if not form.fullmatch(value):
        raise InvalidOrder(f"{line!r}: {key} needs {wanted}")
    # Six digits are what the text of an order holds, so what is played is what a journal can write down.
    return float(f"{float(value):.6g}") if key in _NUMBERS else value


def parse_order(line: str, board: Board) -> Order:
    """The order a line of text means on a board.

    Raises InvalidOrder when the line has another form or names something that does not exist.
    """
    order = order_of(line)
    _known("state", order.state, board.states)
    if order.is_stance:
        _known("dispute", order.target, [each.name for each in board.disputes])
        if order != Order(order.state, order.act, order.target):
            raise InvalidOrder(f"a choice in a crisis has no terms; write '{order.state}: {order.act} {order.target}'")
        return order
    _known("act", order.act, (*board.acts.names, *STANCES))
    _known("state", order.target, board.states)
    _check_terms(order, board)
    return order


def _known(kind: str, name: str, known: Any) -> None:
    if name not in known:
        close = nearest(name, known)
        hint = f"; did you mean {close!r}?" if close else ""
        raise InvalidOrder(f"there is no {kind} called {name!r}{hint}")


def _check_terms(order: Order, board: Board) -> None:
    """Raise InvalidOrder where a term does not go with the act."""
    act = board.acts.act(order.act)
    _check_value(order, board, act)
    plain = f"{order.state}: {order.act} {order.target}"
    if order.secret and act not in board.acts.secrets:
        raise InvalidOrder(f"{order.act} cannot be kept secret; write '{plain}'")
    if order.purpose is not None:
        if board.acts.signs[act] == NONE:
            raise InvalidOrder(f"{order.act} leaves no agreement that could have a purpose; write '{plain}'")
        _known("dispute", order.purpose, [each.name for each in board.disputes])
    _check_bargain(order, board, act, plain)
    _check_statement(order, board, act, plain)


def _check_bargain(order: Order, board: Board, act: int, plain: str) -> None:
    """What is offered or pledged goes with a deal."""
    if board.acts.kind[act] != DEAL and (order.side_payment or order.pledge is not None):
        raise InvalidOrder(f"{order.act} is not a deal, so nothing is offered with it; write '{plain}'")
    if abs(order.side_payment) > MOST_OFFERED:
        raise InvalidOrder(
            f"an offer is {-MOST_OFFERED:g} to {MOST_OFFERED:g} political capital, not {order.side_payment:g}"
        )
    if order.pledge is not None:
        _known("kind of pledge", order.pledge, board.pledges.names)


def _check_statement(order: Order, board: Board, act: int, plain: str) -> None:
    """Who says it, where it is heard and whom it is about go with a statement."""
    if board.acts.kind[act] != STATEMENT and (order.audience is not None or order.office is not None):
        raise InvalidOrder(f"{order.act} is not a statement, so it has no audience or office; write '{plain}'")
    if order.audience not in (None, "public", "private"):
        _known("state", order.audience, board.states)
        if order.audience in (order.state, order.target):
            raise InvalidOrder(f"{order.audience} is a party; say it in a third capital, or write '{plain}'")
    if order.about is not None:
        _known("state", order.about, board.states)
        if order.about in (order.state, order.target):
            raise InvalidOrder(f"{order.about} is a party; a statement is about a third state")
    if order.office is not None:
        _known("office", order.office, board.offices.names)


def _check_value(order: Order, board: Board, act: int) -> None:
    unit = board.acts.units[act]
    if order.value is None:
        return
    if unit is None:
        raise InvalidOrder(f"{order.act} has no value; write '{order.state}: {order.act} {order.target}'")
    low, high = board.acts.low[act], board.acts.high[act]
    if not low <= order.value <= high:
        raise InvalidOrder(f"{order.act} is worth {low:g} to {high:g} {unit}, not {order.value:g}")


def indices(board: Board, order: Order) -> Mapping[str, Any]:
    """The fields of an order in a slot, as numbers."""
    act = board.acts.act(order.act)

    def index(names: Sequence[str], name: str | None, otherwise: int = NONE) -> int:
        return otherwise if name is None else names.index(name)

    audience = PRIVATE if order.audience == "private" else index(board.states, order.audience) if (
        order.audience not in (None, "public")) else PUBLIC  # fmt: skip
    return {
        "act": act,
        "target": board.state(order.target),
        "scale": 1.0 if order.value is None else order.value / board.acts.usual[act],
        "secret": order.secret,
        "audience": audience,
        "office": index(board.offices.names, order.office, 0),
        "about": index(board.states, order.about),
        "purpose": index([each.name for each in board.disputes], order.purpose),
        "side_payment": order.side_payment,
        "pledge": index(board.pledges.names, order.pledge),
    }


def cost_of(order: Order, board: Board) -> float:
    """The political capital an order takes, what it offers included; a choice in a crisis takes none beforehand."""
    if order.is_stance:
        return 0.0
    office = 0 if order.office is None else board.offices.names.index(order.office)
    return float(board.acts.cost[board.acts.act(order.act)] * board.offices.cost[office]) + max(order.side_payment, 0.0)
