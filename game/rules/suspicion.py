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

from dataclasses import dataclass

import numpy as np

from game.kernel.catalogue import NONE
from game.kernel.changes import SUSPICION, begun
from game.kernel.compiled import kernel
from game.kernel.declare import (
    Floats,
    Value,
    leaf,
)
from game.kernel.known import public_in, shown_in
from game.kernel.numerics import (
    on_coarse_grid,
    on_grid,
)
from game.kernel.relations import counts
from game.kernel.setting import CLOSE, KNOWN, MENACE, SHELTERED, Setting
from game.kernel.step import Step
from game.kernel.world import (
    RUMOURED,
    World,
)
from game.submodels.conflict import strength
from game.submodels.reputation import trust, trust_in
from game.submodels.secrecy import left_by_denials
from game.submodels.threat import hostility


@dataclass(frozen=True, slots=True)
class Params:
    """What may be set under `parameters: suspicion:`."""

    weight: Value = leaf(0.4, 0.0, 1.0, "points", "what a point of suspicion takes off how a state regards the host")
    haste: Value = leaf(0.25, 0.0, 1.0, "share a turn", "of the way to what it suspects now that a state goes")
    latent: Value = leaf(
        0.25, 0.0, 1.0, "share", "of full access that is feared where two are as close as can be and nothing is known"
    )
    belief: Value = leaf(0.5, 0.0, 1.0, "share", "of full access that is feared where access is rumoured")


@kernel
def suspicion(step: Step, params: Params) -> None:
    """What each state takes off its regard of each for whom it might let in.

    >>> from game.testing import change_by, context, triad, with_relations
    >>> board = triad().board
    >>> bool(change_by(suspicion, context(board), Params()).suspicion.any())  # the table has it already
    False
    >>> closer = with_relations(board, {"borea -> cestia": 60, "cestia -> borea": 60})
    >>> change = change_by(suspicion, context(closer), Params())
    >>> change.suspicion[0, 0].round(2).tolist()  # arda fears cestia on borea's soil
    [0.0, 0.15, 0.0]
    """
    if params.weight == 0.0:
        return
    world, states = step.world, step.world.suspicion.shape[0]
    now, first = np.zeros((states, states)), np.zeros((states, states))
    suspected(step.setting, public_in(step), shown_in(step), params, now)
    feared(step.setting, step.setting.start, step.setting.wariness.grounds, params, first)
    after = begun(step.changes, SUSPICION, step.changes.world.suspicion, world.suspicion)
    for x in range(states):
        for h in range(states):
            gap = params.weight * (now[x, h] - first[x, h]) - world.suspicion[x, h]
            after[x, h] = on_grid(world.suspicion[x, h] + params.haste * gap)


@kernel
def suspected(setting: Setting, public: World, shown: Floats, params: Params, alarm: Floats) -> None:
    """How much x suspects h of letting others use its soil against x, 0 to 100, written to `feared` [N(x), N(h)].

    By what everybody may know, and how all seem to regard each other, `shown` [N, N].
    """
    given = np.zeros(setting.wariness.grounds.shape)
    grounds(setting, public, shown, given)
    feared(setting, public, given, params, alarm)


# What suspicions rest on


@kernel
def grounds(setting: Setting, public: World, shown: Floats, grounds: Floats) -> None:
    """What suspicions rest on in a world as it shows, written to `grounds` [4, N, N]."""
    for one in range(shown.shape[0]):
        strengths = strength(setting, public, one)
        for other in range(shown.shape[0]):
            share, back = on_coarse_grid(shown[one, other] / 100.0), on_coarse_grid(shown[other, one] / 100.0)
            middle = (share + back) / 2.0
            tied = 1.0 if _allied(setting, public, one, other) else 0.5
            grounds[MENACE, one, other] = on_coarse_grid(hostility(share) * strengths)
            grounds[KNOWN, one, other] = _known_access(setting, public, one, other)
            grounds[CLOSE, one, other] = middle * tied if middle > 0.0 else 0.0
            grounds[SHELTERED, one, other] = _sheltered(setting, public, one, other)


@kernel
def _known_access(setting: Setting, public: World, h: int, g: int) -> float:
    """How much of the soil of h the agreements in force open to g."""
    intrusion, known = setting.agreements.intrusion, 0.0
    for kind in range(intrusion.size):
        if intrusion[kind] > known and counts(public, kind, h, g):
            known = intrusion[kind]
    return known


@kernel
def _allied(setting: Setting, public: World, one: int, other: int) -> bool:
    """Whether any military tie binds two states."""
    military = setting.wariness.military
    for kind in range(military.size):
        if military[kind] and (counts(public, kind, one, other) or counts(public, kind, other, one)):
            return True
    return False


