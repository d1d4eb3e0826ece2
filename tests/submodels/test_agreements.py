"""Agreements: what the deeds of a turn sign, renew, break, suspend and resume, whatever order they are listed in."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.kernel.catalogue import DEAL, NONE
from game.kernel.declare import Booleans, Floats, Shorts
from game.kernel.deeds import deeds_of
from game.kernel.orders import order_of
from game.kernel.setting import setting_of
from game.kernel.world import start_world
from game.submodels.agreements import agree, cut, tidy
from game.testing import triad

ARDA, BOREA, CESTIA = range(3)
AGREEMENTS = """\
agreement_kinds:
  treaty: {name: Treaty, mutual: true, worth: 12, commitment: 1, doc: Binds both.}
  supply: {name: Supply, mutual: false, giver: 3, receiver: 7, doc: One way.}
acts:
  sign_treaty:
    {name: Treaty, kind: deal, roles: {one: any, other: any}, text: "{one} signs with {other}", terms: {turns: 10},
     signs: treaty, effects: {one <-> other: {memory: 1}}, doc: A treaty.}
  supply_arms:
    {name: Supply, kind: deal, roles: {one: any, other: any}, text: "{one} supplies {other}", terms: {turns: 4},
     signs: supply, effects: {other -> one: {memory: 1}}, doc: A supply.}
  stop_supply:
    {name: Stop, kind: deed, roles: {one: any, other: any}, text: "{one} stops the supply of {other}",
     breaks: supply, effects: {other -> one: {mood: -2}}, doc: No more of it.}
  tear_up:
    {name: Tear up, kind: deed, roles: {one: any, other: any}, text: "{one} tears up what it has with {other}",
     breaks: all, effects: {other -> one: {scar: -5}}, doc: The end of it.}
  hold_up:
    {name: Hold up, kind: deed, roles: {one: any, other: any}, text: "{one} holds up the supply of {other}",
     suspends: supply, effects: {other -> one: {mood: -1}}, doc: Not now.}
  suspend_treaty:
    {name: Suspend, kind: deed, roles: {one: any, other: any}, text: "{one} suspends the treaty with {other}",
     suspends: treaty, effects: {other -> one: {mood: -1}}, doc: Not now.}
  go_on:
    {name: Go on, kind: deed, roles: {one: any, other: any}, text: "{one} goes on with the supply of {other}",
     resumes: supply, effects: {other -> one: {mood: 1}}, doc: Now again.}
