"""suspicion: what a state fears of a neighbour's guests, by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from game.analysis.explain import explain
from game.kernel.records import one_world
from game.kernel.setting import setting_of
from game.kernel.world import (
    DENIED_BY_ACTOR,
    DENIED_BY_BOTH,
    DENIED_BY_TARGET,
    OPEN,
    RUMOURED,
    SECRET,
    start_world,
)
from game.match.match import Setup, begin
from game.measures.relations import relations
from game.measures.suspicion import wary
from game.rules.suspicion import (
    Params,
    suspected,
    suspicion,
)
from game.scenario import load
from game.testing import change_by, context, triad

ARDA, BOREA, CESTIA = range(3)
COARSE = 1e-4


OWN = """\
agreement_kinds:
  basing: {name: Base, mutual: false, giver: 0, receiver: 0, intrusion: 1, doc: Its soil is open.}
  arms_supply: {name: Arms, mutual: false, giver: 0, receiver: 0, delivers: {military: 0.1}, doc: Weapons.}
pledge_kinds:
  no_foreign_use: {name: No foreign use, turns: 24, breach: ["did(giver -> others: grant_base)"], verifiable: 1,
                   reliability: 0.5, gravity: 10, shelters: 1, doc: Nobody uses its soil.}
acts:
  grant_base:
    {name: Grant a base, kind: deal, roles: {host: any, guest: any}, text: "{host} lets {guest} in", signs: basing,
     terms: {turns: 12, secrecy: true}, effects: {guest -> host: {memory: 1}}, doc: A base.}
  sell_arms:
    {name: Sell arms, kind: deal, roles: {one: any, other: any}, text: "{one} arms {other}", signs: arms_supply,
     terms: {turns: 12}, effects: {other -> one: {memory: 1}}, doc: Arms.}
  vow:
    {name: Vow, kind: statement, roles: {one: any, other: any}, text: "{one} lets nobody in against {other}",
     pledges: {one: no_foreign_use}, effects: {other -> one: {mood: 1}}, doc: A vow.}
"""


@pytest.fixture(scope="module")
def board():
    """Three states with bases, which open all of the soil, arms, and one kind of pledge, of which half are honoured.

    Powers 60, 40 and 20: capabilities 1, 2/3 and 1/3. arda and cestia are enemies, borea borders on both.
    """
    return triad(catalogue="", agreements="", agreement_kinds=OWN).board


def with_base(board, host, guest, **terms):
    """The world with forces of the guest on the host's soil."""
    world = start_world(board)
    agreements, volume = world.agreements.copy(), world.volume.copy()
    cell = (0, board.agreements.names.index("basing"), host, guest)
    agreements[cell], volume[cell] = 12, 1.0
    return replace(world, agreements=agreements, volume=volume, **terms)


def kept_from(board, stage, host, guest):
    """The secrecy of a base that the host has granted the guest."""
    secrecy = np.zeros((1, 1, 3, 3), dtype=np.int16)
    secrecy[0, 0, host, guest] = stage
    return {"secrecy": secrecy, "stake": (secrecy > 0) * 1.0}


def feared(board, world, **params):
    """What is suspected `[N(x), N(h)]` in a world, relations being those of the start."""
    found = np.zeros((3, 3))
    suspected(setting_of(board), one_world(world, 0), board.opening[0], Params(**params), found)
    return found


def test_a_known_base_is_feared_by_capability_hostility_and_nearness(board):
    # cestia on borea's soil against arda: access 1, C 1/3, hostility 0.6, borea next door to arda: 20 of 100.
    found = feared(board, with_base(board, BOREA, CESTIA), latent=0.0)
    assert found[ARDA, BOREA] == pytest.approx(20.0, abs=COARSE)
    assert np.count_nonzero(found) == 1


