"""Deeds: the acts of a turn one by one, as kernels take them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import DEAL, NONE
from game.kernel.changes import Rows
from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Integers, shaped
from game.kernel.orders import PRIVATE, Orders
from game.kernel.setting import ActTable, Setting

ORDERED, BY_EVENT, DISCLOSED = range(3)
"""What is behind a deed: an order; an event, with its number and the option or -1; that it came out, with its stage."""


@dataclass(slots=True)
class Deeds:
    """Acts that take place, each field `[O]` with room to spare; `count` [1] of them are there.

    `scale` is that of the value or of the office; `term` what the value at stake is over the usual one: the volume of
    an agreement that is signed.
    """

    count: Integers = shaped("Y")
    actor: Integers = shaped("O")
    target: Integers = shaped("O")
    act: Integers = shaped("O")
    refused: Booleans = shaped("O")
    scale: Floats = shaped("O")
    term: Floats = shaped("O")
    secret: Booleans = shaped("O")
    audience: Integers = shaped("O")
    about: Integers = shaped("O")
    purpose: Integers = shaped("O")
    side_payment: Floats = shaped("O")
    pledge: Integers = shaped("O")
    origin: Integers = shaped("O")  # ORDERED, BY_EVENT or DISCLOSED
    event: Integers = shaped("O")  # the event, or the stage that it has come to
    option: Integers = shaped("O")


def deeds_of(room: int) -> Deeds:
    """Room for so many deeds."""

    def whole() -> Integers:
        return np.full(room, NONE, dtype=np.int64)

    def number() -> Floats:
        return np.zeros(room)

    def truth() -> Booleans:
        return np.zeros(room, dtype=bool)

    return Deeds(
        np.zeros(1, dtype=np.int64), whole(), whole(), whole(), truth(), number(), number(), truth(), whole(), whole(),
        whole(), number(), whole(), whole(), whole(), whole(),
    )  # fmt: skip


@kernel
def secretly(deeds: Deeds, o: int) -> bool:
    """Whether only its two parties know of a deed."""
    return bool(deeds.secret[o] or deeds.audience[o] == PRIVATE)


@kernel
def collect(setting: Setting, orders: Orders, accepted: Booleans, deeds: Deeds) -> None:
    """The deeds that orders lead to, in the order of states and slots: statements and acts as given, deals as answered.

    `accepted` [N, S] says which proposals were agreed to. Where both of two proposed the same mutual pact, each order
    counts half.
    """
    acts = setting.acts
    count = 0
    for state in range(orders.act.shape[0]):
        for slot in range(orders.act.shape[1]):
            act = orders.act[state, slot]
            if act == NONE:
                continue
            deeds.actor[count] = state
            deeds.target[count] = orders.target[state, slot]
            deeds.act[count] = act
            deeds.refused[count] = acts.kind[act] == DEAL and not accepted[state, slot]
            deeds.term[count] = orders.scale[state, slot]
            deeds.scale[count] = orders.scale[state, slot] * setting.office_weight[orders.office[state, slot]]
            deeds.secret[count] = orders.secret[state, slot]
            deeds.audience[count] = orders.audience[state, slot]
            deeds.about[count] = orders.about[state, slot]
            deeds.purpose[count] = orders.purpose[state, slot]
            deeds.side_payment[count] = orders.side_payment[state, slot]
            deeds.pledge[count] = orders.pledge[state, slot]
            deeds.origin[count] = ORDERED
            deeds.event[count] = NONE
            deeds.option[count] = NONE
            count += 1
    deeds.count[0] = count
    for o in range(count):
        deeds.scale[o] = deeds.scale[o] / _sharing(setting, deeds, count, o)


@kernel
def _sharing(setting: Setting, deeds: Deeds, count: int, o: int) -> float:
    """How many orders make one agreement: 2 where both proposed the same mutual pact."""
    acts = setting.acts
    if not _mutual(setting, acts, deeds, o):
        return 1.0
    shared = 0.0
    for other in range(count):
        if deeds.act[other] == deeds.act[o] and _mutual(setting, acts, deeds, other):
            same = deeds.actor[other] == deeds.actor[o] and deeds.target[other] == deeds.target[o]
            crossed = deeds.actor[other] == deeds.target[o] and deeds.target[other] == deeds.actor[o]
            if same or crossed:
                shared += 1.0
    return shared


@kernel
def _mutual(setting: Setting, acts: ActTable, deeds: Deeds, o: int) -> bool:
    kind = acts.signs[deeds.act[o]]
    if kind == NONE or deeds.refused[o] or acts.kind[deeds.act[o]] != DEAL:
        return False
    return bool(setting.agreements.mutual[kind])


@kernel
def logged(rows: Rows, deeds: Deeds, o: int) -> int:
    """Keep a deed for the ledger, if there is room for it; its place there."""
    place = rows.deed_count[0]
    rows.deed_count[0] = place + 1
    if place < rows.deeds.shape[0]:
        kept, values = rows.deeds, rows.values
        kept[place, 0], kept[place, 1], kept[place, 2] = deeds.actor[o], deeds.target[o], deeds.act[o]
        kept[place, 3], kept[place, 4] = deeds.refused[o], deeds.secret[o]
        kept[place, 5], kept[place, 6], kept[place, 7] = deeds.audience[o], deeds.about[o], deeds.purpose[o]
        kept[place, 8], kept[place, 9] = deeds.pledge[o], deeds.origin[o]
        kept[place, 10], kept[place, 11] = deeds.event[o], deeds.option[o]
        values[place, 0], values[place, 1], values[place, 2] = deeds.scale[o], deeds.term[o], deeds.side_payment[o]
    return int(place)