"""


BOARD = triad(agreement_kinds=AGREEMENTS, agreements="").board
SETTING = setting_of(BOARD)
TREATY, SUPPLY = (BOARD.agreements.names.index(name) for name in ("treaty", "supply"))


@dataclass(frozen=True)
class Agreements:
    """The agreements of a world, each array `[K, N, N]` from giver to receiver."""

    agreements: Shorts
    volume: Floats
    suspended: Booleans
    purpose: Shorts

    def copy(self):
        return Agreements(*(array.copy() for array in self.arrays()))

    def arrays(self):
        return [getattr(self, each.name) for each in fields(self)]


def at_the_start():
    world = start_world(BOARD)
    return Agreements(*(getattr(world, each.name)[0].copy() for each in fields(Agreements)))


def deed_of(line, term=1.0, purpose=NONE):
    """What a line orders, as (actor, target, act, refused, purpose, volume)."""
    order = order_of(line)
    places = BOARD.state(order.state), BOARD.state(order.target), BOARD.acts.act(order.act)
    return *places, False, purpose, term


def deeds_from(rows):
    """Deeds of (actor, target, act, refused, purpose, volume)."""
    deeds = deeds_of(len(rows))
    deeds.count[0] = len(rows)
    for o, (actor, target, act, refused, purpose, volume) in enumerate(rows):
        deeds.actor[o], deeds.target[o], deeds.act[o] = actor, target, act
        deeds.refused[o] = refused and BOARD.acts.kind[act] == DEAL
        deeds.purpose[o], deeds.term[o], deeds.scale[o] = purpose, volume, volume
    return deeds


def with_deeds(rows, present):
    """The agreements after some deeds."""
    result = present.copy()
    agree(SETTING, *result.arrays(), deeds_from(rows))
    return result


def after(*lines, present=None, term=(), purpose=()):
    """The agreements after the deeds of a turn, with the volume and the purpose of each."""
    terms = term or [1.0] * len(lines), purpose or [NONE] * len(lines)
    return with_deeds(list(map(deed_of, lines, *terms)), present or at_the_start())


def test_a_renewed_agreement_keeps_the_greater_volume_and_takes_the_new_purpose():
    signed = after("borea: supply_arms cestia", term=[2.0], purpose=[0])
    assert signed.volume[SUPPLY, BOREA, CESTIA] == 2
    again = after("borea: supply_arms cestia", present=signed, term=[0.5], purpose=[NONE])
    assert (again.volume[SUPPLY, BOREA, CESTIA], again.purpose[SUPPLY, BOREA, CESTIA]) == (2, 0)


def test_one_that_was_torn_up_and_signed_again_in_one_turn_begins_afresh():
    signed = after("borea: supply_arms cestia", term=[2.0], purpose=[0])
    anew = after("borea: stop_supply cestia", "borea: supply_arms cestia", present=signed, term=[1.0, 0.5])
    assert anew.agreements[SUPPLY, BOREA, CESTIA] == 4
    assert (anew.volume[SUPPLY, BOREA, CESTIA], anew.purpose[SUPPLY, BOREA, CESTIA]) == (0.5, NONE)


def test_one_that_has_just_run_out_is_signed_afresh():
    signed = after("borea: supply_arms cestia", term=[2.0])
    over = replace(signed, agreements=np.zeros_like(signed.agreements))
    assert after("borea: supply_arms cestia", present=over).volume[SUPPLY, BOREA, CESTIA] == 1


def test_a_renewed_agreement_is_no_longer_suspended():
    held_up = after("borea: hold_up cestia", present=after("borea: supply_arms cestia"))
    assert held_up.suspended[SUPPLY, BOREA, CESTIA]
    assert not after("borea: supply_arms cestia", present=held_up).suspended.any()


def test_a_treaty_that_one_side_suspends_is_suspended_for_both():
    held_up = after("borea: suspend_treaty cestia", present=after("borea: sign_treaty cestia"))
    assert held_up.suspended[TREATY, BOREA, CESTIA]
    assert held_up.suspended[TREATY, CESTIA, BOREA]


def test_what_is_not_in_force_cannot_be_suspended():
    assert not after("borea: hold_up cestia").suspended.any()


def test_only_what_its_giver_stops_is_cut_off():
    deeds = deeds_from([deed_of("borea: tear_up cestia"), deed_of("arda: hold_up cestia")])
    kinds, states = range(len(BOARD.agreements.names)), range(3)
    found = [cell for cell in product(kinds, states, states) if cut(SETTING, deeds, *cell)]
    assert found == sorted([(kind, BOREA, CESTIA) for kind in kinds] + [(SUPPLY, ARDA, CESTIA)])


@st.composite
def rows_and_order(draw):
    """Some deeds with terms, and another order of the same."""
    count = draw(st.integers(1, 8))
    numbers = st.integers(0, len(BOARD.acts.names) - 1)
    rows = []
    for _ in range(count):
        actor, step = draw(st.integers(0, 2)), draw(st.integers(1, 2))
        rows.append((actor, (actor + step) % 3, draw(numbers), draw(st.booleans()), draw(st.integers(-1, 0)),
                     draw(st.sampled_from([0.5, 1.0, 1.6]))))  # fmt: skip
    return rows, draw(st.permutations(range(count)))


@settings(max_examples=80)
@given(rows_and_order(), rows_and_order())
def test_the_order_in_which_deeds_are_listed_changes_nothing(first, second):
    present = with_deeds(first[0], at_the_start())
    rows, shuffled = second[0], [second[0][place] for place in second[1]]
    for one, other in zip(with_deeds(rows, present).arrays(), with_deeds(shuffled, present).arrays(), strict=True):
        assert (one == other).all()


@settings(max_examples=80)
@given(rows_and_order())
def test_what_is_not_in_force_has_no_terms_and_a_mutual_agreement_is_the_same_both_ways(drawn):
    found = with_deeds(drawn[0], at_the_start())
    clean = found.copy()
    tidy(*clean.arrays())
    for value, plain in zip(found.arrays(), clean.arrays(), strict=True):
        assert (value == plain).all()
        assert (value[TREATY] == value[TREATY].T).all()


@pytest.mark.parametrize("order", ["borea: stop_supply cestia", "borea: tear_up cestia"])
def test_ending_an_agreement_leaves_others_as_they_are(order):
    signed = after("arda: supply_arms cestia", "borea: supply_arms cestia", "arda: sign_treaty borea")
    ended = after(order, present=signed)
    assert ended.agreements[SUPPLY, BOREA, CESTIA] == 0
    assert ended.agreements[SUPPLY, ARDA, CESTIA] == 4
    assert ended.agreements[TREATY, ARDA, BOREA] == 10
