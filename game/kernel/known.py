"""What a step's world comes to: what everybody may know of it, relations, and who onlooks as what.

Each is worked out once a phase, when a rule first asks; where nothing is secret, what shows is what is.
"""

from __future__ import annotations

from typing import Any

from game.kernel.catalogue import FRIENDS, NEIGHBOURS, NONE, OTHERS, RIVALS
from game.kernel.changes import copied, filled
from game.kernel.compiled import kernel
from game.kernel.declare import Floats
from game.kernel.numerics import on_coarse_grid
from game.kernel.relations import regards
from game.kernel.setting import Setting
from game.kernel.step import GRADED, PUBLIC, RELATION, SHOWN, Step
from game.kernel.world import CALM, NEVER, OPEN, QUERY, World


@kernel
def relation_in(step: Step) -> Floats:
    """How i regards j `[N, N]`."""
    if not step.fresh[RELATION]:
        regards(step.setting, step.world, step.relation)
        step.fresh[RELATION] = True
    return step.relation


@kernel
def public_in(step: Step) -> World:
    """The world as everybody may know it; the world itself where nothing is secret."""
    if not step.fresh[PUBLIC]:
        step.secretive[0] = mask(step.setting, step.world, step.masked)
        step.fresh[PUBLIC] = True
    return step.masked if step.secretive[0] else step.world


@kernel
def shown_in(step: Step) -> Floats:
    """How i seems to everybody to regard j `[N, N]`: without what is secret."""
    if not step.fresh[SHOWN]:
        regards(step.setting, public_in(step), step.shown)
        step.fresh[SHOWN] = True
    return step.shown


@kernel
def graded_in(step: Step) -> Floats:
    """How much k shows itself a rival, friend, neighbour ... of x `[G, N(k), N(x)]`, 0 to 1, nothing of itself."""
    if not step.fresh[GRADED]:
        gradings(step.setting, shown_in(step), step.graded)
        step.fresh[GRADED] = True
    return step.graded


@kernel
def anything(array: Any) -> bool:
    """Whether any cell of an array, of any number of axes, is not zero."""
    for place in range(array.size):
        if array.flat[place] != 0:
            return True
    return False


@kernel
def secret_agreement(setting: Setting, world: World, kind: int, giver: int, receiver: int) -> bool:
    """Whether the world does not know of an agreement for certain."""
    acts = setting.acts
    for place in range(acts.secrets.size):
        if acts.signs[acts.secrets[place]] == kind:
            if world.secrecy[place, giver, receiver] > OPEN:
                return True
            if setting.agreements.mutual[kind] and world.secrecy[place, receiver, giver] > OPEN:
                return True
    return False


@kernel
def knows_of_crisis(setting: Setting, world: World, dispute: int, state: int) -> bool:
    """Whether a state, or with -1 everybody, knows how high the sides of a crisis stand: of queries only they do."""
    highest = max(world.rung[dispute, 0], world.rung[dispute, 1])
    if highest != QUERY:
        return True
    parties = setting.disputes.parties
    return bool(state == parties[dispute, 0] or state == parties[dispute, 1])


@kernel
def mask(setting: Setting, world: World, public: World) -> bool:
    """Write to `public` what everybody may know of `world`; False, and nothing is written, where that is all of it.

    `public` shares with `world` the arrays of what can't be secret.
    """
    private, secret = anything(world.private_pledge), _keeps_secrets(world)
    if not (private or secret or _has_queries(world)):
        return False
    _mask_queries(setting, world, public)
    _mask_pledges(world, public)
    _mask_acts(setting, world, public)
    _mask_agreements(setting, world, public)
    filled(public.hidden, 0.0)
    filled(public.concealed, 0.0)
    return True


@kernel
def _keeps_secrets(world: World) -> bool:
    return anything(world.secrecy) or anything(world.hidden) or anything(world.concealed)


@kernel
def _has_queries(world: World) -> bool:
    """Whether any crisis stands at a query, of which only its two sides know."""
    for dispute in range(world.rung.shape[0]):
        if max(world.rung[dispute, 0], world.rung[dispute, 1]) == QUERY:
            return True
    return False


@kernel
def _mask_queries(setting: Setting, world: World, public: World) -> None:
    for dispute in range(world.rung.shape[0]):
        known = knows_of_crisis(setting, world, dispute, NONE)
        for side in range(2):
            public.rung[dispute, side] = world.rung[dispute, side] if known else CALM


@kernel
def _mask_pledges(world: World, public: World) -> None:
    """The pledges that only two know of are none."""
    copied(public.pledges, world.pledges)
    copied(public.pledged_on, world.pledged_on)
    copied(public.solemnity, world.solemnity)
    private, pledges = world.private_pledge, public.pledges
    pledged_on, solemnity = public.pledged_on, public.solemnity
    for place in range(private.size):
        if private.flat[place]:
            pledges.flat[place] = 0
            pledged_on.flat[place] = NEVER
            solemnity.flat[place] = 0.0


@kernel
def _mask_acts(setting: Setting, world: World, public: World) -> None:
    """When an act that is not open was last done is not known."""
    copied(public.last, world.last)
    secrets = setting.acts.secrets
    for place in range(secrets.size):
        for i in range(world.secrecy.shape[1]):
            for j in range(world.secrecy.shape[2]):
                if world.secrecy[place, i, j] > OPEN:
                    public.last[secrets[place], i, j] = NEVER


@kernel
def _mask_agreements(setting: Setting, world: World, public: World) -> None:
    """The agreements that were signed in secret are none."""
    copied(public.agreements, world.agreements)
    copied(public.volume, world.volume)
    copied(public.suspended, world.suspended)
    copied(public.purpose, world.purpose)
    secrets, signs, mutual, secrecy = setting.acts.secrets, setting.acts.signs, setting.agreements.mutual, world.secrecy
    for place in range(secrets.size):
        kind = signs[secrets[place]]
        if kind != NONE:
            for i in range(secrecy.shape[1]):
                for j in range(secrecy.shape[2]):
                    if secrecy[place, i, j] > OPEN:
                        _mask_agreement(public, kind, i, j)
                        if mutual[kind]:
                            _mask_agreement(public, kind, j, i)


@kernel
def _mask_agreement(public: World, kind: int, giver: int, receiver: int) -> None:
    public.agreements[kind, giver, receiver] = 0
    public.volume[kind, giver, receiver] = 0.0
    public.suspended[kind, giver, receiver] = False
    public.purpose[kind, giver, receiver] = NONE


@kernel
def gradings(setting: Setting, shown: Floats, graded: Floats) -> None:
    """How much k is a rival, friend, neighbour ... of x, of how it shows, written to `graded` [G, N(k), N(x)]."""
    named = setting.acts.named
    for k in range(shown.shape[0]):
        for x in range(shown.shape[0]):
            share = on_coarse_grid(shown[k, x] / 100.0)
            graded[RIVALS, k, x] = -share if share < 0.0 else 0.0
            graded[FRIENDS, k, x] = share if share > 0.0 else 0.0
            graded[NEIGHBOURS, k, x] = 1.0 if setting.borders[k, x] else 0.0
            graded[OTHERS, k, x] = 0.0 if k == x else 1.0
            for place in range(named.size):
                graded[4 + place, k, x] = 1.0 if named[place] == k and k != x else 0.0
