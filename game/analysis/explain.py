"""explain: a relation taken apart into its causes, exactly.

Decay is linear, so an impulse of turn t is today what its memory's factor has left of it: impulse times factor to the
number of turns since. The baseline, the agreements in force and the end of the scale are rows of their own. The rows
sum to the relation to 1e-9.

A third state sees what shows. For it the rows leave out what only the two know of, and sum to the relation that shows;
what has come out since is among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, log

from game.errors import NoSuchTurn
from game.kernel.causes import AgreementInForce, Baseline, Cause, ScaleEnd, SecretReleased, Suspicion
from game.kernel.ledger import Ledger
from game.kernel.world import FOREVER, Board, World
from game.match.history import History
from game.measures.information import open_world, secret_agreements
from game.measures.relations import unclipped_relation

GONE = 0.05
"""An impulse below this is no longer seen in a relation shown to one digit."""


@dataclass(frozen=True, slots=True)
class CauseRow:
    """One row: what happened, when, by which rule, how much it was, what is left, and the turn it will be gone by.

    `hidden` if only the two know of it.
    """

    cause: Cause
    turn: int
    rule: str
    memory: str | None
    impulse: float
    left: float
    gone: int | None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one state regards another as it does after a turn: rows, largest first, that sum to `relation`."""

    first: str
    second: str
    turn: int
    relation: float
    rows: tuple[CauseRow, ...]


def explain(
    history: History, first: str, second: str, turn: int | None = None, viewer: str | None = None
) -> Explanation:
    """The causes of how `first` regards `second`, now or as a past turn left it, as far as `viewer` may know them.

    Without a viewer, or for one of the two, nothing is left out. Raises UnknownName for a state, NoSuchTurn for a
    turn, that does not exist.
    """
    board = history.board
    i, j = board.state(first), board.state(second)
    if turn is None:
        turn, world = history.turn, history.world
        ledgers = [played.ledger for played in history.turns] + ([history.opened[1]] if history.opened else [])
    else:
        if not 0 <= turn <= history.turn:
            raise NoSuchTurn(f"the game has {history.turn} turns; there is no turn {turn} to explain")
        world, ledgers = history.worlds[turn], [played.ledger for played in history.turns[:turn]]
    everything = viewer is None or board.state(viewer) in (i, j)
    world = world if everything else open_world(board, world)
    raw = unclipped_relation(board, world, i, j)
    relation = min(max(raw, -100.0), 100.0)
    base = float(board.baseline[0, i, j])
    rows = [CauseRow(Baseline(), 0, "baseline", None, base, base, None)]
    rows.extend(_agreements(history, world, turn, i, j))
    rows.extend(_suspicion(board, world, turn, i, j))
    rows.extend(row for row in _memories(board, ledgers, turn, i, j) if everything or not row.hidden)
    if relation != raw:
        rows.append(CauseRow(ScaleEnd(), turn, "limits", None, relation - raw, relation - raw, None))
    rows.sort(key=lambda row: -abs(row.left))
    return Explanation(first, second, turn, relation, tuple(rows))


def _agreements(history: History, world: World, turn: int, i: int, j: int) -> Iterator[CauseRow]:
    """A row for each kind of agreement in force, from the turn it was last signed."""
    board = history.board
    kinds, closed = board.agreements, secret_agreements(board, world)
    for kind in range(len(kinds.titles)):
        for giver, receiver, worth in ((i, j, kinds.giver[kind]), (j, i, kinds.receiver[kind])):
            left = int(world.agreements[0, kind, giver, receiver])
            if left and worth and not world.suspended[0, kind, giver, receiver]:
                since = _since(history, turn, kind, giver, receiver)
                until = None if left >= FOREVER else turn + left
                hidden = bool(closed[0, kind, giver, receiver])
                cause = AgreementInForce(kind)
                yield CauseRow(cause, since, "agreements", None, float(worth), float(worth), until, hidden)


def _suspicion(board: Board, world: World, turn: int, i: int, j: int) -> Iterator[CauseRow]:
    """A row for what suspicion takes off, or gives back where it has fallen below that of the start."""
    taken = float(world.suspicion[0, i, j])
    if taken:
        yield CauseRow(Suspicion(j, taken > 0.0), turn, "suspicion", None, -taken, -taken, None)


def _since(history: History, last: int, kind: int, giver: int, receiver: int) -> int:
    """The turn from which an agreement has been in force without a break; 0 for the start."""
    for turn in range(last, -1, -1):
        if not history.worlds[turn].agreements[0, kind, giver, receiver]:
            return turn + 1
    return 0


def _memories(board: Board, ledgers: Sequence[Ledger], turn: int, i: int, j: int) -> list[CauseRow]:
    """What is left of the impulses of all ledgers after `turn` turns; what was hidden is so until it came out."""
    found: list[CauseRow] = []
    for ledger in ledgers:
        faded = max(turn - ledger.turn + 1, 0)
        for row in ledger.rows(board, i, j):
            if isinstance(row.cause, SecretReleased):
                found = [replace(cause, hidden=False) for cause in found]
                continue
            factor = float(board.memories.factors[row.layer])
            left = row.impulse * factor**faded
            gone = _gone(left, factor, turn)
            memory = board.memories.names[row.layer]
            found.append(CauseRow(row.cause, ledger.turn, row.rule, memory, row.impulse, left, gone, row.hidden))
    return found


def _gone(left: float, factor: float, turn: int) -> int:
    """The first turn in which less than `GONE` is left."""
    if abs(left) < GONE or not 0.0 < factor < 1.0:
        return turn
    return turn + ceil(log(GONE / abs(left)) / log(factor))
