"""Statements, deals, accounts and crises are built, previewed and chosen by clicks and keys alone."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from game.play import commands as wanted
from game.play.dispatch import Director
from game.screen import dealing, window
from game.screen.kit import fields, theme
from game.screen.kit.numbers import signed
from game.screen.kit.shapes import named, texts, zones
from game.screen.messages import (
    Click,
    Go,
    Key,
    Tick,
    Wheel,
)
from game.screen.scenes import (
    board,
    crisis,
    deal,
    statement,
    why,
)

SCENARIO = "south-caucasus-2012"
ROUGH = ("limited_strike", "mobilise", "alert", "threaten", "exercise_at_border", "demand", "warn")
SIZES = ((1280.0, 720.0), (1024.0, 576.0), (640.0, 360.0))


class Table:
    """A window over a director, without a screen: what is sent changes the one, and what comes of it the other."""

    def __init__(self, folder, seats=("azerbaijan",), size=SIZES[0]):
        self.director = Director(folder)
        self.said = []
        self.do(wanted.Begin(SCENARIO, seats, 3))
        self.plan_now()
        self.window = window.Window((board.Model(),), lambda text, style: len(text) * style.size * 0.5, size)

    def do(self, command):
        said = self.director.carry_out(command)
        self.said += [said] if said is not None and said.problem else []
        self.snapshot = self.director.snapshot()

    def plan_now(self):
        while self.director.phase != "planning":
            self.do(wanted.Proceed())

    def send(self, *messages):
        for message in messages:
            self.window, commands = window.update(self.window, message, self.snapshot)
            for command in commands:
                self.do(command)

    def open(self, scene, **given):
        self.send(Go(scene, given), *(Tick(0.1),) * 3)
        return self

    def click(self, name):
        x, y = named(self.view, name).rect.centre
        self.send(Click(x, y), Tick(0.1), Tick(0.1))

    @property
    def view(self):
        return window.view(self.window, self.snapshot)

    @property
    def model(self):
        return self.window.scene

    @property
    def game(self):
        return self.snapshot.game

    @property
    def words(self):
        return [each.text for each in texts(self.view)]


@pytest.fixture
def table(tmp_path):
    return Table(tmp_path)


@cache
def _heated(folder):
    """A game that has been driven into a crisis over Nagorno-Karabakh."""
    table = Table(folder)
    for _ in range(12):
        if any(each.dispute == "karabakh" for each in table.game.crises):
            return table
        for act in ROUGH:
            table.director.carry_out(wanted.Plan(f"{act} armenia"))
        table.do(wanted.Commit())
        table.plan_now()
    raise AssertionError("twelve turns of threats and strikes led to no crisis")


@pytest.fixture(scope="module")
def heated(tmp_path_factory):
    return _heated(tmp_path_factory.mktemp("heated"))


@pytest.fixture
def tense(heated, tmp_path):
    """The same crisis, in a game of its own."""
    heated.do(wanted.Save("tense"))
    again = Table(tmp_path)
    again.do(wanted.Load(str(heated.director.folder / "tense.jsonl")))
    again.plan_now()
    return again


# ---- statements


def test_a_statement_is_chosen_with_the_arrows_and_its_reactions_are_shown_at_once(table):
    table.open("statement", target="iran")
    before = table.snapshot.preview.text
    table.send(Key("down"), Tick(0.1))
    assert table.snapshot.preview.text != before
    assert table.snapshot.preview.text == statement.text_of(table.model, table.game)
    assert any("Iran \N{RIGHTWARDS ARROW} Azerbaijan" in text for text in table.words)


def test_what_cannot_be_said_is_listed_last_says_why_and_cannot_be_planned(table):
    table.open("statement", target="iran")
    table.send(fields.Put("act", "praise"), Tick(0.1))
    assert "Azerbaijan's regard of Iran to be at least +25" in table.snapshot.preview.problem
    table.send(Key("ctrl+enter"))
    assert table.game.plan == ()
    assert isinstance(table.model, statement.Model)


def test_audience_third_state_and_office_go_into_the_order_that_is_planned(table):
    table.open("statement", target="iran", act="criticise")
    for name, value in (("audience", "georgia"), ("about", "israel"), ("office", "leader")):
        table.click(name)
        table.click(f"{name} {value}")
    assert table.snapshot.preview.cost == pytest.approx(1.5)
    table.click("plan")
    assert [each.text for each in table.game.plan] == [
        "azerbaijan: criticise iran audience=georgia office=leader about=israel"
    ]
    assert isinstance(table.model, board.Model)
    assert table.said == []


def test_a_private_word_stirs_no_third_state_and_a_public_one_does(table):
    table.open("statement", target="iran", act="criticise")

    def onlookers():
        pair = {"azerbaijan", "iran"}
        return {one for one, other, _ in table.snapshot.preview.ripple if one not in pair}

    assert onlookers()
    table.send(fields.Put("audience", "private"), Tick(0.1))
    assert not onlookers()


def test_the_preview_of_a_statement_is_what_it_changes(table):
    """The same turn played twice, with and without the statement, when nobody else reacts to it in that turn."""
    table.open("statement", target="iran", act="criticise")
    ripple = {(one, other): change for one, other, change in table.snapshot.preview.ripple}
    table.click("plan")
    planned = {(one, other): change for one, other, change in table.game.plan[0].ripple}
    assert planned
    assert all(ripple[pair] == change for pair, change in planned.items())


def test_a_list_that_is_open_hides_what_lies_under_it_and_escape_closes_it_alone(table):
    table.open("statement", target="iran")
    table.click("target")
    names = {zone.name for zone in zones(table.view)}
    assert "target armenia" in names
    assert "plan" not in names
    table.send(Key("escape"))
    assert isinstance(table.model, statement.Model)
    assert "plan" in {zone.name for zone in zones(table.view)}
    table.send(Key("escape"))
    assert isinstance(table.model, board.Model)


def test_our_credibility_with_the_listener_and_the_host_is_shown(table):
    table.open("statement", target="iran", act="criticise", audience="georgia")
    share = table.game.trust[table.game.index("iran")][table.game.index("azerbaijan")]
    assert "Iran trusts our word" in table.words
    assert "Georgia trusts our word" in table.words
    assert f"{100 * share:.0f}" in table.words


# ---- deals


def test_any_edit_of_a_deal_clears_what_either_side_had_agreed_to(table):
    table.open("deal", target="turkiye", act="overflight_rights")
    assert dealing.answered(table.model, table.snapshot, table.game).accepted
    table.click("plan")
    table.open("deal", target="turkiye", act="overflight_rights")
    assert "Signed and planned" in table.words
    changed, commands = deal.update(table.model, dealing.Offered(-0.25), table.snapshot)
    edited = replace(table.window, stack=(*table.window.stack[:-1], changed))
    shown = [each.text for each in texts(window.view(edited, table.snapshot))]
    assert "Not signed yet" in shown
    assert "Has not been asked" in shown
    assert any(isinstance(command, wanted.Sound) for command in commands)


def test_the_value_is_dragged_clicked_and_stepped_within_its_range(table):
    table.open("deal", target="israel", act="arms_package")
    track = named(table.view, "value").rect
    table.send(Click(track.right - 1, track.centre[1]), Tick(0.1))
    assert table.model.value == pytest.approx(2.0)
    table.send(Key("+"), Tick(0.1))
    assert table.model.value == pytest.approx(2.0)
    table.send(Click(track.x + 1, track.centre[1]), Tick(0.1))
    assert table.model.value == pytest.approx(0.1)
    table.send(Key("+"), Tick(0.1))
    assert 0.1 < table.model.value < 0.2
    table.send(Wheel(*track.centre, 3.0), Tick(0.1))
    assert table.snapshot.answer.text == dealing.text_of(table.model, table.game)


def test_the_two_sides_of_the_table_show_what_each_gives(table):
    table.open("deal", target="iran", act="non_aggression_pact", pledge="no_foreign_use")
    assert table.words.count("Pledge: Non-aggression") == 2
    assert sum(text.startswith("Pledge: No foreign use") for text in table.words) == 1
    table.send(dealing.Offered(0.5), Tick(0.1))
    assert "0.5 political capital" in table.words


def test_the_terms_of_the_answer_sum_to_the_score_that_is_shown(table):
    table.open("deal", target="turkiye", act="trade_agreement")
    answer = table.snapshot.answer
    assert answer.score == pytest.approx(sum(value for _, value in answer.terms), abs=0.05)
    assert any(text.startswith(signed(answer.score, 2)) for text in table.words)


def test_a_package_is_put_on_the_table_by_a_click_and_would_be_agreed_to(table):
    table.open("deal", target="turkiye", act="overflight_rights")
    table.send(dealing.Offered(-20.0), Tick(0.1), Tick(0.1))
    assert not table.snapshot.answer.accepted
    table.click("ask")
    (found, _), *_ = table.snapshot.answer.packages
    assert found != dealing.text_of(table.model, table.game)
    table.click("package 1")
    assert dealing.text_of(table.model, table.game) == found
    assert table.snapshot.answer.text == found
    assert table.snapshot.answer.accepted
    assert "package 1" in {zone.name for zone in zones(table.view)}


def test_more_than_the_most_that_can_be_asked_is_refused(table):
    table.open("deal", target="turkiye", act="overflight_rights")
    table.click("ask")
    most = table.snapshot.answer.most
    assert any(text.startswith("The most to ask") for text in table.words)
    asked = float(most.split("asking ")[1].split()[0]) if "asking" in most else 0.0
    table.send(dealing.Offered(-asked - dealing.OFFER_STEP), Tick(0.1), Tick(0.1))
    assert not table.snapshot.answer.accepted


def test_what_it_would_take_is_not_asked_before_there_is_a_deal_on_the_table(table):
    table.send(Go("deal", {"target": "turkiye"}), Key("w"), Key("ctrl+enter"))
    assert table.said == []
    table.send(Tick(0.1), Tick(0.1), Key("w"))
    assert table.said == []
    assert table.snapshot.answer.text == dealing.text_of(table.model, table.game)


def test_a_deal_in_secret_stirs_no_third_state(table):
    table.open("deal", target="turkiye", act="listening_post")
    loud = [each for each in table.snapshot.answer.ripple if each[0] not in ("azerbaijan", "turkiye")]
    table.send(fields.Put("secret", "secret"), Tick(0.1), Tick(0.1))
    assert table.snapshot.answer.text.endswith(" secret")
    quiet = [each for each in table.snapshot.answer.ripple if each[0] not in ("azerbaijan", "turkiye")]
    assert loud
    assert not quiet


def test_a_planned_deal_is_replaced_when_it_is_signed_with_other_terms(table):
    table.open("deal", target="turkiye", act="overflight_rights")
    table.click("plan")
    table.open("deal", target="turkiye", act="overflight_rights")
    table.send(fields.Put("secret", "secret"), Tick(0.1), Tick(0.1))
    table.click("plan")
    assert [each.text for each in table.game.plan] == ["azerbaijan: overflight_rights turkiye secret"]
    assert table.said == []


# ---- why


def test_both_directions_are_accounted_for_and_their_rows_sum_to_what_is_shown(table):
    table.open("why", first="iran", second="azerbaijan")
    for account, pair in (
        (table.snapshot.account, ("iran", "azerbaijan")),
        (table.snapshot.back, ("azerbaijan", "iran")),
    ):
        assert (account.first, account.second) == pair
        assert sum(row.left for row in account.rows) == pytest.approx(table.game.relation(*pair))
        assert [abs(row.left) for row in account.rows] == sorted((abs(row.left) for row in account.rows), reverse=True)
        assert signed(account.relation, 1) in table.words


def test_a_past_turn_is_accounted_for_as_it_was(heated):
    heated.open("why", first="armenia", second="azerbaijan")
    heated.send(Key("left"), Tick(0.1), Tick(0.1))
    turn = why.last_turn(heated.game) - 1
    i, j = heated.game.index("armenia"), heated.game.index("azerbaijan")
    assert heated.snapshot.account.turn == turn
    assert heated.snapshot.account.relation == pytest.approx(heated.game.series[turn][i][j])
    heated.send(Key("escape"))


def test_what_the_two_did_is_listed_and_the_reasons_of_others_stay_their_own(heated):
    heated.open("why", first="armenia", second="azerbaijan")
    done = [item for item in heated.game.record if {item.actor, item.target} == {"armenia", "azerbaijan"}]
    assert done
    assert done[-1].text in heated.words
    assert all(not item.why for item in done if item.actor == "armenia")
    heated.send(Key("escape"))


def test_every_pair_can_be_looked_at(table):
    table.open("why")
    for state in table.game.states:
        if state.id != "azerbaijan":
            table.send(fields.Put("second", state.id), Tick(0.1))
            assert table.snapshot.account.second == state.id


# ---- crises


def test_a_crisis_shows_both_sides_on_the_ladder_and_who_is_bound_to_them(tense):
    tense.open("crisis", dispute="karabakh")
    view = next(each for each in tense.game.crises if each.dispute == "karabakh")
    assert sum(view.odds) == pytest.approx(1.0)
    assert any(text.startswith("Russia for Armenia") for text in tense.words)
    assert all(f"{number + 1}. {name}" in tense.words for number, name in enumerate(crisis.RUNGS))


def test_each_of_the_four_choices_is_taken_by_its_key_or_by_a_click(tense):
    tense.open("crisis", dispute="karabakh")
    for number, stance in enumerate(("escalate", "hold", "off_ramp", "back_down"), 1):
        tense.send(Key(str(number)))
        assert tense.game.stances == {"karabakh": stance}
        assert sum(text.endswith("(chosen)") for text in tense.words) == 1
    tense.click("choice 2")
    assert tense.game.stances == {"karabakh": "hold"}


def test_what_a_choice_leads_to_is_told_as_the_rule_has_it(tense):
    crisis = next(each for each in tense.game.crises if each.dispute == "karabakh")
    choices = {each.stance: each for each in crisis.choices}
    assert max(choices["escalate"].rungs) == max(crisis.rungs) + 1
    assert choices["back_down"].rungs == choices["off_ramp"].rungs == (-1, -1)
    assert all(state == "azerbaijan" and amount < 0 for state, amount in choices["back_down"].capital)


def test_a_third_state_sees_the_crisis_and_has_nothing_to_choose_in_it(heated, tmp_path):
    table = Table(tmp_path, ("georgia",))
    kept = heated.director.current
    table.director.position(kept)
    table.do(wanted.Refresh())
    table.open("crisis", dispute="karabakh")
    assert any(each.dispute == "karabakh" and not each.choices for each in table.game.crises)
    table.send(Key("1"))
    assert table.game.stances == {}
    table.click("deal armenia")
    assert isinstance(table.model, deal.Model)
    assert table.model.target == "armenia"


def test_without_a_crisis_the_disputes_are_shown_with_their_tension(table):
    table.open("crisis", dispute="karabakh")
    assert "Nagorno-Karabakh" in table.words
    table.send(Key("1"))
    assert table.game.stances == {}


# ---- all of them


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scene", ["statement", "deal", "why", "crisis"])
def test_every_control_lies_within_the_window_at_every_size(tmp_path, scene, size):
    table = Table(tmp_path, size=size).open(scene)
    panes = [each.name for each in zones(table.view) if each.name.startswith("pane ")] or [None]
    for pane in panes:
        if pane is not None:
            table.click(pane)
        for zone in zones(table.view):
            assert zone.rect.x >= -0.5
            assert zone.rect.y >= -0.5
            assert zone.rect.right <= size[0] + 0.5
            assert zone.rect.bottom <= size[1] + 0.5


@pytest.mark.parametrize("scene", ["statement", "deal", "why", "crisis"])
def test_no_two_controls_share_a_name_and_no_text_is_too_small(table, scene):
    table.open(scene)
    names = [zone.name for zone in zones(table.view)]
    assert len(names) == len(set(names))
    assert all(each.style.size >= theme.NOTE.size for each in texts(table.view))


@pytest.mark.parametrize("scene", ["statement", "deal", "why", "crisis"])
def test_those_who_watch_are_asked_nothing_and_nothing_fails(tmp_path, scene):
    table = Table(tmp_path, ()).open(scene)
    table.send(Key("1"), Key("down"), Key("ctrl+enter"), Tick(0.1))
    assert table.said == []
