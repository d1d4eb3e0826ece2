"""Agreements: what the deeds of a turn sign, renew, break, suspend and resume, whatever order they are listed in."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.kernel.catalogue import DEAL, NONE, Actions
from game.kernel.world import start_world
from game.submodels.agreements import (
    Agreements,
    agreed,
    cut,
    tidied,
)
from game.submodels.secrecy import selected
from game.testing import context, triad

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
TREATY, SUPPLY = (BOARD.agreements.names.index(name) for name in ("treaty", "supply"))


def after(*orders, present=None, **terms):
    """The agreements after the deeds of a turn."""
    actions = context(BOARD, orders=orders).actions
    for name, value in terms.items():
        actions = replace(actions, **{name: np.array(value)})
    return agreed(BOARD, present or Agreements.of(start_world(BOARD)), actions)


def test_a_renewed_agreement_keeps_the_greater_volume_and_takes_the_new_purpose():
    signed = after("borea: supply_arms cestia", term=[2.0], purpose=[0])
    assert signed.volume[0, SUPPLY, BOREA, CESTIA] == 2
    again = after("borea: supply_arms cestia", present=signed, term=[0.5], purpose=[NONE])
    assert (again.volume[0, SUPPLY, BOREA, CESTIA], again.purpose[0, SUPPLY, BOREA, CESTIA]) == (2, 0)


def test_one_that_was_torn_up_and_signed_again_in_one_turn_begins_afresh():
    signed = after("borea: supply_arms cestia", term=[2.0], purpose=[0])
    anew = after("borea: stop_supply cestia", "borea: supply_arms cestia", present=signed, term=[1.0, 0.5])
    assert anew.agreements[0, SUPPLY, BOREA, CESTIA] == 4
    assert (anew.volume[0, SUPPLY, BOREA, CESTIA], anew.purpose[0, SUPPLY, BOREA, CESTIA]) == (0.5, NONE)


def test_one_that_has_just_run_out_is_signed_afresh():
    signed = after("borea: supply_arms cestia", term=[2.0])
    over = replace(signed, agreements=np.zeros_like(signed.agreements))
    assert after("borea: supply_arms cestia", present=over).volume[0, SUPPLY, BOREA, CESTIA] == 1


def test_a_renewed_agreement_is_no_longer_suspended():
    held_up = after("borea: hold_up cestia", present=after("borea: supply_arms cestia"))
    assert held_up.suspended[0, SUPPLY, BOREA, CESTIA]
    assert not after("borea: supply_arms cestia", present=held_up).suspended.any()


def test_a_treaty_that_one_side_suspends_is_suspended_for_both():
    held_up = after("borea: suspend_treaty cestia", present=after("borea: sign_treaty cestia"))
    assert held_up.suspended[0, TREATY, BOREA, CESTIA]
    assert held_up.suspended[0, TREATY, CESTIA, BOREA]


def test_what_is_not_in_force_cannot_be_suspended():
    assert not after("borea: hold_up cestia").suspended.any()


def test_only_what_its_giver_stops_is_cut_off():
    actions = context(BOARD, orders=["borea: tear_up cestia", "arda: hold_up cestia"]).actions
    found = cut(BOARD, start_world(BOARD).agreements.shape, actions)[0]
    assert sorted(zip(*(axis.tolist() for axis in found.nonzero()), strict=True)) == sorted(
        [(kind, BOREA, CESTIA) for kind in range(len(BOARD.agreements.names))] + [(SUPPLY, ARDA, CESTIA)]
    )


@st.composite
def actions_and_order(draw):
    """Some deeds with terms, and another order of the same."""
    count = draw(st.integers(1, 8))
    numbers = st.integers(0, len(BOARD.acts.names) - 1)
    rows = []
    for _ in range(count):
        actor, step = draw(st.integers(0, 2)), draw(st.integers(1, 2))
        rows.append((actor, (actor + step) % 3, draw(numbers), draw(st.booleans()), draw(st.integers(-1, 0)),
                     draw(st.sampled_from([0.5, 1.0, 1.6]))))  # fmt: skip
    return rows, draw(st.permutations(range(count)))


def actions_from(rows):
    """Deeds of (actor, target, act, refused, purpose, volume)."""
    actor, target, act, refused, purpose, volume = (np.array(column) for column in zip(*rows, strict=True))
    nothing, zero = np.full(len(rows), NONE), np.zeros(len(rows), dtype=np.int64)
    return Actions(
        replica=zero, actor=actor, slot=zero, target=target, act=act, refused=refused & (BOARD.acts.kind[act] == DEAL),
        scale=volume, term=volume, secret=np.zeros(len(rows), dtype=bool), audience=nothing, about=nothing,
        purpose=purpose, side_payment=np.zeros(len(rows)), pledge=nothing,
    )  # fmt: skip


@settings(max_examples=80)
@given(actions_and_order(), actions_and_order())
def test_the_order_in_which_actions_are_listed_changes_nothing(first, second):
    present = agreed(BOARD, Agreements.of(start_world(BOARD)), actions_from(first[0]))
    actions = actions_from(second[0])
    one, other = (agreed(BOARD, present, each) for each in (actions, selected(actions, np.array(second[1]))))
    for each in fields(one):
        assert (getattr(one, each.name) == getattr(other, each.name)).all(), each.name


@settings(max_examples=80)
@given(actions_and_order())
def test_what_is_not_in_force_has_no_terms_and_a_mutual_agreement_is_the_same_both_ways(drawn):
    found = agreed(BOARD, Agreements.of(start_world(BOARD)), actions_from(drawn[0]))
    plain = tidied(found)
    for each in fields(found):
        value = getattr(found, each.name)
        assert (value == getattr(plain, each.name)).all(), each.name
        assert (value[0, TREATY] == value[0, TREATY].T).all(), each.name


@pytest.mark.parametrize("order", ["borea: stop_supply cestia", "borea: tear_up cestia"])
def test_ending_an_agreement_leaves_others_as_they_are(order):
    signed = after("arda: supply_arms cestia", "borea: supply_arms cestia", "arda: sign_treaty borea")
    ended = after(order, present=signed)
    assert ended.agreements[0, SUPPLY, BOREA, CESTIA] == 0
    assert ended.agreements[0, SUPPLY, ARDA, CESTIA] == 4
    assert ended.agreements[0, TREATY, ARDA, BOREA] == 10
