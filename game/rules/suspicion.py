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
from game.kernel.catalogue import NONE
from game.kernel.changes import SUSPICION, begun
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Booleans,
    Floats,
    Value,
    leaf,
    per_replica,
)
from game.kernel.known import public_in, shown_in
from game.kernel.ledger import Change
from game.kernel.numerics import (
    COARSE,
    clipped,
    contraction,
    on_coarse_grid,
    on_grid,
    snap,
    total,
)
from game.kernel.relations import counts
from game.kernel.setting import CLOSE, KNOWN, MENACE, NEVER_CERTAIN, SHELTERED, Setting
from game.kernel.step import Step
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
from game.submodels.conflict import k_strength, strengths
from game.submodels.context import StepContext
from game.submodels.reputation import PRIOR, k_trust, trust
from game.submodels.secrecy import k_left_by_denials, left_by_denials
from game.submodels.threat import k_hostility, menace


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


# ---- kernels


@kernel
def k_suspicion(step: Step, params: Params) -> None:
    """What each state takes off its regard of each for whom it might let in."""
    if params.weight == 0.0:
        return
    world, states = step.world, step.world.suspicion.shape[0]
    now, first = np.zeros((states, states)), np.zeros((states, states))
    k_suspected(step.setting, public_in(step), shown_in(step), params, now)
    k_feared(step.setting, step.setting.start, step.setting.wariness.grounds, params, first)
    after = begun(step.changes, SUSPICION, step.changes.world.suspicion, world.suspicion)
    for x in range(states):
        for h in range(states):
            gap = params.weight * (now[x, h] - first[x, h]) - world.suspicion[x, h]
            after[x, h] = on_grid(world.suspicion[x, h] + params.haste * gap)


@kernel
def k_suspected(setting: Setting, public: World, shown: Floats, params: Params, feared: Floats) -> None:
    """How much x suspects h of letting others use its soil against x, 0 to 100, written to `feared` [N(x), N(h)].

    By what everybody may know, and how all seem to regard each other, `shown` [N, N].
    """
    grounds = np.zeros(setting.wariness.grounds.shape)
    k_grounds(setting, public, shown, grounds)
    k_feared(setting, public, grounds, params, feared)


# What suspicions rest on


@kernel
def k_grounds(setting: Setting, public: World, shown: Floats, grounds: Floats) -> None:
    """What suspicions rest on in a world as it shows, written to `grounds` [4, N, N]."""
    for one in range(shown.shape[0]):
        strength = k_strength(setting, public, one)
        for other in range(shown.shape[0]):
            share, back = on_coarse_grid(shown[one, other] / 100.0), on_coarse_grid(shown[other, one] / 100.0)
            middle = (share + back) / 2.0
            tied = 1.0 if _k_allied(setting, public, one, other) else 0.5
            grounds[MENACE, one, other] = on_coarse_grid(k_hostility(share) * strength)
            grounds[KNOWN, one, other] = _k_known_access(setting, public, one, other)
            grounds[CLOSE, one, other] = middle * tied if middle > 0.0 else 0.0
            grounds[SHELTERED, one, other] = _k_sheltered(setting, public, one, other)


@kernel
def _k_known_access(setting: Setting, public: World, h: int, g: int) -> float:
    """How much of the soil of h the agreements in force open to g."""
    intrusion, known = setting.agreements.intrusion, 0.0
    for kind in range(intrusion.size):
        if intrusion[kind] > known and counts(public, kind, h, g):
            known = intrusion[kind]
    return known


@kernel
def _k_allied(setting: Setting, public: World, one: int, other: int) -> bool:
    """Whether any military tie binds two states."""
    military = setting.wariness.military
    for kind in range(military.size):
        if military[kind] and (counts(public, kind, one, other) or counts(public, kind, other, one)):
            return True
    return False


@kernel
def _k_sheltered(setting: Setting, public: World, x: int, h: int) -> float:
    """How much of the suspicion of x the pledges of h to it take away, 0 to 1."""
    shelters, sheltered = setting.pledges.shelters, 0.0
    for kind in range(shelters.size):
        if shelters[kind] != 0.0 and public.pledges[kind, h, x] > 0:
            solemn = public.solemnity[kind, h, x] / 2.0
            sheltered += on_coarse_grid(solemn * shelters[kind] * _k_trust_in(setting, public, kind, x, h))
    return sheltered if sheltered < 1.0 else 1.0


