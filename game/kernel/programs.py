"""Programs: the conditions and terms of a scenario as numbers, in the form that kernels evaluate.

A term is a row of steps, operands before what is done to them. A condition is a chain of tests, each with the test that
follows where it holds and where it doesn't, so that no more is asked than decides. A condition is called by the place
of its first test, a term by its number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from game.kernel import conditions
from game.kernel.catalogue import NONE, SELECTORS
from game.kernel.declare import Booleans, Floats, Integers, shaped
from game.kernel.world import Board

ROLE_ACTOR, ROLE_TARGET = -1, -2
"""The two roles, where a program names a state."""

TRUE, FALSE = -2, -3
"""Where a chain of tests ends."""

(NUMBER, RELATION, ATTRIBUTE, TENSION, TURN, TRUST, RUNG, SUSPICION, DEPTH, PLUS, MINUS, TIMES, OVER) = range(13)
"""The steps of terms: what is taken up, and from PLUS on what is done to the last two."""

(
    LESS, AT_MOST, MORE, AT_LEAST, EQUAL, UNEQUAL,
    REGARDS,
    HAPPENED, ENDED, FLAG,
    PACT, BORDER, PLEDGE, RUMOUR, SUSPENDED,
    HOLDS, RECOGNISES, CRISIS, AT_WAR,
    DID,
) = range(20)  # fmt: skip
"""The tests of conditions; REGARDS compares how one state regards another with a number."""

_Test = conditions.Comparison | conditions.Happening | conditions.Bond | conditions.Standing | conditions.Did
"""A condition that is no group of others."""

_SIGNS = {"+": PLUS, "-": MINUS, "*": TIMES, "/": OVER}
_COMPARATORS = {"<": LESS, "<=": AT_MOST, ">": MORE, ">=": AT_LEAST, "==": EQUAL, "!=": UNEQUAL}


@dataclass(frozen=True, slots=True)
class Programs:
    """Every condition and term of a board; conditions and terms are -1 where there is none.

    `tests` are kind of test, up to four numbers, the tests that follow where it holds and where it doesn't, and if it
    names the target; `steps` kind of step and two numbers; `parties` selector or -1, the state, and the first and one
    past the last of `besides`.
    """

    tests: Integers = shaped("YZ")
    first: Integers = shaped("Y", "the first step of each term, and one past the last of all")
    steps: Integers = shaped("YZ")
    constants: Floats = shaped("Y", "of steps that are numbers")
    parties: Integers = shaped("YZ")
    besides: Integers = shaped("Y")
    power: Integers = shaped("Y", "the term of a state's power")
    when: Integers = shaped("E", "the condition of each event")
    objective: Integers = shaped("Y")
    ending: Integers = shaped("Y")
    breach: Integers = shaped("P", "what breaks each kind of pledge")
    further: Integers = shaped("Y", "what acts require beyond how the two regard each other")
    further_wide: Booleans = shaped("Y", "whether it names third states")
    further_first: Integers = shaped("Y", "the first of `further_acts`, and one past the last of all")
    further_acts: Integers = shaped("Y", "the acts that require it")
    want_left: Integers = shaped("Y", "the terms of each comparison that an objective wants one way")
    want_right: Integers = shaped("Y")
    requires: Integers = shaped("Y", "every requirement of acts, as the catalogue lists them")
    asked: Integers = shaped("Y", "conditions and terms that are not the board's own")
    owner: Integers = shaped("Y", "the state of each objective")
    points: Floats = shaped("Y", "what each objective is worth")
    unconcealed: Floats = shaped("NQ", "zeros: what is concealed where nothing of it counts")
    deepest: int = 1  # how many numbers a term has to hold at a time


def programs_of(board: Board, asked: Sequence[conditions.Condition | conditions.Term] = ()) -> Programs:
    """The programs of a board, and of what else is `asked` about its worlds."""
    draft = _Draft(board)
    objectives = board.objectives
    wanted = [each for objective in objectives for each in pulling(objective.condition)]
    further = board.acts.further
    named = {
        "power": [draft.term(board.power)],
        "when": [NONE if event.when is None else draft.condition(event.when) for event in board.events],
        "objective": [draft.condition(objective.condition) for objective in objectives],
        "ending": [draft.condition(ending.when) for ending in board.endings],
        "breach": [draft.condition(condition) for condition in board.pledges.breach],
        "further": [draft.condition(condition) for _, condition, _ in further],
        "want_left": [draft.term(comparison.left) for comparison in wanted],
        "want_right": [draft.term(comparison.right) for comparison in wanted],
        "requires": [draft.condition(condition) for _, condition in board.acts.requires],
        "asked": [draft.placed(each) for each in asked],
    }
    acts = [np.flatnonzero(which) for which, _, _ in further]
    return Programs(
        tests=_whole(draft.tests, 8),
        first=_whole(draft.first),
        steps=_whole(draft.steps, 3),
        constants=np.array(draft.constants, dtype=np.float64),
        parties=_whole(draft.parties, 4),
        besides=_whole(draft.besides),
        **{name: _whole(values) for name, values in named.items()},
        further_wide=np.array([wide for _, _, wide in further], dtype=bool),
        further_first=_whole(np.cumsum([0, *(each.size for each in acts)])),
        further_acts=_whole(np.concatenate([*acts, np.zeros(0, dtype=np.int64)])),
        owner=_whole([objective.state for objective in objectives]),
        points=np.array([objective.points for objective in objectives], dtype=np.float64),
        unconcealed=np.zeros((len(board.states), len(board.attributes.names))),
        deepest=draft.deepest,
    )


def pulling(condition: conditions.Condition) -> Iterator[conditions.Comparison]:
    """The comparisons of a condition that pull one way; a `none` block or an equality pulls no way."""
    if isinstance(condition, conditions.Comparison) and condition.operator in ("<", "<=", ">", ">="):
        yield condition
    if isinstance(condition, conditions.Group) and condition.mode != "none":
        for member in condition.members:
            yield from pulling(member)


def _whole(values: Any, columns: int = 0) -> Integers:
    found = np.array(values, dtype=np.int64)
    return found.reshape(-1, columns) if columns else found.reshape(-1)


@dataclass(slots=True)
class _Draft:
    """Programs while they are written."""

    board: Board
    tests: list[tuple[int, ...]] = field(default_factory=list)
    first: list[int] = field(default_factory=lambda: [0])
    steps: list[tuple[int, int, int]] = field(default_factory=list)
    constants: list[float] = field(default_factory=list)
    parties: list[tuple[int, int, int, int]] = field(default_factory=list)
    besides: list[int] = field(default_factory=list)
    deepest: int = 1

    def placed(self, asked: conditions.Condition | conditions.Term) -> int:
        """Write a condition or a term; where it begins, or its number."""
        return self.condition(asked) if isinstance(asked, conditions.Condition) else self.term(asked)

    # ---- terms

    def term(self, term: conditions.Term) -> int:
        """Write a term; its number."""
        self.deepest = max(self.deepest, self._written(term))
        self.first.append(len(self.steps))
        return len(self.first) - 2

    def _written(self, term: conditions.Term) -> int:
        """Write the steps of a term; how many numbers it holds at a time."""
        if isinstance(term, conditions.Arithmetic):
            depth = self._written(term.left), self._written(term.right)
            self._step((_SIGNS[term.operator], 0, 0))
            return max(depth[0], depth[1] + 1)
        self._step(self._taken(term), term.value if isinstance(term, conditions.Number) else 0.0)
        return 1

    def _step(self, step: tuple[int, int, int], constant: float = 0.0) -> None:
        self.steps.append(step)
        self.constants.append(constant)

    def _taken(self, term: conditions.Term) -> tuple[int, int, int]:
        """The step that takes up what a term names."""
        match term:
            case conditions.Attribute(owner, name):
                return ATTRIBUTE, self._state(owner), self.board.attributes.names.index(name)
            case conditions.Tension(dispute):
                return TENSION, self._dispute(dispute), 0
            case conditions.Rung(dispute):
                return RUNG, self._dispute(dispute), 0
            case conditions.Relation(first, second):
                return RELATION, self._state(first), self._state(second)
            case conditions.Trust(first, second):
                return TRUST, self._state(first), self._state(second)
            case conditions.Suspicion(first, second):
                return SUSPICION, self._state(first), self._state(second)
            case conditions.Depth(first, second):
                return DEPTH, self._state(first), self._state(second)
        return (TURN if isinstance(term, conditions.Turn) else NUMBER), 0, 0

    # ---- conditions

    def condition(self, condition: conditions.Condition) -> int:
        """Write a condition; where it begins."""
        return self._chained(condition, TRUE, FALSE, lately=False)

    def _chained(self, condition: conditions.Condition, then: int, otherwise: int, *, lately: bool) -> int:
        """Write the tests of a condition, from the last to the first, with what follows it; where it begins.

        What stands under `none` is looked for from the turn before on, `lately`.
        """
        if not isinstance(condition, conditions.Group):
            aimed = conditions.renamed(condition, {conditions.TARGET: conditions.ACTOR}) != condition
            self.tests.append((*self._test(condition, lately=lately), then, otherwise, int(aimed)))
            return len(self.tests) - 1
        if condition.mode == "any":
            following = otherwise
            for member in reversed(condition.members):
                following = self._chained(member, then, following, lately=lately)
            return following
        following = then
        for member in reversed(condition.members):
            if condition.mode == "all":
                following = self._chained(member, following, otherwise, lately=lately)
            else:
                following = self._chained(member, otherwise, following, lately=True)
        return following

    def _test(self, condition: _Test, *, lately: bool) -> tuple[int, int, int, int, int]:
        """The kind of a test and its four numbers."""
        match condition:
            case conditions.Comparison(operator, conditions.Relation(first, second), conditions.Number() as number):
                constant = self.first[self.term(number)]
                return REGARDS, self._state(first), self._state(second), _COMPARATORS[operator], constant
            case conditions.Comparison(operator, left, right):
                return _COMPARATORS[operator], self.term(left), self.term(right), 0, 0
            case conditions.Did(first, second, act):
                return DID, self._party(first), self._party(second), self.board.acts.act(act), int(lately)
            case conditions.Happened() | conditions.Ended() | conditions.Flag():
                return self._happening(condition)
            case conditions.Holds() | conditions.Recognises() | conditions.Crisis() | conditions.AtWar():
                return self._standing(condition)
            case _:
                return self._bond(condition)

    def _happening(self, condition: conditions.Happening) -> tuple[int, int, int, int, int]:
        board = self.board
        match condition:
            case conditions.Happened(event):
                return HAPPENED, [each.name for each in board.events].index(event), 0, 0, 0
            case conditions.Ended(ending):
                return ENDED, [each.name for each in board.endings].index(ending), 0, 0, 0
            case conditions.Flag(name):
                return FLAG, board.flags.index(name), 0, 0, 0

    def _standing(self, condition: conditions.Standing) -> tuple[int, int, int, int, int]:
        match condition:
            case conditions.Holds(state, dispute):
                return HOLDS, self._state(state), self._dispute(dispute), 0, 0
            case conditions.Recognises(first, second, dispute):
                return RECOGNISES, self._state(first), self._state(second), self._dispute(dispute), 0
            case conditions.Crisis(dispute):
                return CRISIS, self._dispute(dispute), 0, 0, 0
            case conditions.AtWar(state):
                return AT_WAR, self._state(state), 0, 0, 0

    def _bond(self, condition: conditions.Bond) -> tuple[int, int, int, int, int]:
        agreements, pledges = self.board.agreements.names, self.board.pledges.names
        first, second = self._state(condition.first), self._state(condition.second)
        match condition:
            case conditions.Pact(_, _, kind):
                return PACT, first, second, NONE if kind is None else agreements.index(kind), 0
            case conditions.Border():
                return BORDER, first, second, 0, 0
            case conditions.Pledge(_, _, kind):
                return PLEDGE, first, second, NONE if kind is None else pledges.index(kind), 0
            case conditions.Rumour():
                return RUMOUR, first, second, 0, 0
            case conditions.Suspended(_, _, kind):
                return SUSPENDED, first, second, agreements.index(kind), 0

    # ---- names

    def _party(self, party: conditions.Party) -> int:
        """Write who is meant by one side of a deed; its number."""
        first = len(self.besides)
        if isinstance(party, str):
            self.parties.append((NONE, self._state(party), first, first))
        else:
            self.besides += [self._state(name) for name in party.besides]
            state = self._state(party.name) if party.name else NONE
            self.parties.append((SELECTORS.index(party.selector), state, first, len(self.besides)))
        return len(self.parties) - 1

    def _state(self, name: str) -> int:
        if name in (conditions.ACTOR, conditions.TARGET):
            return ROLE_ACTOR if name == conditions.ACTOR else ROLE_TARGET
        return self.board.state(name)

    def _dispute(self, name: str) -> int:
        return [each.name for each in self.board.disputes].index(name)
