"""What the reasoner knows by heart, and what it makes of a position, as kernels take them, for one world.

`Weights` is what of the scoring never changes in a run; `Thoughts` is written anew each time states decide. Axes are
those of `game.kernel.setting`, and M features, P deals, W wants, C cells of relations that wants are about, E entries
of a table, U variants of a value, S sums of features, T terms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from game.kernel.compiled import kernel
from game.kernel.declare import Booleans, Floats, Integers, shaped
from game.kernel.numerics import gumbel_table
from game.kernel.setting import Setting
from game.kernel.world import Board
from game.policies.reasoner.objective_gradients import Perspective, WantTable, perspective_of, want_table
from game.policies.reasoner.pledge_breaches import BreachTable, breach_table
from game.policies.reasoner.utility_weights import (
    AFFINITY,
    has_credit,
    has_force,
    has_land,
    has_pledges,
    has_rumours,
    signed_commitment,
    tables,
)

FORBIDDABLE = 0.5
"""From how binding an agreement on an ally may forbid it."""


@dataclass(frozen=True, slots=True)
class Sparse:
    """Weights row by row, those that are zero left out: of row r those from `first[r]` to `first[r + 1]`."""

    first: Integers = shaped("A")
    column: Integers = shaped("E")
    weight: Floats = shaped("E")


@dataclass(frozen=True, slots=True)
class Factored:
    """Weights row by row, of features that come with one weight, but for its sign, added up beforehand.

    A score is the sum of `rows` times the sums that `sums` makes, and of `alone` times the features that are the same
    whoever the other is.
    """

    sums: Sparse
    rows: Sparse
    alone: Sparse


@dataclass(frozen=True, slots=True)
class Weights:
    """What of the scoring never changes in a run."""

    wants: WantTable
    breaches: BreachTable
    doing: Sparse  # `actor` without zeros
    taking: Sparse  # `target` without zeros
    scoring: Factored  # `actor`, for scores
    foreseeing: Factored  # `target`, but for what i is about with j, for scores
    actor: Floats = shaped("AM", "the weights of each act for its actor")
    target: Floats = shaped("PM", "the weights of each deal for its target")
    deals: Integers = shaped("P", "which acts are deals")
    place: Integers = shaped("A", "where an act stands among the deals")
    starts: Integers = shaped("T", "the first feature of each term, and where the last ends, in the order of TERMS")
    onlookers: Integers = shaped("T", "the first feature of objectives, standing, security that onlookers make")
    scaled: Booleans = shaped("M", "which grow with the value at stake")
    seen: Booleans = shaped("M", "which need others to know")
    personality: Floats = shaped("NA")
    deceptiveness: Floats = shaped("N")
    opposite: Floats = shaped("A", "the sign of each act's tone")
    size: Floats = shaped("A", "how much an act counts as lately done")
    tiring: Floats = shaped("A", "the weight of what was lately done")
    values: Floats = shaped("AU", "the values considered over the usual one, which is in the middle")
    binding: Booleans = shaped("P", "which deals an ally may forbid")
    affinity: Floats = shaped("FY", "how each posture favours friendly statements, deals and deeds")
    gumbel: Floats = shaped("Y", "the quantiles of the noise of a choice")
    credit: bool = False  # whether any act works by the credit of its speaker
    pledges: bool = False  # whether any act gives a pledge
    words: bool = False  # whether pledges or credit count at all
    rumours: bool = False  # whether any act confirms or denies
    force: bool = False  # whether any act uses force
    land: bool = False  # whether any act gives up a territory


@dataclass(frozen=True, slots=True)
class Outlook:
    """What states make of a position, in their own eyes or as anybody may foresee it.

    `relation` [p, q, r], `attributes` [p, q, Q] and `tension` [p, D] are what p's objectives gain when q's regard of r
    rises by 100, or an attribute of q or a tension by one.
    """

    relation: Floats = shaped("NNN")
    attributes: Floats = shaped("NNQ")
    tension: Floats = shaped("ND")
    features: Floats = shaped("MNN")
    shares: Floats = shaped("NN", "how i regards j, in shares of the scale")
    standing: Floats = shaped("NN", "how much i minds what k thinks of it")
    exposure: Floats = shaped("NN", "how much i minds k for its safety")
    commitments: Floats = shaped("NN", "how bound i and j are by what is in force between them")
    under: Floats = shaped("N", "the threat each lives under")


@dataclass(frozen=True, slots=True)
class Thoughts:
    """The scores of a position, and what they are made of.

    Use `foresight_in` for what a proposer may foresee of its target: it does not know what that keeps from it, nor what
    it is about. `graded` is as it shows.
    """

    outlook: Outlook
    foresight: Outlook  # only where anything is secret
    known: Perspective
    secretive: Booleans = shaped("Y", "whether anything but queries is secret")
    actor: Floats = shaped("ANN", "what doing act a to j is worth to i")
    target: Floats = shaped("PNN", "what the deal that j proposes is worth to i")
    foreseen: Floats = shaped("PNN", "the same as j may foresee it")
    veto: Integers = shaped("NN", "1 + the ally that forbids i binding deals with j, 0 for none")
    foreseen_veto: Integers = shaped("NN", "the same as j may foresee it")
    legal: Booleans = shaped("NAN", "what i may do to j")
    graded: Floats = shaped("GNN", "how much k shows itself a rival, friend, neighbour ... of x")
    leaning: Floats = shaped("NA", "what personality adds to each act of each state")
    capability: Floats = shaped("N", "each state's power as it shows, in shares of the greatest at the start")
    trust_level: Floats = shaped("NN", "how much more or less than usual the word of j counts with i")
    pledges: Floats = shaped("YNN", "what a pledge is worth: in safety, shelter, relief and freedom")
    lately: Floats = shaped("NN", "how much i has lately done towards j")
    peril: Floats = shaped("NN", "how much i has to fear of using force on j")
    done: Floats = shaped("NN", "the weights of what i lately did to j")
    sums: Floats = shaped("SN", "sums of the features of one state with every other")
    weight: Floats = shaped("M", "the weight of the term of each feature")


@kernel
def foresight_in(thoughts: Thoughts) -> Outlook:
    """What anybody may foresee; what states think themselves where nothing is secret."""
    return thoughts.foresight if thoughts.secretive[0] else thoughts.outlook


@kernel
def veto_of(weights: Weights, vetoes: Integers, deal: int, i: int, j: int) -> int:
    """1 + the ally that forbids i to accept a deal of j, by its place among the deals; 0 where none does."""
    return int(vetoes[i, j]) if weights.binding[deal] else 0


def weights_of(board: Board, params: Any, replica: int = 0) -> Weights:
    """The weights of one replica of a board, as the reasoner with these parameters has them."""
    each = tables(board, params.horizon, replica)
    actor, target = _floats(each.actor), _floats(each.target)
    by_self = _by_self(board, each.segments, actor.shape[1])
    foreseen = target[:, : each.segments["posture"].start]
    return Weights(
        wants=want_table(each.wants, len(board.states)),
        breaches=breach_table(board, each.breaches),
        doing=_sparse(actor),
        taking=_sparse(target),
        scoring=_factored(actor, by_self),
        foreseeing=_factored(foreseen, by_self),
        actor=actor,
        target=target,
        deals=_whole(each.deals),
        place=_whole(each.place),
        starts=_whole([*(span.start for span in each.segments.values()), actor.shape[1]]),
        onlookers=_whole([each.onlookers[term].start for term in ("objectives", "standing", "security")]),
        scaled=np.array(each.scaled, dtype=bool),
        seen=np.array(each.seen, dtype=bool),
        personality=_floats(each.personality),
        deceptiveness=_floats(board.personalities.sliders["deceptiveness"]),
        opposite=_floats(each.opposite),
        size=_floats(each.size),
        tiring=_floats(each.tiring),
        values=_floats(each.values),
        binding=np.array(signed_commitment(board)[each.deals] >= FORBIDDABLE, dtype=bool),
        affinity=_floats([AFFINITY[posture] for posture in sorted(AFFINITY)]),
        gumbel=gumbel_table(),
        credit=has_credit(board),
        pledges=has_pledges(board),
        words=has_credit(board) or bool(board.pledges.names),
        rumours=has_rumours(board),
        force=has_force(board),
        land=has_land(board),
    )


def thoughts_of(setting: Setting, weights: Weights) -> Thoughts:
    """No thoughts yet of a position."""
    states, acts, features = setting.plays.size, setting.acts.kind.size, weights.actor.shape[1]
    deals, square = weights.deals.size, (states, states)
    return Thoughts(
        outlook=_outlook_of(setting, features),
        foresight=_outlook_of(setting, features),
        known=perspective_of(setting, weights.wants),
        secretive=np.zeros(1, dtype=bool),
        actor=np.zeros((acts, *square)),
        target=np.zeros((deals, *square)),
        foreseen=np.zeros((deals, *square)),
        veto=np.zeros(square, dtype=np.int64),
        foreseen_veto=np.zeros(square, dtype=np.int64),
        legal=np.zeros((states, acts, states), dtype=bool),
        graded=np.zeros((4 + setting.acts.named.size, *square)),
        leaning=np.zeros((states, acts)),
        capability=np.zeros(states),
        trust_level=np.zeros(square),
        pledges=np.zeros((4, *square)),
        lately=np.zeros(square),
        peril=np.zeros(square),
        done=np.zeros(square),
        sums=np.zeros((max(weights.scoring.sums.first.size, weights.foreseeing.sums.first.size) - 1, states)),
        weight=np.zeros(features),
    )


def _outlook_of(setting: Setting, features: int) -> Outlook:
    states = setting.plays.size
    square = (states, states)
    return Outlook(
        relation=np.zeros((states, *square)),
        attributes=np.zeros((*square, setting.low.size)),
        tension=np.zeros((states, setting.disputes.stake.size)),
        features=np.zeros((features, *square)),
        shares=np.zeros(square),
        standing=np.zeros(square),
        exposure=np.zeros(square),
        commitments=np.zeros(square),
        under=np.zeros(states),
    )


def _sparse(weights: Floats) -> Sparse:
    row, column = np.nonzero(weights)
    first = np.searchsorted(row, np.arange(weights.shape[0] + 1))
    return Sparse(_whole(first), _whole(column), _floats(weights[row, column]))


Together = tuple[tuple[int, float], ...]
"""Features that come with one weight: which, and with which sign, the first with none."""


def _factored(weights: Floats, by_self: Booleans) -> Factored:
    """Weights with the features added up that often come with one weight."""
    groups = [_groups(row, by_self) for row in weights]
    uses = Counter(group for row in groups for group in row)
    useful = [group for group, count in uses.items() if count * (len(group) - 1) > len(group)]
    useful.sort(key=lambda group: (-len(group), group))
    rows = [_split(row, useful) for row in groups]
    sums = {group: place for place, group in enumerate(dict.fromkeys(group for row in rows for group in row))}
    return Factored(
        sums=_rows([dict(group) for group in sums]),
        rows=_rows([{sums[group]: weight for group, weight in row.items()} for row in rows]),
        alone=_sparse(weights * by_self[: weights.shape[1]]),
    )


def _groups(row: Floats, by_self: Booleans) -> dict[Together, float]:
    """The features of a row by their weight, and that weight, without those that are the same whoever the other is."""
    found: dict[float, list[int]] = {}
    for column in np.flatnonzero((row != 0.0) & ~by_self[: row.size]).tolist():
        found.setdefault(abs(float(row[column])), []).append(column)
    return {
        tuple((column, float(np.sign(row[column] * row[columns[0]]))) for column in columns): float(row[columns[0]])
        for columns in found.values()
    }


def _split(row: dict[Together, float], useful: list[Together]) -> dict[Together, float]:
    """The groups of a row, those that are not useful in parts that are, or one by one."""
    found: dict[Together, float] = {}
    for group, weight in row.items():
        left = {column: weight * sign for column, sign in group}
        for part in useful:
            signed = {left[column] * sign for column, sign in part} if left.keys() >= dict(part).keys() else set()
            if len(signed) == 1:
                found[part] = signed.pop()
                left = {column: value for column, value in left.items() if column not in dict(part)}
        found.update({((column, 1.0),): value for column, value in left.items()})
    return found


def _rows(rows: list[dict[int, float]]) -> Sparse:
    first = np.cumsum([0, *(len(row) for row in rows)])
    return Sparse(
        _whole(first),
        _whole([column for row in rows for column in row]),
        _floats([weight for row in rows for weight in row.values()]),
    )


def _by_self(board: Board, segments: Mapping[str, slice], count: int) -> Booleans:
    """Which features are the same whoever the other is."""
    found = np.zeros(count, dtype=bool)
    start = segments["objectives"].start + 2 + 4 * (4 + len(board.acts.named))
    attributes, disputes = len(board.attributes.names), len(board.disputes)
    found[start : start + 2 * attributes : 2] = True
    start += 2 * attributes
    found[start : start + disputes] = True
    start += disputes + 1
    found[start : start + len(board.acts.pairs)] = True
    start = segments["security"].start + 1 + 2 * (4 + len(board.acts.named)) + has_credit(board)
    found[start] = True
    found[segments["material"].start : segments["material"].start + 2] = True
    found[segments["cost"]] = True
    return found


def _floats(values: Any) -> Floats:
    return np.ascontiguousarray(np.asarray(values, dtype=np.float64))


def _whole(values: Any) -> Integers:
    return np.ascontiguousarray(np.asarray(values, dtype=np.int64))