@kernel
def _k_trust_in(setting: Setting, world: World, kind: int, i: int, j: int) -> float:
    """How far i trusts the word of j in a kind of pledge, between 0 and 1."""
    honoured = clipped(setting.pledges.reliability[kind], NEVER_CERTAIN, 1.0 - NEVER_CERTAIN)
    kept, broken = world.kept[i, j], world.broken[i, j]
    return on_coarse_grid((PRIOR * honoured + kept) / (PRIOR + kept + broken))


# What is feared on these grounds


@kernel
def k_feared(setting: Setting, public: World, grounds: Floats, params: Params, feared: Floats) -> None:
    """How much x suspects h, 0 to 100, on these grounds and by the rumours of `public`, written to `feared` [x, h]."""
    states = feared.shape[0]
    use = np.zeros((states, states))
    for h in range(states):
        for g in range(states):
            access = _k_access(grounds, params.latent, h, g)
            if access != 0.0:
                for x in range(states):
                    use[h, x] += access * grounds[MENACE, g, x]
    if _k_rumours(setting, public):
        _k_add_rumoured(setting, public, grounds, params, use)
    for x in range(states):
        for h in range(states):
            exposed = on_coarse_grid(on_coarse_grid(use[h, x]) * setting.reach[h, x])
            exposed = exposed if exposed < 1.0 else 1.0
            feared[x, h] = on_grid(100.0 * exposed * (1.0 - grounds[SHELTERED, x, h]))


@kernel
def _k_access(grounds: Floats, latent: float, h: int, g: int) -> float:
    """How much of the soil of h g may use: as is known, or as is feared of the two as close as they are."""
    known, feared = grounds[KNOWN, h, g], latent * grounds[CLOSE, h, g]
    return on_coarse_grid(known if known > feared else feared)


@kernel
def _k_intrusive(setting: Setting, place: int) -> bool:
    """Whether an act that can be kept secret opens soil."""
    kind = setting.acts.signs[setting.acts.secrets[place]]
    return bool(kind != NONE and setting.agreements.intrusion[kind] > 0.0)


@kernel
def _k_rumours(setting: Setting, public: World) -> bool:
    """Whether anybody is rumoured to let another in."""
    for place in range(public.secrecy.shape[0]):
        if _k_intrusive(setting, place):
            for h in range(public.secrecy.shape[1]):
                for g in range(public.secrecy.shape[1]):
                    if public.secrecy[place, h, g] >= RUMOURED:
                        return True
    return False


@kernel
def _k_rumour_of(setting: Setting, public: World, one: int, other: int) -> bool:
    """Whether either of two states is rumoured to let the other in."""
    for place in range(public.secrecy.shape[0]):
        stage = max(public.secrecy[place, one, other], public.secrecy[place, other, one])
        if stage >= RUMOURED and _k_intrusive(setting, place):
            return True
    return False


@kernel
def _k_add_rumoured(setting: Setting, public: World, grounds: Floats, params: Params, use: Floats) -> None:
    """Add to `use` [N(h), N(x)] what x believes of rumours beyond the access that it counts with anyway."""
    states = use.shape[0]
    for h in range(states):
        for g in range(states):
            if not _k_rumour_of(setting, public, h, g):
                continue
            access = _k_access(grounds, params.latent, h, g)
            for x in range(states):
                rumoured = on_coarse_grid(params.belief * _k_rumoured(setting, public, x, h, g))
                if rumoured > access:
                    use[h, x] += (rumoured - access) * grounds[MENACE, g, x]


@kernel
def _k_rumoured(setting: Setting, public: World, x: int, h: int, g: int) -> float:
    """The access of g to the soil of h that x believes a rumour of."""
    agreements, greatest = setting.agreements, 0.0
    for place in range(public.secrecy.shape[0]):
        if _k_intrusive(setting, place):
            kind = setting.acts.signs[setting.acts.secrets[place]]
            left = _k_believed(setting, public, place, x, h, g)
            if agreements.mutual[kind]:
                back = _k_believed(setting, public, place, x, g, h)
                left = left if left > back else back
            access = left * agreements.intrusion[kind]
            greatest = greatest if greatest > access else access
    return greatest


@kernel
def _k_believed(setting: Setting, public: World, place: int, x: int, actor: int, target: int) -> float:
    """What denials leave with x of the rumour of an act, 0 where there is none."""
    stage = public.secrecy[place, actor, target]
    if stage < RUMOURED:
        return 0.0
    doubts = 1.0 - k_trust(setting, public, x, actor), 1.0 - k_trust(setting, public, x, target)
    return on_coarse_grid(k_left_by_denials(stage, doubts[0], doubts[1]))
