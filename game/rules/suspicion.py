"""suspicion: a state is wary of a neighbour whose soil its enemies might use.

It judges what others could do there, not what they say: capability times opportunity.

    S[x, h] = 100 min(1, near[h, x] sum over g of access[h, g] C[g] max(0, -X[g, x])) (1 - shelter[x, h])
    shelter[x, h] = min(1, sum over pledges of h to x of shelters solemnity / 2 trust[x, h])
    suspicion' = suspicion + haste (weight (S - S at the start) - suspicion)

x is the suspicious one, h the host, g who might come. `access` is the greatest of what is known to be open (the kind's
`intrusion`), what is rumoured, by how far x believes it, and a latent part: `latent` times how close h and g seem, half
of it without any military tie between them. C is capability, near is how far h's soil lies from x, X relations over
100. Only what shows counts. What was so at the start is in the author's table already, so only what changes moves
anything. Walt (1987): threat is power, nearness, means and intent together.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from game.kernel import conditions
from game.kernel.declare import (
    Booleans,
    Floats,
    Value,
    leaf,
    per_replica,
)
from game.kernel.ledger import Change
from game.kernel.numerics import (
    COARSE,
    contraction,
    snap,
    total,
)
from game.kernel.world import (
    RUMOURED,
    Board,
    Grounds,
    World,
    in_force,
    relations,
    start_world,
    strongest,
)
from game.submodels.conflict import strengths
from game.submodels.context import StepContext
from game.submodels.reputation import trust
from game.submodels.secrecy import left_by_denials
from game.submodels.threat import menace


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: suspicion:`."""

    weight: Value = leaf(0.4, 0.0, 1.0, "points", "what a point of suspicion takes off how a state regards the host")
    haste: Value = leaf(0.25, 0.0, 1.0, "share a turn", "of the way to what it suspects now that a state goes")
    latent: Value = leaf(
        0.25, 0.0, 1.0, "share", "of full access that is feared where two are as close as can be and nothing is known"
    )
    belief: Value = leaf(0.5, 0.0, 1.0, "share", "of full access that is feared where access is rumoured")


def suspicion(context: StepContext, params: Params) -> Change:
    """What each state takes off its regard of each for whom it might let in `[R, N, N]`.

    >>> from game.testing import context, triad, with_relations
    >>> board = triad().board
    >>> bool(suspicion(context(board), Params()).suspicion.any())  # what was so at the start is in the table
    False
    >>> closer = with_relations(board, {"borea -> cestia": 60, "cestia -> borea": 60})
    >>> suspicion(context(closer), Params()).suspicion[0, 0].round(2).tolist()  # arda fears cestia on borea's soil
    [0.0, 0.15, 0.0]
    """
    board, world = context.board, context.world
    if not np.any(params.weight):
        return Change()
    shown = context.public
    relation = context.relation if shown is world else relations(board, shown)
    now = feared(board, grounds(board, shown, relation), params)
    first = feared(board, board.wariness, params)
    objective = per_replica(params.weight, 3) * (now - first)
    return Change(suspicion=snap(world.suspicion + per_replica(params.haste, 3) * (objective - world.suspicion)))


def suspected(board: Board, shown: World, relation: Floats, params: Params) -> Floats:
    """How much x suspects h of letting others use its soil against x, 0 to 100 `[R, N(x), N(h)]`."""
    return feared(board, grounds(board, shown, relation), params)


def wary(board: Board) -> Board:
    """The board with what suspicions rest on at the start."""
    replicas = max(np.shape(given)[0] for given in (board.opening, *board.start.values()))
    return replace(board, wariness=grounds(board, start_world(board, replicas), board.opening))


def grounds(board: Board, shown: World, relation: Floats) -> Grounds:
    """What suspicions rest on in a world as it shows."""
    shares, force = snap(relation / 100.0, COARSE), in_force(shown)
    allied = (force & _military(board)[:, None, None]).any(axis=1)
    allied = allied | np.swapaxes(allied, -1, -2)
    close = np.maximum((shares + np.swapaxes(shares, -1, -2)) / 2.0, 0.0)
    return Grounds(
        menace=snap(menace(shares, strengths(board, shown)), COARSE),
        known=strongest(force, board.agreements.intrusion),
        close=close * np.where(allied, 1.0, 0.5),
        rumoured=_rumoured(board, shown),
        sheltered=_sheltered(board, shown),
    )


def feared(board: Board, on: Grounds, params: Params) -> Floats:
    """How much x suspects h, 0 to 100 `[R, N(x), N(h)]`."""
    access = snap(np.maximum(on.known, per_replica(params.latent, 3) * on.close), COARSE)
    if on.rumoured is None:
        use = contraction("rhg,rgx->rxh", access, on.menace)
    else:
        rumoured = snap(per_replica(params.belief, 4) * on.rumoured, COARSE)
        use = contraction("rxhg,rgx->rxh", np.maximum(access[:, None], rumoured), on.menace)
    near = np.swapaxes(board.reach, -1, -2)
    exposed = np.minimum(snap(snap(use, COARSE) * near, COARSE), 1.0)
    return snap(100.0 * exposed * (1.0 - on.sheltered))


def _military(board: Board) -> Booleans:
    """Which kinds of agreement open soil, promise help, or add to power `[K]`."""
    named = conditions.attributes_in(board.power)
    arms = [place for place, name in enumerate(board.attributes.names) if name in named]
    armed = (board.agreements.delivers[:, :, arms] > 0.0).any(axis=(0, 2))
    return np.asarray((board.agreements.intrusion > 0.0) | (board.agreements.guarantee > 0.0) | armed)


def _rumoured(board: Board, shown: World) -> Floats | None:
    """The access of g to the soil of h that x believes a rumour of `[R, N(x), N(h), N(g)]`; None without rumours."""
    places = [
        (place, kind)
        for place, act in enumerate(board.acts.secrets)
        if (kind := int(board.acts.signs[act])) >= 0
        and board.agreements.intrusion[kind] > 0.0
        and (shown.secrecy[:, place] >= RUMOURED).any()
    ]
    if not places:
        return None
    doubt = 1.0 - trust(board, shown)
    states = len(board.states)
    result = np.zeros((shown.replicas, states, states, states))
    for place, kind in places:
        stage = shown.secrecy[:, None, place]
        left = np.where(stage >= RUMOURED, left_by_denials(stage, doubt[:, :, :, None], doubt[:, :, None, :]), 0.0)
        access = snap(left, COARSE) * board.agreements.intrusion[kind]
        if board.agreements.mutual[kind]:
            access = np.maximum(access, np.swapaxes(access, -1, -2))
        result = np.maximum(result, access)
    return result


def _sheltered(board: Board, shown: World) -> Floats:
    """How much of a suspicion the pledges of h to x take away, 0 to 1 `[R, N(x), N(h)]`."""
    given = np.where(shown.pledges > 0, shown.solemnity, 0.0)
    if not given.any():
        return np.zeros((1, 1, 1))
    parts = [
        snap(np.swapaxes(given[:, kind], -1, -2) / 2.0 * share * trust(board, shown, kind), COARSE)
        for kind, share in enumerate(board.pledges.shelters.tolist())
        if share
    ]
    return np.minimum(total(np.stack(parts), axis=0), 1.0) if parts else np.zeros((1, 1, 1))
