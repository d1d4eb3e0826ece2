"""The figures of behaviour are what they say: counted by hand on games of a few acts, and on a triad."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from benchmarks import behaviour, strategies
from benchmarks.games import Crisis, Deed, Game, Table, ending, watched
from game.kernel.conditions import Comparison, Group, Number, Relation
from game.kernel.draws import Draws
from game.kernel.orders import BACK_DOWN, ESCALATE, HOLD, OFF_RAMP
from game.kernel.world import start_world
from game.policies import Wait, observe
from game.policies.random import Random
from game.scenario import read
from game.study import ensemble
from game.testing import TRIAD, triad

GOALS = """
objectives:
  arda: {public: [{when: borea -> arda >= 60, points: 30, label: A friend}]}
  cestia: {public: [{when: arda -> cestia >= -30, points: 30, label: Peace}]}
"""


def scenario(text=TRIAD, **changes):
    """The triad with goals, for a few turns."""
    return replace(read(text + GOALS).scenario, **{"turns": 2, **changes})


def game(deeds=(), alert=(), calm=(), **fields):
    """A game of three states in which only so much happened."""
    board = triad().board
    turns = max(len(alert), 1)
    none = np.zeros((turns, 1), dtype=bool)
    found = Game(
        board, np.zeros((turns + 1, 3, 3)), np.zeros(3), np.zeros(0, dtype=bool), deeds=list(deeds), last=turns
    )
    found.alert = np.array(alert, dtype=bool).reshape(-1, 1) if len(alert) else none
    found.calm = np.array(calm, dtype=bool).reshape(-1, 1) if len(calm) else none
    for name, value in fields.items():
        setattr(found, name, value)
    return found


def deed(turn, actor, target, act=0):
    return Deed(turn, actor, target, act, deal=False, refused=False, paid=False, pledged=False)


@pytest.mark.parametrize(
    ("stances", "end"),
    [
        ((HOLD, HOLD), "lapse"),
        ((BACK_DOWN, HOLD), "backing down"),
        ((BACK_DOWN, ESCALATE), "backing down"),
        ((OFF_RAMP, BACK_DOWN), "terms"),
        ((OFF_RAMP, HOLD), "terms"),
    ],
)
def test_how_a_crisis_ended_follows_from_the_last_choices(stances, end):
    assert ending(stances) == end


def test_a_share_is_of_all_acts_of_all_runs_and_not_a_mean_of_shares():
    told, low, high = behaviour.ratio([1.0, 0.0], [1.0, 3.0])
    assert told == 0.25
    assert low <= told <= high
    assert behaviour.ratio([0.0], [0.0]) is None


def test_differences_are_taken_seed_by_seed():
    told, low, high = behaviour.paired(np.array([10.0, 20.0]), np.array([7.0, 17.0]))
    assert (told, low, high) == (3.0, 3.0, 3.0)


def test_attention_is_measured_against_what_the_same_parties_get_in_calm():
    # In calm Borea acts once in two turns at a party of the islet, on alert twice in one turn: four times as often.
    deeds = [deed(1, 1, 0), deed(3, 1, 0), deed(3, 1, 2), deed(3, 0, 2)]  # the last is a party's own
    seen = game(deeds, alert=[False, False, True], calm=[True, True, False])
    assert behaviour.attention([seen])[0] == 4.0
    assert behaviour.attention([game(deeds[:1], alert=[False], calm=[True])]) is None


def test_bands_are_those_a_reader_is_shown():
    least = behaviour.BANDS[0][0]
    assert behaviour.bands(np.array([-100.0]))[0] == 0
    assert behaviour.bands(np.array([float(least)]))[0] == len(behaviour.BANDS)
    assert behaviour.bands(np.array([least - 1.0]))[0] == len(behaviour.BANDS) - 1


def test_a_pact_with_both_of_two_enemies_counts_only_when_one_of_them_is_new():
    hostile = np.array([[[0, 60, 50], [60, 0, -30], [50, -30, 0]]] * 2, dtype=float)
    both = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 0]], dtype=bool)
    assert behaviour.both_sides(game(series=hostile, pacts=both))
    assert not behaviour.both_sides(game(series=np.abs(hostile), pacts=both))
    only_the_old = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    assert not behaviour.both_sides(game(series=hostile, pacts=only_the_old))


def test_shares_of_crises_add_up_to_one(monkeypatch):
    study = behaviour.Study(scenario(), 1, 2)
    crises = [
        Crisis(0, 1, 2, 3, "terms"),
        Crisis(0, 3, 4, 5, "war"),
        Crisis(0, 5, 6, 1, "lapse"),
        Crisis(0, 7, 8, 1, "lapse"),
    ]
    study._games = [game(crises=crises, chosen=1, accidental=3)]
    told = {(row["figure"], row["of"]): row["value"] for row in behaviour.crises(study)}
    assert told["share that ends by", "lapse"] == 0.5
    assert told["share that ends by", "terms"] == told["share that ends by", "war"] == 0.25
    assert told["share with the top rung", "limited force"] == 0.25
    assert told["strikes by choice", "all"] == 0.25


def test_a_bar_is_met_by_the_figure_itself():
    row = behaviour.measured("part", "figure", "all", (0.3, 0.1, 0.5), (0.25, np.inf))
    assert (row["bar"], row["met"]) == (">= 0.25", True)
    assert behaviour.measured("part", "figure", "all", None, (0.25, 1.0), behaviour.LACKING)["met"] is None
    assert not behaviour.measured("part", "figure", "all", (0.2, 0.1, 0.5), (0.25, 1.0))["met"]


def test_how_near_a_goal_is_stops_at_what_is_certain():
    board = triad().board
    world = start_world(board)
    regard = Relation("borea", "arda")  # 50 at the start

    def told(condition):
        return float(strategies.reach(condition, board, world)[0])

    above, below = Comparison(">=", regard, Number(60.0)), Comparison("<", regard, Number(65.0))
    assert told(above) == pytest.approx(-10.0)
    assert told(below) == pytest.approx(15.0)
    assert told(Comparison(">=", regard, Number(0.0))) == strategies.CERTAIN
    assert told(Group("any", (above, below))) == pytest.approx(15.0)
    assert told(Group("all", (above, below))) == pytest.approx(2.5)
    assert told(Group("none", (above,))) == pytest.approx(10.0)


def test_a_list_does_its_first_legal_lines_and_no_more_than_it_can_pay_for():
    made = triad()
    view, arda = observe(made.board, start_world(made.board)), 0
    act = made.board.acts.act
    # One does not strike a friend; there are three slots.
    lines = tuple((act(name), 1) for name in ("limited_strike", "consult", "praise"))
    orders = strategies.Listed(arda, lines).orders(view, Draws.of(1).run(0))
    given = [made.board.acts.names[each] for each in orders.act[arda] if each >= 0]
    assert given[:1] == ["consult"]
    assert "limited_strike" not in given
    assert (orders.act[1:] == -1).all()
    dear = strategies.Listed(arda, tuple((act(name), 1) for name in ("defence_pact", "joint_exercise", "aid_package")))
    taken = dear.orders(view, Draws.of(1).run(0)).act[arda]
    assert made.board.acts.cost[taken[taken >= 0]].sum() <= 4.0


def test_a_stubborn_state_differs_from_the_reasoner_in_crises_alone():
    table = Table.of(scenario(), 1)
    world = start_world(table.board)
    tense = replace(world, rung=world.rung + 4)
    reasoner, luck = table.reasoner(), Draws.of(1).run(0)
    plain = reasoner.orders(observe(table.board, tense), luck)
    stubborn = strategies.Stubborn(reasoner, 0, BACK_DOWN).orders(observe(table.board, tense), luck)
    assert stubborn.stance[0].tolist() == [BACK_DOWN, int(plain.stance[0, 1])]
    assert np.array_equal(stubborn.act, plain.act)


def test_a_list_written_from_goals_begins_with_what_brings_them_nearer():
    made = Table.of(scenario(), 1).made
    gained = strategies.gains(made, 0)
    borea = made.board.state("borea")
    best = np.unravel_index(np.argmax(gained), gained.shape)
    assert best[1] == borea
    assert gained[made.board.acts.act("criticise"), borea] < 0.0 < gained[best]


def test_who_waits_everywhere_has_the_points_of_a_quiet_world():
    table = Table.of(scenario(), 1)
    seats = {place: Wait() for place in range(3)}
    assert table.points(seats).tolist() == [0.0, 0.0, 0.0]


def test_a_watched_game_is_the_game_that_is_played():
    table = Table.of(scenario(), 3)
    seen = table.watched()
    assert seen.points.tolist() == table.points({}).tolist()
    assert len(seen.series) == 3
    assert all(0 < each.turn <= 2 for each in seen.deeds)
    assert 0.0 <= seen.aims <= seen.positive
    assert np.array_equal(watched(table.board, table.made.parameters, 3, 2).series, seen.series)


def test_a_state_played_by_another_policy_plays_as_in_an_ensemble():
    whole = scenario()
    for name, policy in (("wait", Wait()), ("random", Random())):
        played = ensemble(whole, [5], policies={"arda": name, "cestia": name}, spreads="drawn")
        told = Table.of(whole, 5).points({0: policy, 2: policy})
        assert told.tolist() == played.outcomes.points[0].tolist()


def test_without_an_event_it_never_happens_and_all_else_is_as_it_was():
    events = "events: {gift: {headline: A gift, at: 1, effects: {borea -> arda: {mood: 5}}}}\n"
    whole = scenario(TRIAD + events)
    (name, quiet), (pact, _) = behaviour.without(whole)
    assert (name, pact) == ("gift", "agreement old_friends")
    apart = behaviour._series(whole, [1], 1) - behaviour._series(quiet, [1], 1)
    assert apart[0, 1, 1, 0] > 1.0


def test_the_figures_come_as_json(tmp_path, capsys):
    file = tmp_path / "tiny.yaml"
    file.write_text((TRIAD + GOALS).replace("turns: 12", "turns: 1"), encoding="utf-8")
    behaviour.main([str(file), "--runs", "2", "--parts", "crises,teaching", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["part"] for row in rows} == {"crises", "teaching"}
    assert all({"figure", "value", "low", "high", "bar", "met"} <= set(row) for row in rows)


def test_a_part_that_does_not_exist_is_refused():
    with pytest.raises(SystemExit):
        behaviour.main(["--parts", "weather"])