def test_a_host_further_away_is_feared_less(board):
    # The same base with borea's soil a quarter as near to arda: 20 / 4.
    apart = replace(board, reach=np.full((3, 3), 0.25))
    assert feared(apart, with_base(board, BOREA, CESTIA), latent=0.0)[ARDA, BOREA] == pytest.approx(5, abs=COARSE)


def test_what_is_not_known_is_feared_where_the_two_are_close(board):
    # arda and borea stand at 60 and 50, mean 0.55, without a military tie: access 0.25 x 0.55 / 2. Against cestia
    # arda is hostile by 0.4 with C 1, from borea's soil next door; borea by 0.2 with C 2/3, from arda's, reach 1/2.
    assert board.reach[ARDA, CESTIA] == 0.5
    found = feared(board, start_world(board), latent=0.25)
    assert found[CESTIA, BOREA] == pytest.approx(100 * 0.06875 * 0.4, abs=COARSE)
    assert found[CESTIA, ARDA] == pytest.approx(100 * 0.06875 * 0.2 * 2 / 3 * 0.5, abs=COARSE)
    assert np.count_nonzero(found) == 2


def test_arms_between_them_make_it_twice_as_likely(board):
    world = start_world(board)
    agreements, volume = world.agreements.copy(), world.volume.copy()
    cell = (0, board.agreements.names.index("arms_supply"), ARDA, BOREA)
    agreements[cell], volume[cell] = 6, 1.0
    armed, plain = replace(world, agreements=agreements, volume=volume), start_world(board)
    assert feared(board, armed)[CESTIA, BOREA] == pytest.approx(2 * feared(board, plain)[CESTIA, BOREA], abs=COARSE)


def test_a_secret_base_is_not_suspected_until_it_is_rumoured(board):
    before = context(board, with_base(board, BOREA, CESTIA, **kept_from(board, SECRET, BOREA, CESTIA)))
    assert not change_by(suspicion, before, Params()).suspicion.any()
    rumoured = context(board, with_base(board, BOREA, CESTIA, **kept_from(board, RUMOURED, BOREA, CESTIA)))
    assert change_by(suspicion, rumoured, Params()).suspicion[0, ARDA, BOREA] > 0


@pytest.mark.parametrize(
    ("stage", "share"),
    [(OPEN, 1.0), (RUMOURED, 0.6), (DENIED_BY_ACTOR, 0.3), (DENIED_BY_TARGET, 0.3), (DENIED_BY_BOTH, 0.15)],
)
def test_a_rumour_is_believed_by_half_and_less_where_those_who_deny_it_are_trusted(board, stage, share):
    # Full access would be 20. The rumour is believed by 0.6; each denial is trusted by the half that is honoured.
    shown = with_base(board, BOREA, CESTIA, **kept_from(board, stage, BOREA, CESTIA))
    if stage != OPEN:
        shown = replace(shown, agreements=np.zeros_like(shown.agreements))
    found = feared(board, shown, latent=0.0, belief=0.6)
    assert found[ARDA, BOREA] == pytest.approx(20 * share, abs=COARSE)


@pytest.mark.parametrize(("solemn", "share"), [(1.0, 0.75), (2.0, 0.5)])
def test_a_pledge_takes_suspicion_away_by_its_solemnity_and_the_trust_in_it(board, solemn, share):
    # It shelters from everything, by solemnity / 2 and the trust of one half: a quarter once given, a half at most.
    world = with_base(board, BOREA, CESTIA)
    pledges, solemnity = world.pledges.copy(), world.solemnity.copy()
    pledges[0, 0, BOREA, ARDA], solemnity[0, 0, BOREA, ARDA] = 12, solemn
    found = feared(board, replace(world, pledges=pledges, solemnity=solemnity), latent=0.0)
    assert found[ARDA, BOREA] == pytest.approx(20 * share, abs=COARSE)


