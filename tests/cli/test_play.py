"""play: a person at the prompt, the game kept after every turn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import Result

from game import journal as journals
from game.cli.terminal import Table, help_for
from game.errors import IllegalOrder, InvalidOrder, UnaffordableOrder
from game.journal import TurnLine
from game.kernel.orders import STANCES
from game.kernel.world import RUMOURED
from game.match import turn_taking
from game.match.match import Setup, begin
from game.match.turn_taking import Seat
from game.narrative import briefing
from game.narrative.chronicle import Chronicle
from game.scenario import load
from game.testing import TRIAD

Call = Callable[..., Result]

PROMPT = ("play", "--terminal")

ALONE = ("classroom-triad", "--state", "arda", "--state", "borea=wait", "--state", "cestia=wait")
"""A game in which nobody else proposes anything, so that what is typed is answered by nothing but the prompt."""


def planned(place: Seat, *lines: str) -> Seat:
    """The seat with further orders."""
    plan = place.plan
    for line in lines:
        plan = turn_taking.with_order(place.match, place.name, plan, line)
    return replace(place, plan=plan)


def after(place: Seat) -> Seat:
    """The seat a turn later."""
    return Seat.of(turn_taking.played(place.match, {place.name: place.plan}), place.name)


def told(place: Seat) -> TurnLine:
    """The last turn, as a journal tells it."""
    return journals.line_of(place.match, place.match.history.turn)


@pytest.fixture
def arda() -> Seat:
    return Seat.of(begin(Setup(load("classroom-triad"), 1, policies={"arda": turn_taking.PERSON})), "arda")


def test_help_speaks_of_the_game_that_is_played(call: Call) -> None:
    shown = call(*PROMPT, *ALONE, typed="help\nquit\n").stdout
    assert "back_down the_strait" in shown
    assert "what it would take for Borea to agree" in shown
    assert "why borea -> arda" in shown


def test_help_leaves_out_what_the_game_has_nothing_of(arda: Seat) -> None:
    board = arda.match.history.board
    assert any("in a crisis" in line for line in help_for(board, 0))
    assert not any("in a crisis" in line for line in help_for(replace(board, disputes=()), 0))


def test_an_order_is_planned_and_paid_for(arda: Seat) -> None:
    ordered = planned(arda, "praise borea")
    assert [str(order) for order in ordered.plan.orders] == ["arda: praise borea"]
    assert ordered.left == arda.left - 1


@pytest.mark.parametrize(
    ("orders", "error", "sentence"),
    [
        (["prase borea"], InvalidOrder, "did you mean 'praise'"),
        (["borea: praise arda"], IllegalOrder, "arda cannot give an order for borea"),
        (["praise arda"], IllegalOrder, "cannot address itself"),
        (["praise borea", "praise borea"], IllegalOrder, "planned already"),
        (["praise borea", "praise cestia", "deny borea"], IllegalOrder, "all 2 orders of this turn are planned"),
        (["energy_contract borea", "arms_package borea"], UnaffordableOrder, "costs [0-9]+ political capital"),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_the_reason(
    arda: Seat, orders: list[str], error: type[Exception], sentence: str
) -> None:
    place = planned(arda, *orders[:-1])
    with pytest.raises(error, match=sentence):
        planned(place, orders[-1])


def test_what_is_offered_may_be_ordered(arda: Seat) -> None:
    for act, _, targets in turn_taking.open_acts(arda.match, "arda", arda.plan):
        for target in targets:
            assert planned(arda, f"{act} {target}").plan.orders


def test_a_planned_order_is_offered_no_more(arda: Seat) -> None:
    plan = planned(arda, "praise borea").plan
    assert "borea" not in {act: targets for act, _, targets in turn_taking.open_acts(arda.match, "arda", plan)}.get(
        "praise", ()
    )


@pytest.fixture
def table(arda: Seat, tmp_path: Path) -> Table:
    """Arda at the prompt."""
    return Table(arda, tmp_path / "game.jsonl")


def test_undo_takes_back_the_order_then_the_turn(table: Table) -> None:
    assert table.adopt(turn_taking.played(table.match, {}))
    first = table.lines
    table.obey("praise borea")
    table.undo("")
    assert (table.seat.plan.orders, table.match.history.turn) == ((), 1)
    table.undo("")
    assert (table.match.history.turn, table.lines) == (0, ())
    with pytest.raises(IllegalOrder, match="nothing to undo"):
        table.undo("")
    assert table.adopt(turn_taking.played(table.match, {}))
    assert table.lines == first


def test_the_option_a_person_chooses_is_the_one_taken(arda: Seat) -> None:
    place = after(after(after(arda)))
    (event,) = turn_taking.questions(place.match, "arda")
    for option in event.options:
        plan = turn_taking.with_option(place.match, "arda", place.plan, event.name, option.name)
        (fired,) = [each for each in told(after(replace(place, plan=plan))).events if each.event == event.name]
        assert fired.option == option.name


def test_a_proposal_is_accepted_or_refused_by_the_person() -> None:
    setup = Setup(load("classroom-triad"), 1, "central", {"reasoner.threshold": -20.0}, {"arda": turn_taking.PERSON})
    place = Seat.of(begin(setup), "arda")
    every = turn_taking.collected(place.match, {"arda": place.plan})
    while not turn_taking.proposals_to(place.match, every, "arda"):
        place = after(place)
        every = turn_taking.collected(place.match, {"arda": place.plan})
    _, _, order = turn_taking.proposals_to(place.match, every, "arda")[0]
    for answer in (True, False):
        plan = turn_taking.with_reply(place.match, "arda", place.plan, every, order, answer)
        records = told(after(replace(place, plan=plan))).orders
        assert [each.accepted for each in records if each.order == order] == [answer]


def test_a_game_is_played_at_the_prompt_and_kept(call: Call) -> None:
    typed = (
        "help\nacts borea\npraise borea\nplan\ndrop 1\npraise borea\nwhy borea -> arda\nrelations\ngoals\nend\nquit\n"
    )
    done = call(*PROMPT, *ALONE, "--seed", "1", typed=typed)
    assert done.exit_code == 0, done.stderr
    for said in ("You decide for Arda", "1. arda: praise borea", "Arda praises its ties with Borea", "Borea → Arda"):
        assert said in done.stdout
    assert "(hidden)" not in done.stdout
    kept = journals.read("classroom-triad.jsonl")
    assert [str(each.order) for each in kept.turns[0].orders if each.order.state == "arda"] == ["arda: praise borea"]
    assert call("replay", "classroom-triad.jsonl").exit_code == 0


def test_a_mistake_at_the_prompt_costs_nothing(call: Call) -> None:
    done = call(
        *PROMPT, "classroom-triad", "--state", "arda", typed="prais borea\nwhy arda\nrelations brea\ndrop 3\nquit\n"
    )
    assert done.exit_code == 0
    assert "did you mean 'praise'?" in done.stdout
    assert "is not a relation" in done.stdout
    assert "did you mean 'borea'?" in done.stdout
    assert "there is no order 3 to take back" in done.stdout


def test_the_end_of_the_input_leaves_the_game(call: Call) -> None:
    done = call(*PROMPT, *ALONE, typed="end\n")
    assert done.exit_code == 0
    assert len(journals.read("classroom-triad.jsonl").turns) == 1


def test_a_game_goes_on_where_it_was_left(call: Call) -> None:
    call(*PROMPT, *ALONE, "--seed", "9", typed="end\nend\nquit\n")
    again = call(*PROMPT, "classroom-triad", "--resume", typed="end\nquit\n")
    assert again.exit_code == 0, again.stderr
    assert "seed 9" in again.stdout
    assert "turn 3 of 12" in again.stdout
    assert len(journals.read("classroom-triad.jsonl").turns) == 3


def test_a_kept_game_is_not_written_over_and_the_last_is_resumed(call: Call) -> None:
    call(*PROMPT, *ALONE, typed="end\nquit\n")
    call(*PROMPT, *ALONE, typed="quit\n")
    call(*PROMPT, "classroom-triad", "--resume", typed="end\nend\nquit\n")
    kept = {path.name: len(journals.read(path).turns) for path in Path.cwd().glob("*.jsonl")}
    assert kept == {"classroom-triad.jsonl": 1, "classroom-triad-2.jsonl": 2}


def test_a_game_that_is_named_is_not_written_over_either(call: Call, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_text("precious")
    told = call(*PROMPT, *ALONE, "--journal", str(kept), typed="quit\n")
    assert told.exit_code == 2
    assert "is there already; --resume goes on with it" in told.stderr
    assert kept.read_text() == "precious"


def test_without_a_game_there_is_nothing_to_resume(call: Call) -> None:
    done = call(*PROMPT, "classroom-triad", "--resume")
    assert done.exit_code == 2
    assert "classroom-triad.jsonl: no such file" in done.stderr


def test_a_game_is_resumed_only_for_the_state_it_was_played_for(call: Call) -> None:
    call(*PROMPT, "classroom-triad", "--state", "arda", typed="quit\n")
    done = call(*PROMPT, "classroom-triad", "--resume", "--state", "borea")
    assert done.exit_code == 2
    assert "was played for arda; name that with --state" in done.stderr


def test_a_game_is_played_to_its_end(call: Call) -> None:
    done = call(*PROMPT, "classroom-triad", "--state", "arda", typed="end\n1\n1\n1\n" * 40)
    assert done.exit_code == 0, done.stderr
    assert "The end, after 12 turns" in done.stdout
    assert Path("classroom-triad.jsonl").is_file()


ORDERS = """\
1: arda: {order}
*: accept borea
"""
QUESTIONS = """\
relations
relations arda
depth arda
pledges arda
rumours
goals
intentions
why borea -> arda
why cestia -> arda
end
"""


def as_cestia(call: Call, order: str) -> tuple[str, Path]:
    """What cestia is told in eight turns in which arda gives an order in the first, and the journal of it."""
    Path("triad.yaml").write_text(TRIAD, encoding="utf-8")
    Path("arda.txt").write_text(ORDERS.format(order=order), encoding="utf-8")
    Path("borea.txt").write_text("*: accept arda\n", encoding="utf-8")
    kept = Path(f"{order.split()[0]}-{len(order)}.jsonl")
    done = call(
        *PROMPT, "triad.yaml", "--state", "cestia", "--state", "arda=script:arda.txt", "--state",
        "borea=script:borea.txt", "--seed", "4", "--journal", str(kept), typed=QUESTIONS * 8 + "quit\n",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    return done.stdout.replace(str(kept), "the journal"), kept


def test_a_state_outside_is_told_nothing_of_what_two_others_agree_in_secret(call: Call) -> None:
    """All that cestia can ask and is told is, letter for letter, what it is where nothing happens."""
    heard, kept = as_cestia(call, "arms_package borea value=2 secret")
    quiet, _ = as_cestia(call, "arms_package cestia value=2 secret")
    assert [str(each.order) for each in journals.read(kept).turns[0].orders] == [
        "arda: arms_package borea value=2 secret"
    ]
    assert heard == quiet


def test_a_deal_in_the_open_is_told_to_everybody(call: Call) -> None:
    told, _ = as_cestia(call, "arms_package borea value=2")
    assert "Arda sells arms to Borea (2 bn USD), agreed" in told
    assert "Borea gives its word to Arda: End use, for 24 turns" in told


def test_a_party_is_told_of_its_own_secret(call: Call) -> None:
    Path("triad.yaml").write_text(TRIAD, encoding="utf-8")
    Path("arda.txt").write_text("1: arda: arms_package borea value=2 secret\n", encoding="utf-8")
    done = call(
        *PROMPT, "triad.yaml", "--state", "borea", "--state", "arda=script:arda.txt", "--state", "cestia=wait",
        "--seed", "4", typed="end\n1\nrumours\npledges\nquit\n",
    )  # fmt: skip
    assert "A proposal: Arda sells arms to Borea (2 bn USD), in secret" in done.stdout
    assert "  Secret: Arda sells arms to Borea" in done.stdout
    assert "Borea to Arda  End use  for 24 turns  given January 2001  weighs 1.00  between the two" in done.stdout


@pytest.fixture
def crisis(arda: Seat) -> Seat:
    """Borea's seat with its crisis over the strait at rung 3, an alert, and Cestia's at 2."""
    match = begin(Setup(load("classroom-triad"), 1, policies={"borea": turn_taking.PERSON}))
    place = Seat.of(match, "borea")
    assert place.match.history.opened is not None
    world, ledger = place.match.history.opened
    rung = world.rung.copy()
    rung[0, 0] = (3, 2)
    history = replace(place.match.history, opened=(replace(world, rung=rung), ledger))
    return replace(place, match=place.match.with_history(history))


def test_a_crisis_puts_its_four_choices_with_what_each_would_come_to(crisis: Seat) -> None:
    (number,) = turn_taking.open_crises(crisis.match, "borea", crisis.plan)
    question, choices = briefing.choices(crisis, number)
    labels = [label for _, label in choices]
    params = crisis.match.history.parameters["crises"]
    board = crisis.match.history.board
    # The audience cost of rung 3, times one half and the concern of a small state for what is said at home.
    home = 0.5 + float(board.personalities.sliders["domestic_focus"][crisis.state])
    assert question == "Crisis over The strait: Borea at alert and Cestia at penalty"
    assert [stance for stance, _ in choices] == list(STANCES)
    assert "climb to ultimatum" in labels[0]
    assert "stay at alert" in labels[1]
    assert f"costs {params.price:g} political capital" in labels[2]
    backing = min(params.audience * 3 * home, float(crisis.match.history.world.capital[0, crisis.state]))
    assert f"costs {round(backing, 2):g} political capital" in labels[3]


def test_what_a_choice_is_said_to_cost_is_what_it_costs(crisis: Seat) -> None:
    said = briefing.outcomes(crisis, 0, {})["back_down"].capital[crisis.state]
    quiet = after(planned(crisis, "hold the_strait")).match.history.world.capital
    yielding = after(planned(crisis, "back_down the_strait")).match.history.world.capital
    assert said < 0
    assert yielding[0, crisis.state] <= quiet[0, crisis.state]


def test_a_choice_in_a_crisis_takes_no_slot_and_may_be_made_anew(crisis: Seat) -> None:
    chosen = planned(crisis, "escalate the_strait", "back_down the_strait")
    assert [str(order) for order in chosen.plan.stances] == ["borea: back_down the_strait"]
    assert (chosen.plan.orders, chosen.left) == ((), crisis.left)
    assert turn_taking.open_crises(chosen.match, "borea", chosen.plan) == []
    assert "borea: back_down the_strait" in [str(each.order) for each in told(after(chosen)).orders]


def test_undo_takes_back_a_choice_in_a_crisis_before_a_turn(crisis: Seat, tmp_path: Path) -> None:
    table = Table(crisis, tmp_path / "game.jsonl")
    table.obey("back_down the_strait")
    table.obey("warn cestia")
    table.undo("")
    assert (table.seat.plan.orders, len(table.seat.plan.stances)) == ((), 1)
    table.undo("")
    assert table.seat.plan.stances == ()


def risen(place: Seat, first: int, second: int, *out: int) -> Seat:
    """The seat with both sides of its crisis on other rungs, and some states out."""
    opened = place.match.history.opened
    assert opened is not None
    world, gone = opened[0], opened[0].out.copy()
    gone[0, list(out)] = True
    rung = np.array([[[first, second]]], dtype=world.rung.dtype)
    history = replace(place.match.history, opened=(replace(world, rung=rung, out=gone), opened[1]))
    return replace(place, match=place.match.with_history(history))


def test_backing_down_from_a_query_costs_nothing_and_says_so(crisis: Seat) -> None:
    labels = briefing.choices(risen(crisis, 0, 0), 0)[1]
    assert labels[3] == (
        "back_down",
        "give way; it costs 0 political capital and the regard of your friends",
    )


def test_a_war_puts_no_choices_and_turns_go_on_without_its_sides(crisis: Seat) -> None:
    fought = risen(crisis, 6, 6, 1, 2)
    assert turn_taking.open_crises(fought.match, "borea", fought.plan) == []
    assert after(fought).match.history.turn == 1


def test_nothing_is_chosen_in_a_war_that_breaks_out(crisis: Seat) -> None:
    breaking = risen(crisis, 6, 6)
    assert turn_taking.open_crises(breaking.match, "borea", breaking.plan) == []
    with pytest.raises(IllegalOrder, match="it is war over The strait, and nothing is left to choose"):
        planned(breaking, "hold the_strait")


def test_of_a_query_only_its_two_sides_are_told() -> None:
    """Both hold on the lowest rung, and so step down from it; from penalty on everybody knows what they choose."""
    match = begin(Setup(load("classroom-triad"), 1, policies={"borea": turn_taking.PERSON, "cestia": "wait"}))
    heard = {}
    for rung in (0, 2):
        place = risen(Seat.of(match, "borea"), rung, rung)
        later = after(planned(place, "hold the_strait"))
        for viewer in ("borea", "arda"):
            teller = Chronicle.of(later.match, viewer)
            lines = list(teller.turn(told(later), told(later).relations))
            heard[rung, viewer] = any("Borea stands firm over The strait" in line for line in lines)
    assert heard == {(0, "borea"): True, (0, "arda"): False, (2, "borea"): True, (2, "arda"): True}


def test_the_briefing_tells_of_a_crisis(crisis: Seat) -> None:
    assert any("crisis: Borea at alert and Cestia at penalty" in line for line in briefing.briefing(crisis))


def test_a_rumour_about_oneself_may_be_confirmed_or_denied(arda: Seat) -> None:
    board = arda.match.history.board
    assert arda.match.history.opened is not None
    world, ledger = arda.match.history.opened
    secrecy = world.secrecy.copy()
    place = board.acts.secrets.index(board.acts.act("arms_package"))
    secrecy[0, place, arda.state, board.state("borea")] = RUMOURED
    kind = int(board.acts.signs[board.acts.act("arms_package")])
    agreements = world.agreements.copy()
    agreements[0, kind, arda.state, board.state("borea")] = 12
    opened = (replace(world, secrecy=secrecy, agreements=agreements), ledger)
    heard = replace(arda, match=arda.match.with_history(replace(arda.match.history, opened=opened)))
    lines = list(briefing.briefing(heard))
    assert "  Rumoured: Arda sells arms to Borea" in lines
    assert "      `deny borea` or `confirm borea` or say nothing" in lines
    assert list(briefing.whispers(heard)) == ["  Rumoured: Arda sells arms to Borea"]
    assert planned(heard, "deny borea").plan.orders


def test_what_it_is_said_to_take_is_what_is_accepted(call: Call) -> None:
    """Whatever `take` offers first is planned as it stands, and agreed to in the same turn."""
    asked = call(
        *PROMPT, "classroom-triad", "--state", "arda", "--seed", "1", typed="take training_mission borea\nquit\n"
    ).stdout
    (offer,) = [line for line in asked.splitlines() if "training_mission borea" in line][:1]
    terms = offer.partition("training_mission borea")[2].partition(" worth ")[0].strip()
    place = Seat.of(begin(Setup(load("classroom-triad"), 1, policies={"arda": turn_taking.PERSON})), "arda")
    records = told(after(planned(place, f"training_mission borea {terms}"))).orders
    assert [each.accepted for each in records if each.order.state == "arda"] == [True]


def test_what_stands_in_the_way_of_a_deal_is_said(call: Call) -> None:
    done = call(
        *PROMPT, *ALONE, typed="take praise borea\nask training_mission borea\ntake training_mision borea\nquit\n"
    )
    assert "praise is not a deal: nobody has to accept it" in done.stdout
    assert "Borea is not decided for by the reasoner" in done.stdout
    assert "did you mean 'training_mission'" in done.stdout
