"""What each map says of a state, by hand: its tint and the words of its pill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.play import commands as wanted
from game.play.dispatch import Director
from game.play.snapshot import DisputeView
from game.screen.kit import theme
from game.screen.map.model import (
    Model,
    moved_by,
    relation_at,
    share_of,
)
from game.screen.map.modes import (
    PALE,
    SHARED,
    STRENGTH,
    TIMES,
    TRUST,
    Mark,
    arrow,
    dispute_of,
    marks,
    signed,
)

ARDA, BOREA, CESTIA = range(3)


@pytest.fixture(scope="module")
def game(tmp_path_factory):
    director = Director(tmp_path_factory.mktemp("marks"))
    assert director.carry_out(wanted.Begin("classroom-triad", ("arda",), 3)) is None
    return director.snapshot().game


def table(value, first=BOREA, second=ARDA):
    rows = [[0.0] * 3 for _ in range(3)]
    rows[first][second] = value
    return tuple(map(tuple, rows))


def shown(game, mode, share=1.0, **model):
    return marks(Model(mode=mode, **model), game, share)


def test_the_state_in_the_middle_is_marked_as_such_where_relations_are_shown(game):
    for mode in ("relations", "change", "agreements", "knowledge"):
        assert shown(game, mode)["arda"] == Mark(theme.CENTRE)
        assert shown(game, mode, chosen="borea")["borea"] == Mark(theme.CENTRE)
    for mode in ("claims", "arms"):
        assert shown(game, mode)["arda"].tint != theme.CENTRE


@pytest.mark.parametrize(
    ("moved", "text"), [(3.2, "▲3"), (-0.5, "▼0"), (0.5, "▲0"), (0.49, ""), (-12.6, "▼13"), (0.0, "")]
)
def test_the_map_of_changes_is_coloured_six_times_as_strongly_as_relations(game, moved, text):
    given = replace(game, before=table(10.0), relations=table(10.0 + moved))
    mark = shown(given, "change")["borea"]
    assert mark.tint == theme.tint(moved * 6.0)
    assert TIMES == 6.0
    assert mark.text == text


def test_a_relation_has_its_sign_its_number_and_how_it_moved(game):
    given = replace(game, before=table(30.0), relations=table(34.0))
    mark = shown(given, "relations")["borea"]
    assert mark == Mark(theme.tint(34.0), "▲ +34  ▲4")
    assert shown(given, "relations", 0.25)["borea"].tint == theme.tint(31.0)
    assert shown(replace(given, before=table(34.0)), "relations")["borea"].text == "▲ +34"
    assert signed(-34.6) == "▼ \N{MINUS SIGN}35"
    assert signed(0.3) == "• 0"
    assert arrow(-7.4) == "▼7"


def test_shared_depth_and_trust_are_told_in_whole_numbers(game):
    given = replace(game, depth=table(40.0), trust=table(0.65))
    assert shown(given, "agreements")["borea"] == Mark(theme.mixed(PALE, SHARED, 0.4 * 0.75), "40")
    assert shown(given, "knowledge")["borea"] == Mark(theme.mixed(PALE, TRUST, 0.65 * 0.8), "65")
    assert shown(replace(game, depth=table(0.9)), "agreements")["borea"].text == ""
    assert shown(replace(game, depth=table(1.0)), "agreements")["borea"].text == "1"
    assert shown(replace(game, depth=table(250.0)), "agreements")["borea"].tint == theme.mixed(PALE, SHARED, 0.75)


def dispute(**changes):
    plain = DisputeView(
        id="islet", title="The islet", kind="territory", parties=("arda", "cestia"), holder="arda", claimant="cestia",
        recognition={"arda": -1.0, "borea": -0.25, "cestia": 1.0}, tension=40.0, rungs=(-1, -1), area=None,
    )  # fmt: skip
    return replace(plain, **changes)


def test_the_map_of_claims_says_who_holds_who_claims_and_who_sides_with_whom(game):
    found = shown(replace(game, disputes=(dispute(),)), "claims")
    assert found["arda"] == Mark(theme.tint(-100.0), "holds it")
    assert found["cestia"] == Mark(theme.tint(100.0), "claims it")
    assert found["borea"] == Mark(theme.tint(-13.75), "with Arda")
    other = dispute(recognition={"borea": 0.25}, holder=None, claimant=None)
    found = shown(replace(game, disputes=(other,)), "claims")
    assert found["borea"].text == "with Cestia"
    assert found["arda"].text == "party"
    aside = dispute(recognition={"borea": 0.24})
    assert shown(replace(game, disputes=(aside,)), "claims")["borea"].text == ""
    assert shown(replace(game, disputes=()), "claims")["borea"] == Mark(PALE)


def test_the_dispute_that_is_looked_at_is_the_chosen_one_or_ones_own_or_the_tensest(game):
    own, hot = dispute(), dispute(id="pass", parties=("borea", "cestia"), tension=80.0)
    given = replace(game, disputes=(own, hot))
    assert dispute_of(Model(), given).id == "islet"
    assert dispute_of(Model(dispute="pass"), given).id == "pass"
    assert dispute_of(Model(chosen="borea"), given).id == "pass"
    assert dispute_of(Model(chosen="cestia"), given).id == "pass"
    assert dispute_of(Model(chosen="dara"), given).id == "pass"


def test_the_map_of_arms_is_darkest_where_most_is(game):
    states = tuple(
        replace(state, attributes=(("Wealth", 1.0, "bn"), ("Military", value, "index")))
        for state, value in zip(game.states, (80.0, 20.0, 0.0), strict=True)
    )
    found = shown(replace(game, states=states), "arms")
    assert found["arda"] == Mark(theme.mixed(PALE, STRENGTH, 0.85), "80")
    assert found["borea"] == Mark(theme.mixed(PALE, STRENGTH, 0.85 * 0.25**0.6), "20")
    assert found["cestia"] == Mark(PALE, "0")
    assert shown(replace(game, states=states), "arms", measure=0)["cestia"].text == "1"


def test_what_moved_in_the_last_turn_comes_to_be_shown_slowly_at_first_and_at_last(game):
    given = replace(game, before=table(10.0), relations=table(30.0))
    assert moved_by(given, "borea", "arda") == 20.0
    assert relation_at(given, "borea", "arda", 0.0) == 10.0
    assert relation_at(given, "borea", "arda", 0.25) == 15.0
    assert share_of(Model(since=0.0), moves=False) == 1.0
    assert share_of(Model(since=0.6), moves=True) == 0.5
    assert share_of(Model(since=9.0), moves=True) == 1.0
    assert share_of(Model(since=0.3), moves=True) < 0.25