def test_a_pledge_of_one_who_broke_its_word_shelters_less(board):
    world = with_base(board, BOREA, CESTIA)
    pledges, broken = world.pledges.copy(), world.broken.copy()
    pledges[0, 0, BOREA, ARDA], broken[0, ARDA, BOREA] = 12, 4.0
    solemnity = world.solemnity.copy()
    solemnity[0, 0, BOREA, ARDA] = 1.0
    # Trust (4 x 0.5) / (4 + 4) = 1/4: it shelters an eighth.
    found = feared(board, replace(world, pledges=pledges, solemnity=solemnity, broken=broken), latent=0.0)
    assert found[ARDA, BOREA] == pytest.approx(20 * 7 / 8, abs=COARSE)


def test_it_grows_by_a_share_of_what_is_left_and_fades_likewise(board):
    # Towards 0.5 x 20 = 10 by a quarter a turn: 2.5, then a quarter of the 7.5 left.
    params, world = Params(weight=0.5, haste=0.25, latent=0.0), with_base(board, BOREA, CESTIA)
    for expected in (2.5, 4.375):
        world = replace(world, suspicion=change_by(suspicion, context(board, world), params).suspicion)
        assert world.suspicion[0, ARDA, BOREA] == pytest.approx(expected, abs=COARSE)
    gone = replace(start_world(board), suspicion=world.suspicion)
    assert change_by(suspicion, context(board, gone), params).suspicion[0, ARDA, BOREA] == pytest.approx(
        3.28125, abs=COARSE
    )


def test_it_is_taken_off_how_the_host_is_regarded(board):
    plain = with_base(board, BOREA, CESTIA)
    suspecting = replace(plain, suspicion=change_by(suspicion, context(board, plain), Params()).suspicion)
    taken = relations(board, plain) - relations(board, suspecting)
    assert taken == pytest.approx(suspecting.suspicion, abs=1e-12)


def test_what_was_so_at_the_start_moves_nothing(board):
    based = with_base(board, BOREA, CESTIA)
    settled = replace(board, start={**board.start, "agreements": based.agreements, "volume": based.volume})
    settled = wary(replace(settled, opening=relations(settled, start_world(settled))))
    assert feared(settled, start_world(settled)).any()
    assert not change_by(suspicion, context(settled), Params()).suspicion.any()


def test_with_no_weight_there_is_nothing_to_do(board):
    assert not change_by(suspicion, context(board, with_base(board, BOREA, CESTIA)), Params(weight=0.0)).anything


def test_it_stays_in_bounds_explains_itself_and_nobody_suspects_itself():
    match = begin(Setup(load("south-caucasus-2012"), 5, parameters={"suspicion.weight": 1.0, "suspicion.latent": 1.0}))
    for _ in range(8):
        match = match.advance()
    history = match.history
    found = history.world.suspicion[0]
    assert np.abs(found).max() <= 100
    assert not np.diagonal(found).any()
    i, j = np.unravel_index(np.abs(found).argmax(), found.shape)
    told = explain(history, history.board.states[i], history.board.states[j])
    rows = [row for row in told.rows if row.rule == "suspicion"]
    assert [row.left for row in rows] == [-found[i, j]]
    assert sum(row.left for row in told.rows) == pytest.approx(told.relation, abs=1e-9)


def test_each_replica_may_have_its_own_parameters(board):
    one = with_base(board, BOREA, CESTIA, **kept_from(board, RUMOURED, BOREA, CESTIA))
    names = [name for name, array in one.arrays()]
    both = replace(one, **{name: np.repeat(getattr(one, name), 2, axis=0) for name in names})
    values = {"weight": (0.2, 0.8), "haste": (0.5, 0.25), "latent": (0.1, 0.9), "belief": (0.3, 0.7)}
    batch = change_by(
        suspicion, context(board, both), Params(**{name: np.array(each) for name, each in values.items()})
    ).suspicion
    for replica in range(2):
        params = Params(**{name: each[replica] for name, each in values.items()})
        assert (batch[replica] == change_by(suspicion, context(board, one), params).suspicion[0]).all()
