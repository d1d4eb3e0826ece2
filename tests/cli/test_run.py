"""run: a chronicle, an object or rows, the same bytes every time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result

from game import journal as journals
from game.cli.commands import run
from game.files import disk
from game.journal import TurnLine
from game.kernel.causes import Act, BackedDown, Disclosure, Happening
from game.kernel.orders import STANCES, Order
from game.kernel.world import OPEN, Board, Offices
from game.match.history import OrderRecord
from game.match.match import (
    EventRecord,
    Match,
    Setup,
    begin,
)
from game.measures.alliance_depth import depth
from game.measures.reputation import trust
from game.narrative.causes import in_ids
from game.narrative.chronicle import CHOICES, PHRASES, Chronicle
from game.policies.reasoner import crisis_bargaining
from game.policies.reasoner.utility import TERMS
from game.scenario import load

Call = Callable[..., Result]

GOLDEN = Path(__file__).with_name("classroom-triad.txt")


@pytest.fixture(scope="module")
def board() -> Board:
    return begin(Setup(load("classroom-triad"))).history.board


def told(board: Board, line: TurnLine, before: list[list[int]]) -> list[str]:
    return list(Chronicle(board, frozenset(board.states)).turn(line, before))


def a_turn(*orders: OrderRecord, relations: list[list[int]], events: tuple[EventRecord, ...] = ()) -> TurnLine:
    rows = tuple(tuple(row) for row in relations)
    return TurnLine(4, "2001-10", events, orders, None, rows, "", None)


FLAT = [[0, 5500, 4500], [5500, 0, -3500], [4500, -3500, 0]]


def test_a_turn_is_told_with_its_events_acts_reasons_answers_and_moves(board: Board) -> None:
    after = [[0, 6251, 4500], [5500, 0, -3500], [1000, -3500, 0]]
    why = {"score": 0.51, "terms": {"objectives": 0.42, "personality": 0.1, "cost": -0.2}, "runner_up": "deny cestia"}
    why |= {"chance": 0.2, "runner_up_score": 0.31, "runner_up_chance": -0.1}
    line = a_turn(
        OrderRecord(Order("arda", "praise", "borea"), 0, None, why),
        OrderRecord(
            Order("borea", "arms_package", "arda", 1.5), 0, False,
            why
            | {"runner_up": None, "runner_up_score": 0, "runner_up_chance": 0.3}
            | {"answer": {"commitment": -0.5, "objectives": 0.1}},
        ),
        OrderRecord(Order("cestia", "trade_agreement", "arda"), 1, True, None),
        relations=after,
        events=(EventRecord("which_side", "Both friends ask Arda where it stands", "neither", "Stand with both"),),
    )  # fmt: skip
    assert told(board, line, FLAT) == [
        "",
        "October 2001 · turn 4",
        "  ◆ Both friends ask Arda where it stands",
        "      Arda: Stand with both",
        "  Arda praises its ties with Borea",
        "      why: serves its objectives +0.42, suits its character +0.10; score +0.51 (luck +0.20), "
        "else Deny → Cestia +0.31 (luck −0.10)",
        "  Borea offers Arda: Arms package (1.5 bn USD), and is refused",
        "      why: serves its objectives +0.42, suits its character +0.10; score +0.51 (luck +0.20), "
        "else nothing 0.00 (luck +0.30)",
        "      Arda refuses: it strains what it agreed −0.50",
        "  Cestia and Arda conclude a trade agreement, agreed",
        "  Cestia → Arda  +45  →  +10  △ Warm",
        "  Arda → Borea   +55  →  +63  ★ Ally",
    ]


@pytest.fixture(scope="module")
def staffed(board: Board) -> Board:
    """The board with an envoy, and a kind of pledge."""
    offices = Offices(("government", "envoy"), ("The government", "An envoy"), np.ones(2), np.ones(2))
    kinds = replace(board.pledges, names=("no_attack",), titles=("No attack",))
    return replace(board, offices=offices, pledges=kinds)


@pytest.mark.parametrize(
    ("order", "accepted", "sentence"),
    [
        (Order("arda", "criticise", "borea", office="envoy", audience="cestia"), None,
         "An envoy of Arda criticises Borea in Cestia City"),
        (Order("cestia", "criticise", "borea", audience="arda"), None, "Cestia criticises Borea in Arda"),
        (Order("arda", "praise", "borea", audience="private"), None, "Arda praises its ties with Borea in private"),
        (Order("arda", "criticise", "borea", about="cestia"), None, "Arda criticises Borea (about Cestia)"),
        (Order("arda", "arms_package", "borea", 1.5, secret=True, purpose="the_strait"), True,
         "Arda sells arms to Borea (1.5 bn USD), for The strait, in secret, agreed"),
        (Order("arda", "trade_agreement", "borea", side_payment=0.5, pledge="no_attack"), False,
         "Arda offers Borea: Trade agreement, with a pledge: No attack, adding 0.5 political capital, and is refused"),
        (Order("arda", "trade_agreement", "borea", side_payment=-2), True,
         "Arda and Borea conclude a trade agreement, asking 2 political capital, agreed"),
        (Order("arda", "escalate", "the_strait"), None, "Arda escalates over The strait"),
        (Order("borea", "off_ramp", "the_strait"), None, "Borea offers a way out over The strait"),
    ],
)  # fmt: skip
def test_the_terms_of_an_order_are_in_its_sentence(
    staffed: Board, order: Order, accepted: bool | None, sentence: str
) -> None:
    teller = Chronicle(staffed, frozenset(staffed.states), {"cestia": "Cestia City"})
    assert teller.action(OrderRecord(order, 0, accepted, None)) == sentence


def test_a_cause_in_the_ledger_with_terms_is_told_in_words(staffed: Board) -> None:
    teller = Chronicle(staffed, frozenset(staffed.states))
    praise = Order("arda", "praise", "borea")
    assert teller.cause(Act(replace(praise, office="envoy", audience="private"))) == (
        "An envoy of Arda praises its ties with Borea in private"
    )
    assert teller.cause(Act(praise, origin=Disclosure(OPEN))) == "in the open: Arda praises its ties with Borea"
    event = [each.name for each in staffed.events].index("which_side")
    neither = Happening(event, [each.name for each in staffed.events[event].options].index("neither"))
    asked = "Both friends ask Arda where it stands: Stand with both"
    refused = "Arda offers Borea: Praise, and is refused"
    assert teller.cause(Act(praise, refused=True, origin=neither)) == f"{asked}: {refused}"
    assert in_ids(Act(praise, refused=True, origin=neither), staffed) == (
        "which_side: neither: arda: praise borea (refused)"
    )
    assert teller.cause(neither) == asked
    strait = [each.title for each in staffed.disputes].index("The strait")
    borea = staffed.state("borea")
    assert teller.cause(BackedDown(strait, borea)) == "crisis over The strait: Borea backs down"


def test_an_analysts_comment_has_a_sign_of_its_own(board: Board) -> None:
    events = (EventRecord("think_tank", "Nobody knows", None, None), EventRecord("storm", "A storm", None, None))
    line = a_turn(relations=FLAT, events=events)
    teller = Chronicle(board, frozenset(), comments=frozenset({"think_tank"}))
    assert list(teller.turn(line, FLAT))[2:4] == ["  ❝ Nobody knows", "  ◆ A storm"]


def test_news_comes_after_what_was_done(board: Board) -> None:
    lines = list(Chronicle(board, frozenset()).turn(a_turn(relations=FLAT), FLAT, ["Arda is at war"]))
    assert lines[2:] == ["  Nobody does anything.", "  ▪ Arda is at war"]


def test_what_is_secret_or_private_is_told_to_its_parties_alone(board: Board) -> None:
    secret = OrderRecord(Order("arda", "arms_package", "borea", 1.0, secret=True), 0, True, None)
    private = OrderRecord(Order("arda", "praise", "borea", audience="private"), 1, None, None)
    line = a_turn(secret, private, relations=FLAT)
    for viewer, count in ((None, 2), ("arda", 2), ("borea", 2), ("cestia", 0)):
        teller = Chronicle(board, frozenset(), viewer=viewer)
        assert sum("Borea" in each for each in teller.turn(line, FLAT)) == count


def test_the_reasons_of_others_are_told_as_they_seem_and_without_their_numbers() -> None:
    match = begin(Setup(load("classroom-triad"), 1)).advance()
    record = next(each for each in match.records(1) if each.why is not None and each.order.target == "borea")
    teller = Chronicle.of(match, "borea")
    told = list(teller.order(record, teller.known(1)))
    assert len(told) == 2
    assert told[1].startswith("      why: it ")
    assert not any(letter.isdigit() for letter in told[1])
    # What really decided is nobody else's to know: with other terms the same is told.
    otherwise = replace(record, why={**record.why, "terms": {"personality": 9.0}})
    assert list(teller.order(otherwise, teller.known(1))) == told
    own = Chronicle.of(match, record.order.state)
    assert "score " in list(own.order(record, own.known(1)))[1]


def test_the_runner_up_of_a_choice_in_a_crisis_is_told_in_words(board: Board) -> None:
    teller = Chronicle(board, frozenset())
    assert teller.act_in_words("off_ramp the_strait") == "offers a way out"
    assert teller.act_in_words("praise borea") == "Praise → Borea"


def test_every_choice_in_a_crisis_has_its_words() -> None:
    assert list(CHOICES) == list(STANCES)


def test_every_term_of_a_score_has_its_words() -> None:
    assert sorted(PHRASES) == sorted({*TERMS, *crisis_bargaining.TERMS})


def test_a_quiet_turn_says_so(board: Board) -> None:
    assert told(board, a_turn(relations=FLAT), FLAT)[2:] == ["  Nobody does anything."]


def test_a_relation_that_hardly_moves_is_not_told(board: Board) -> None:
    after = [[0, 5599, 4500], [5500, 0, -3600], [4500, -3500, 0]]
    assert told(board, a_turn(relations=after), FLAT)[3:] == ["  Borea → Cestia  −35  →  −36  ▼ Adversarial"]


def test_the_chronicle_of_the_classroom_triad_is_the_one_on_record(call: Call) -> None:
    """After a change that is meant: realpolitik run classroom-triad --seed 1 > tests/cli/classroom-triad.txt."""
    assert call("run", "classroom-triad", "--seed", "1").stdout == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_the_same_run_gives_the_same_bytes(call: Call, form: str) -> None:
    arguments = ["run", "classroom-triad", "--seed", "5", "--spreads", "drawn", "--format", form]
    first, second = call(*arguments), call(*arguments)
    assert first.exit_code == 0
    assert first.stdout_bytes == second.stdout_bytes
    assert first.stderr == ""


def test_another_seed_gives_another_game(call: Call) -> None:
    games = {call("run", "classroom-triad", "--format", "csv", "--seed", str(seed)).stdout for seed in range(4)}
    assert len(games) > 1


def test_the_object_has_every_turn_of_every_pair(call: Call) -> None:
    arguments = ("--seed", "2", "--turns", "5", "--format", "json", "--state", "cestia=random")
    data = json.loads(call("run", "classroom-triad", *arguments).stdout)
    assert list(data) == [
        "scenario", "seed", "turns", "digest", "states", "relations", "acts", "events", "news", "endings", "objectives",
    ]  # fmt: skip
    assert (data["scenario"], data["seed"], data["turns"]) == ("classroom_triad", 2, 5)
    assert data["states"] == {"arda": "Arda", "borea": "Borea", "cestia": "Cestia"}
    assert sorted(data["relations"]) == sorted(f"{a} -> {b}" for a in data["states"] for b in data["states"] if a != b)
    assert all(len(series) == 6 for series in data["relations"].values())
    assert data["relations"]["arda -> borea"][0] == 55
    assert {key for act in data["acts"] for key in act} == {
        "turn", "date", "state", "act", "target", "value", "side_payment", "secret", "audience", "office", "about",
        "purpose", "pledge", "accepted", "why",
    }  # fmt: skip
    assert {key for event in data["events"] for key in event} == {
        "turn", "date", "event", "headline", "option", "label",
    }  # fmt: skip
    assert {(objective["state"], objective["hidden"]) for objective in data["objectives"]} >= {
        ("arda", False),
        ("borea", True),
    }


def test_the_object_agrees_with_the_library(call: Call) -> None:
    data = json.loads(call("run", "classroom-triad", "--seed", "2", "--turns", "5", "--format", "json").stdout)
    match = begin(Setup(load("classroom-triad"), 2))
    for _ in range(5):
        match = match.advance()
    assert data["digest"] == match.history.digests()[-1]
    series = match.history.series()[:, 0, 1]
    assert data["relations"]["arda -> borea"] == [round(float(value) * 100) / 100 for value in series]


def test_the_rows_are_one_a_turn_and_pair(call: Call) -> None:
    lines = call("run", "classroom-triad", "--turns", "3", "--format", "csv").stdout.splitlines()
    assert lines[0] == "turn,date,from,to,relation"
    assert lines[1] == "0,2001-01,arda,borea,55.00"
    assert len(lines) == 1 + 4 * 6
    assert [line.split(",")[0] for line in lines[1:]] == sorted(str(turn) for turn in range(4) for _ in range(6))


@pytest.mark.parametrize("series", ["depth", "trust", "suspicion"])
def test_the_rows_may_be_of_another_series(call: Call, series: str) -> None:
    lines = call("run", "classroom-triad", "--turns", "2", "--format", "csv", "--series", series).stdout.splitlines()
    assert lines[0] == f"turn,date,from,to,{series}"
    assert len(lines) == 1 + 3 * 6
    match = begin(Setup(load("classroom-triad"))).advance().advance()
    board, world = match.history.board, match.history.world
    measured = {"depth": depth(board, world), "trust": trust(board, world), "suspicion": world.suspicion}[series]
    last = lines[-6].split(",")
    assert last[:4] == ["2", "2001-04", "arda", "borea"]
    assert float(last[4]) == pytest.approx(measured[0, 0, 1], abs=0.006)


def test_tension_has_a_row_a_turn_and_dispute(call: Call) -> None:
    lines = call("run", "classroom-triad", "--turns", "2", "--format", "csv", "--series", "tension").stdout.splitlines()
    match = begin(Setup(load("classroom-triad")))
    names = [each.name for each in match.history.board.disputes]
    assert lines[0] == "turn,date,dispute,tension"
    assert [tuple(line.split(",")[::2]) for line in lines[1:]] == [
        (str(turn), name) for turn in range(3) for name in names
    ]
    assert float(lines[1].split(",")[3]) == pytest.approx(match.history.world.tension[0, 0], abs=0.006)


def test_a_series_without_rows_is_a_problem_of_usage(call: Call) -> None:
    done = call("run", "classroom-triad", "--series", "depth")
    assert done.exit_code == 2
    assert "write --format csv --series depth" in done.stderr


def test_quiet_tells_only_the_end(call: Call) -> None:
    done = call("run", "classroom-triad", "--quiet")
    assert done.stdout.startswith("The end, after ")
    assert done.stderr == ""


def test_a_parameter_set_on_the_command_line_counts(call: Call) -> None:
    plain = call("run", "classroom-triad", "--format", "csv")
    changed = call("run", "classroom-triad", "--format", "csv", "--set", "balance.alpha=0.5")
    assert changed.exit_code == 0
    assert changed.stdout != plain.stdout


def test_a_state_that_waits_does_nothing(call: Call) -> None:
    data = json.loads(
        call(
            "run", "classroom-triad", "--format", "json", "--state", "arda=wait", "--state", "borea=random"
        ).stdout
    )  # fmt: skip
    doers = {act["state"] for act in data["acts"]}
    assert "arda" not in doers
    assert "borea" in doers


def test_a_state_follows_its_script(call: Call) -> None:
    Path("arda.txt").write_text("2: arda: praise borea  # once\n", encoding="utf-8")
    done = call("run", "classroom-triad", "--state", "arda=script:arda.txt", "--format", "json", "--turns", "3")
    acts = [(act["turn"], act["act"], act["why"]) for act in json.loads(done.stdout)["acts"] if act["state"] == "arda"]
    assert acts == [(2, "praise", None)]


def test_a_script_with_a_mistake_names_its_line(call: Call) -> None:
    Path("arda.txt").write_text("1: arda: praise borea\n2: arda: prase borea\n", encoding="utf-8")
    done = call("run", "classroom-triad", "--state", "arda=script:arda.txt")
    assert done.exit_code == 2
    assert "line 2" in done.stderr
    assert "'praise'" in done.stderr


def test_the_journal_holds_the_run(call: Call, journal: Path) -> None:
    read = journals.read(journal)
    assert len(read.turns) == 6
    assert read.header.policies == {"borea": "wait"}
    assert read.damage is None


def test_an_interrupted_run_keeps_its_whole_turns_and_exits_130(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(match: Match) -> Match:
        if match.history.turn == 4:
            raise KeyboardInterrupt
        return advance(match)

    advance = Match.advance
    monkeypatch.setattr(Match, "advance", interrupted)
    done = call("run", "classroom-triad", "--journal", "game.jsonl")
    assert done.exit_code == 130
    assert "interrupted after 4 whole turns, kept in game.jsonl" in done.stderr
    assert len(journals.read("game.jsonl").turns) == 4


def test_a_run_interrupted_before_its_first_turn_leaves_the_old_journal(
    call: Call, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(match: Match) -> Match:
        raise KeyboardInterrupt

    before = journal.read_bytes()
    monkeypatch.setattr(Match, "advance", interrupted)
    done = call("run", "classroom-triad", "--journal", "game.jsonl")
    assert done.exit_code == 130
    assert done.stderr.rstrip() == "realpolitik: interrupted after 0 whole turns"
    assert journal.read_bytes() == before


def test_nothing_is_called_kept_before_it_is(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(match: Match) -> Match:
        if match.history.turn == 2:
            raise KeyboardInterrupt
        return advance(match)

    def full(path: Path, *rest: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    advance = Match.advance
    monkeypatch.setattr(Match, "advance", interrupted)
    monkeypatch.setattr(journals, "keep", full)
    done = call("run", "classroom-triad", "--journal", "game.jsonl")
    assert done.exit_code == 3
    assert done.stderr == "realpolitik: game.jsonl: no space left on device\n"


def test_a_closed_folder_is_found_before_the_run(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(folder: Path) -> None:
        raise PermissionError(13, "Permission denied", str(folder / "temporary"))

    monkeypatch.setattr(disk, "probed", closed)
    done = call("run", "classroom-triad", "--journal", "game.jsonl")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert done.stderr == "realpolitik: game.jsonl: permission denied\n"


def test_the_relations_of_each_turn_follow_on_those_before(call: Call) -> None:
    """What the chronicle shows as old is what it showed as new, wherever a pair is told in two turns on end."""
    done = call("run", "classroom-triad", "--seed", "1")
    shown: dict[str, tuple[int, str]] = {}
    turn = 0
    for line in done.stdout.splitlines():
        turn += "· turn " in line
        parts = line.split("  →  ")
        if len(parts) == 2:
            pair, old = parts[0].rsplit(None, 1)
            before = shown.get(pair)
            if before and before[0] == turn - 1:
                assert old == before[1]
            shown[pair] = (turn, parts[1].split()[0])
    assert shown


def test_a_long_run_in_no_terminal_shows_no_bar() -> None:
    with run.progress(run.LONG, wanted=True) as advance:
        assert advance() is None


def test_bands_leave_no_gap() -> None:
    from game.narrative.wording import band

    words = [band(value)[1] for value in range(-100, 101)]
    changes = [value - 99 for value, (left, right) in enumerate(pairwise(words)) if left != right]
    assert changes == [-59, -29, -9, 10, 30, 60]
