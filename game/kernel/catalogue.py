"""Acts: the compiled catalogue, and what the deeds of a turn do to whom.

An act has two parties, the actor and the target. Its effects are linear: so much in how the target regards the actor,
so much in how each onlooker regards either, weighted by how much of a rival, friend or neighbour the onlooker is. So
the effects of all orders of a turn commute, and what a preview shows is what happens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from game.errors import UnknownName
from game.kernel.conditions import Condition
from game.kernel.declare import (
    Booleans,
    Floats,
    Shorts,
)

NONE = -1
"""No act, no target, nothing about."""

STATEMENT, DEAL, DEED = range(3)
KINDS = ("statement", "deal", "deed")

RIVALS, FRIENDS, NEIGHBOURS, OTHERS = range(4)
SELECTORS = ("rivals", "friends", "neighbours", "others")
"""The graded onlookers; selectors from 4 on stand for one named state each."""

ALL_KINDS = -2
"""An act that breaks ties of every kind."""

ACTOR, TARGET = 0, 1


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The compiled acts `[A]`. Rows A..2A-1 of the effects are those of a refused deal.

    `direct` [V, 2A, L, 2]: the target's regard of the actor, the actor's of the target. `onlook` [V, 2A, L, G, 2, 2]:
    an onlooker graded by selector G relative to actor or target changes its regard of actor or target. `outward`, the
    same axes: actor or target changes its regard of such an onlooker. V is 1, or R where an effect has a spread.
    """

    names: tuple[str, ...]
    titles: tuple[str, ...]
    texts: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    kind: npt.NDArray[np.int8]
    cost: Floats
    cooldown: Shorts
    usual: Floats
    low: Floats
    high: Floats
    units: tuple[str | None, ...]
    signs: Shorts
    turns: Shorts
    breaks: Shorts
    may_act: Booleans  # [A, N]
    may_receive: Booleans  # [A, N]
    requires: tuple[tuple[Booleans, Condition], ...]  # (which acts [A], what must hold)
    floor: Shorts  # [2, A] least regard, in hundredths, of actor for target and of target for actor
    ceiling: Shorts  # [2, A] greatest
    further: tuple[tuple[Booleans, Condition, bool], ...]  # what these do not cover; if it names third states
    named: tuple[int, ...]  # the states that selectors from 4 on stand for
    direct: Floats
    onlook: Floats
    outward: Floats | None
    pairs: tuple[tuple[int, int], ...]  # fixed pairs of states that acts touch, whoever the parties are
    aside: Floats  # [V, 2A, L, pairs]
    attributes: Floats  # [V, 2A, Q, 2]
    tension: Floats  # [V, 2A, D]
    opposed: Floats  # [V, 2A] on each dispute between the two parties
    subject: Floats  # [V, 2A, L, 2, 2] by whom it is about: its regard of actor and target, theirs of it
    secrets: tuple[int, ...]  # [C] the acts that can be kept secret
    pledges: Shorts  # [A, 2] the kind of pledge that actor and target give each other with it
    suspends: Shorts  # [A] the kind of tie it suspends
    resumes: Shorts  # [A] the kind of tie it resumes
    discloses: Shorts  # [A] 1 confirms, -1 denies what is rumoured of the two
    cedes: Booleans  # [A] the actor gives up what it holds and the target claims
    recognises: Shorts  # [A] the party, actor or target, whose side the actor takes in that party's disputes
    credible: Booleans  # [A] it works on the target by the credit its word has there
    force: Booleans  # [A] it uses force
    weight: Floats  # [A] the score it is grounded on, -1 to 1
    personality: Floats  # [A, sliders]
    sliders: tuple[str, ...]
    keys: Any  # [A] uint64

    def act(self, name: str) -> int:
        """The index of an act; UnknownName when there is none."""
        try:
            return self.names.index(name)
        except ValueError:
            raise UnknownName("act", name, self.names) from None


def entry_of(values: Any, index: Any) -> Any:
    """What belongs to each act or kind of tie, 0 where the index is `NONE`; there need not be any."""
    return np.append(values, np.zeros(1, dtype=np.asarray(values).dtype))[index]