@kernel
def _sheltered(setting: Setting, public: World, x: int, h: int) -> float:
    """How much of the suspicion of x the pledges of h to it take away, 0 to 1."""
    shelters, sheltered = setting.pledges.shelters, 0.0
    for kind in range(shelters.size):
        if shelters[kind] != 0.0 and public.pledges[kind, h, x] > 0:
            solemn = public.solemnity[kind, h, x] / 2.0
            sheltered += on_coarse_grid(solemn * shelters[kind] * trust_in(setting, public, kind, x, h))
    return sheltered if sheltered < 1.0 else 1.0


# What is feared on these grounds


@kernel
def feared(setting: Setting, public: World, grounds: Floats, params: Params, feared: Floats) -> None:
    """How much x suspects h, 0 to 100, on these grounds and by the rumours of `public`, written to `feared` [x, h]."""
    states = feared.shape[0]
    use = np.zeros((states, states))
    for h in range(states):
        for g in range(states):
            access = _access(grounds, params.latent, h, g)
            if access != 0.0:
                for x in range(states):
                    use[h, x] += access * grounds[MENACE, g, x]
    if _rumours(setting, public):
        _add_rumoured(setting, public, grounds, params, use)
    for x in range(states):
        for h in range(states):
            exposed = on_coarse_grid(on_coarse_grid(use[h, x]) * setting.reach[h, x])
            exposed = exposed if exposed < 1.0 else 1.0
            feared[x, h] = on_grid(100.0 * exposed * (1.0 - grounds[SHELTERED, x, h]))


@kernel
def _access(grounds: Floats, latent: float, h: int, g: int) -> float:
    """How much of the soil of h g may use: as is known, or as is feared of the two as close as they are."""
    known, feared = grounds[KNOWN, h, g], latent * grounds[CLOSE, h, g]
    return on_coarse_grid(known if known > feared else feared)


@kernel
def _intrusive(setting: Setting, place: int) -> bool:
    """Whether an act that can be kept secret opens soil."""
    kind = setting.acts.signs[setting.acts.secrets[place]]
    return bool(kind != NONE and setting.agreements.intrusion[kind] > 0.0)


@kernel
def _rumours(setting: Setting, public: World) -> bool:
    """Whether anybody is rumoured to let another in."""
    for place in range(public.secrecy.shape[0]):
        if _intrusive(setting, place):
            for h in range(public.secrecy.shape[1]):
                for g in range(public.secrecy.shape[1]):
                    if public.secrecy[place, h, g] >= RUMOURED:
                        return True
    return False


@kernel
def _rumour_of(setting: Setting, public: World, one: int, other: int) -> bool:
    """Whether either of two states is rumoured to let the other in."""
    for place in range(public.secrecy.shape[0]):
        stage = max(public.secrecy[place, one, other], public.secrecy[place, other, one])
        if stage >= RUMOURED and _intrusive(setting, place):
            return True
    return False


@kernel
def _add_rumoured(setting: Setting, public: World, grounds: Floats, params: Params, use: Floats) -> None:
    """Add to `use` [N(h), N(x)] what x believes of rumours beyond the access that it counts with anyway."""
    states = use.shape[0]
    for h in range(states):
        for g in range(states):
            if not _rumour_of(setting, public, h, g):
                continue
            access = _access(grounds, params.latent, h, g)
            for x in range(states):
                rumoured = on_coarse_grid(params.belief * _rumoured(setting, public, x, h, g))
                if rumoured > access:
                    use[h, x] += (rumoured - access) * grounds[MENACE, g, x]


@kernel
def _rumoured(setting: Setting, public: World, x: int, h: int, g: int) -> float:
    """The access of g to the soil of h that x believes a rumour of."""
    agreements, greatest = setting.agreements, 0.0
    for place in range(public.secrecy.shape[0]):
        if _intrusive(setting, place):
            kind = setting.acts.signs[setting.acts.secrets[place]]
            left = _believed(setting, public, place, x, h, g)
            if agreements.mutual[kind]:
                back = _believed(setting, public, place, x, g, h)
                left = left if left > back else back
            access = left * agreements.intrusion[kind]
            greatest = greatest if greatest > access else access
    return greatest


@kernel
def _believed(setting: Setting, public: World, place: int, x: int, actor: int, target: int) -> float:
    """What denials leave with x of the rumour of an act, 0 where there is none."""
    stage = public.secrecy[place, actor, target]
    if stage < RUMOURED:
        return 0.0
    doubts = 1.0 - trust(setting, public, x, actor), 1.0 - trust(setting, public, x, target)
    return on_coarse_grid(left_by_denials(stage, doubts[0], doubts[1]))
