"""The director plays whole games without a window: for one person, for two at one table, and for those who watch."""

from __future__ import annotations

import pytest

from game import journal as journals
from game.play import commands as wanted
from game.play.dispatch import Director

WAITING = ("inbox", "report", "curtain", "briefing")
SOLO = wanted.Begin("classroom-triad", ("arda",), 7)


@pytest.fixture
def director(tmp_path):
    return Director(tmp_path)


def did(director, *commands):
    """Carry commands out one by one; a fault fails the test."""
    for command in commands:
        said = director.carry_out(command)
        assert said is None or not said.problem, said


def states_of(director):
    return [state.id for state in director.snapshot().game.states]


def test_a_game_is_begun_planned_and_played_to_its_end(director):
    did(director, SOLO)
    game = director.snapshot().game
    assert (game.side, game.turn, game.turns) == ("arda", 1, 12)
    while not director.snapshot().game.finished:
        did(director, wanted.Commit())
        while director.phase in WAITING:
            for proposal in director.snapshot().game.proposals:
                did(director, wanted.Reply(proposal.key, True))
            did(director, wanted.Proceed())
    assert director.current.history.turn == 12


def test_an_order_is_planned_priced_previewed_and_taken_back(director):
    did(director, SOLO, wanted.Survey("borea"))
    options = {option.act: option for option in director.snapshot().options["borea"]}
    act = next(name for name, option in options.items() if option.legal and option.kind == "statement")
    did(director, wanted.Plan(f"{act} borea"))
    game = director.snapshot().game
    assert [draft.text for draft in game.plan] == [f"arda: {act} borea"]
    assert game.left == pytest.approx(game.capital - options[act].cost)
    assert game.plan[0].ripple
    assert any(not option.legal and option.why_not for option in options.values())
    did(director, wanted.Undo())
    assert director.snapshot().game.plan == ()
    did(director, wanted.Redo())
    assert len(director.snapshot().game.plan) == 1
    did(director, wanted.Drop(0))
    assert director.snapshot().game.plan == ()


def test_what_cannot_be_done_is_said_and_changes_nothing(director):
    did(director, SOLO)
    before = director.snapshot().game
    for command in (wanted.Plan("fly borea"), wanted.Plan("praise arda"), wanted.Redo(), wanted.Load("/no/such/game")):
        said = director.carry_out(command)
        assert said is not None
        assert said.problem
        assert said.text
    assert director.snapshot().game == before


def test_two_people_plan_one_after_the_other_and_see_only_their_own_plans(director):
    did(director, wanted.Begin("classroom-triad", ("arda", "borea"), 3))
    did(director, wanted.Plan("visit borea"))
    assert director.snapshot().game.side == "arda"
    did(director, wanted.Commit())
    game = director.snapshot().game
    assert game.side == "borea"
    assert game.plan == ()
    did(director, wanted.Commit())
    while director.phase in WAITING:
        did(director, wanted.Proceed())
    game = director.snapshot().game
    assert (game.side, game.turn) == ("arda", 2)
    assert any(item.actor == "arda" and "minister" in item.text for item in game.record)


def test_those_who_watch_advance_and_decide_nothing(director):
    did(director, wanted.Begin("classroom-triad", (), 3), wanted.Advance(), wanted.Advance())
    game = director.snapshot().game
    assert game.side is None
    assert len(game.series) == 3
    assert director.carry_out(wanted.Plan("visit borea")).problem


def test_the_sum_of_an_account_is_the_relation_that_is_shown(director):
    did(director, SOLO)
    for _ in range(4):
        did(director, wanted.Commit())
        while director.phase in WAITING:
            did(director, wanted.Proceed())
    for first in states_of(director):
        for second in states_of(director):
            if first != second:
                did(director, wanted.Explain(first, second))
                account, game = director.snapshot().account, director.snapshot().game
                assert sum(row.left for row in account.rows) == pytest.approx(account.relation, abs=1e-9)
                assert account.relation == pytest.approx(game.relation(first, second), abs=1e-9)


def test_a_deal_is_sounded_out_with_what_it_would_take(director):
    did(director, SOLO, wanted.Survey("borea"))
    deal = next(option for option in director.snapshot().options["borea"] if option.legal and option.kind == "deal")
    did(director, wanted.Sound(f"{deal.act} borea", packages=True))
    answer = director.snapshot().answer
    assert answer.terms
    assert answer.score == pytest.approx(sum(value for _, value in answer.terms), abs=0.05)
    for text, _ in answer.packages:
        did(director, wanted.Sound(text))
        assert director.snapshot().answer.accepted


def test_every_turn_is_on_the_disk_before_the_next_is_planned(director, tmp_path):
    did(director, SOLO, wanted.Commit())
    while director.phase in WAITING:
        did(director, wanted.Proceed())
    kept = journals.read(director.path, recover=False)
    assert len(kept.turns) == director.current.history.turn == 1
    assert kept.turns[-1].digest == director.current.history.digests()[-1]


def test_a_kept_game_goes_on_where_it_was(director, tmp_path):
    did(director, SOLO, wanted.Commit())
    while director.phase in WAITING:
        did(director, wanted.Proceed())
    did(director, wanted.Save("evening"))
    shown = director.snapshot().game
    again = Director(tmp_path)
    did(again, wanted.Refresh(), wanted.Load(str(tmp_path / "evening.jsonl")))
    assert again.snapshot().game.relations == shown.relations
    assert again.snapshot().game.side == "arda"
    assert {save.title for save in again.snapshot().saves} >= {"evening"}


def test_a_branch_goes_on_from_an_earlier_turn_and_the_old_game_stays(director):
    did(director, wanted.Begin("classroom-triad", (), 3), wanted.Advance(), wanted.Advance(), wanted.Advance())
    old, digests = director.path, director.current.history.digests()
    did(director, wanted.Branch(1))
    assert director.current.history.turn == 1
    assert director.path != old
    did(director, wanted.Advance())
    assert director.current.history.digests() == digests[:3]  # the same luck
    assert len(journals.read(old, recover=False).turns) == 3


def test_the_browser_lists_every_shipped_scenario(director):
    did(director, wanted.Refresh())
    entries = director.snapshot().entries
    assert {"south_caucasus_2012", "classroom_triad", "hegemon_and_five"} <= {entry.id for entry in entries}
    assert all(entry.states and not entry.findings for entry in entries)


def test_a_secret_of_others_is_in_no_part_of_a_sides_snapshot(tmp_path):
    """The same game twice, with and without a secret deal between two others: what the third is shown is the same."""
    shown = []
    for text in (None, "intelligence_sharing borea secret"):
        director = Director(tmp_path / str(len(shown)))
        did(director, wanted.Begin("classroom-triad", ("arda", "cestia"), 3))
        if text is not None:
            did(director, wanted.Plan(text))
        did(director, wanted.Commit(), wanted.Commit())
        while director.phase in WAITING:
            did(director, wanted.Proceed())
        assert director.current.history.world.secrecy.any() == (text is not None)
        director.shown = 1
        shown.append(director.snapshot())
    assert shown[0] == shown[1]
