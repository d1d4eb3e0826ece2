"""play: a person at the prompt, the game kept after every turn."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from game import journal as journals
from game.cli import seat
from game.cli.seat import Seat
from game.errors import IllegalOrder, InvalidOrder, UnaffordableOrder
from game.match import Setup, begin
from game.scenario import load

Call = Callable[..., Result]

ALONE = ("classroom-triad", "--state", "arda", "--state", "borea=wait", "--state", "cestia=wait")
"""A game in which nobody else proposes anything, so that what is typed is answered by nothing but the prompt."""


@pytest.fixture
def arda() -> Seat:
    return Seat.of(begin(Setup(load("classroom-triad"), 1, policies={"arda": seat.PERSON})), "arda")


def test_an_order_is_planned_and_paid_for(arda: Seat) -> None:
    planned = seat.planned(arda, "praise borea")
    assert [str(order) for order in planned.plan] == ["arda: praise borea"]
    assert planned.left == arda.left - 1


@pytest.mark.parametrize(
    ("orders", "error", "sentence"),
    [
        (["prase borea"], InvalidOrder, "did you mean 'praise'"),
        (["borea: praise arda"], InvalidOrder, "you decide for arda, not for borea"),
        (["praise arda"], IllegalOrder, "cannot address itself"),
        (["praise borea", "praise borea"], IllegalOrder, "planned already"),
        (["praise borea", "praise cestia", "deny borea"], IllegalOrder, "all 2 orders of this turn are planned"),
        (["energy_contract borea", "arms_package borea"], UnaffordableOrder, "costs 2 political capital"),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_the_reason(
    arda: Seat, orders: list[str], error: type[Exception], sentence: str
) -> None:
    place = arda
    for line in orders[:-1]:
        place = seat.planned(place, line)
    with pytest.raises(error, match=sentence):
        seat.planned(place, orders[-1])


def test_what_is_offered_may_be_ordered(arda: Seat) -> None:
    for act, _, targets in seat.open_acts(arda):
        for target in targets:
            assert seat.planned(arda, f"{act} {target}").plan


def test_a_planned_order_is_offered_no_more(arda: Seat) -> None:
    planned = seat.planned(arda, "praise borea")
    assert "borea" not in {act: targets for act, _, targets in seat.open_acts(planned)}.get("praise", ())


def test_undo_takes_back_the_order_then_the_turn(arda: Seat) -> None:
    later = seat.planned(seat.played(arda, {}), "praise borea")
    assert seat.taken_back(later).plan == ()
    earlier = seat.taken_back(seat.taken_back(later))
    assert earlier.match.history.turn == 0
    assert earlier.lines == ()
    assert seat.played(earlier, {}).lines == seat.played(arda, {}).lines
    with pytest.raises(IllegalOrder, match="nothing to undo"):
        seat.taken_back(earlier)


def test_the_option_a_person_chooses_is_the_one_taken(arda: Seat) -> None:
    place = arda
    for _ in range(3):
        place = seat.played(place, {})
    ((index, event),) = seat.questions(place)
    for number, option in enumerate(event.options):
        chosen = Seat(place.match, place.state, options={index: number}, lines=place.lines)
        (fired,) = [each for each in seat.played(chosen, {}).lines[-1].events if each.event == event.name]
        assert fired.option == option.name


def test_a_proposal_is_accepted_or_refused_by_the_person() -> None:
    setup = Setup(load("classroom-triad"), 1, "central", {"reasoner.threshold": -20.0}, {"arda": seat.PERSON})
    place = Seat.of(begin(setup), "arda")
    while not seat.proposals(place):
        place = seat.played(place, {})
    state, slot, order = seat.proposals(place)[0]
    for answer in (True, False):
        records = seat.played(place, {(state, slot): answer}).lines[-1].orders
        assert [each.accepted for each in records if each.order == order] == [answer]


def test_a_game_is_played_at_the_prompt_and_kept(call: Call) -> None:
    typed = (
        "help\nacts borea\npraise borea\nplan\ndrop 1\npraise borea\nwhy borea -> arda\nrelations\ngoals\nend\nquit\n"
    )
    done = call("play", *ALONE, "--seed", "1", typed=typed)
    assert done.exit_code == 0, done.stderr
    for said in ("You decide for Arda", "1. arda: praise borea", "Arda praises its ties with Borea", "Borea → Arda"):
        assert said in done.stdout
    assert "(hidden)" not in done.stdout
    kept = journals.read("classroom-triad.jsonl")
    assert [str(each.order) for each in kept.turns[0].orders if each.order.state == "arda"] == ["arda: praise borea"]
    assert call("replay", "classroom-triad.jsonl").exit_code == 0


def test_a_slip_at_the_prompt_costs_nothing(call: Call) -> None:
    done = call(
        "play", "classroom-triad", "--state", "arda", typed="prais borea\nwhy arda\nrelations brea\ndrop 3\nquit\n"
    )
    assert done.exit_code == 0
    assert "did you mean 'praise'?" in done.stdout
    assert "is not a relation" in done.stdout
    assert "did you mean 'borea'?" in done.stdout
    assert "there is no order 3 to drop" in done.stdout


def test_the_end_of_the_input_leaves_the_game(call: Call) -> None:
    done = call("play", *ALONE, typed="end\n")
    assert done.exit_code == 0
    assert len(journals.read("classroom-triad.jsonl").turns) == 1


def test_a_game_goes_on_where_it_was_left(call: Call) -> None:
    call("play", *ALONE, "--seed", "9", typed="end\nend\nquit\n")
    again = call("play", "classroom-triad", "--resume", typed="end\nquit\n")
    assert again.exit_code == 0, again.stderr
    assert "seed 9" in again.stdout
    assert "turn 3 of 12" in again.stdout
    assert len(journals.read("classroom-triad.jsonl").turns) == 3


def test_a_kept_game_is_not_written_over_and_the_last_is_resumed(call: Call) -> None:
    call("play", *ALONE, typed="end\nquit\n")
    call("play", *ALONE, typed="quit\n")
    call("play", "classroom-triad", "--resume", typed="end\nend\nquit\n")
    kept = {path.name: len(journals.read(path).turns) for path in Path.cwd().glob("*.jsonl")}
    assert kept == {"classroom-triad.jsonl": 1, "classroom-triad-2.jsonl": 2}


def test_a_game_that_is_named_is_not_written_over_either(call: Call, tmp_path: Path) -> None:
    kept = tmp_path / "kept.jsonl"
    kept.write_text("precious")
    told = call("play", *ALONE, "--journal", str(kept), typed="quit\n")
    assert told.exit_code == 2
    assert "is there already; --resume goes on with it" in told.stderr
    assert kept.read_text() == "precious"


def test_without_a_game_there_is_nothing_to_resume(call: Call) -> None:
    done = call("play", "classroom-triad", "--resume")
    assert done.exit_code == 2
    assert "classroom-triad.jsonl: no such file" in done.stderr


def test_a_game_is_resumed_only_for_the_state_it_was_played_for(call: Call) -> None:
    call("play", "classroom-triad", "--state", "arda", typed="quit\n")
    done = call("play", "classroom-triad", "--resume", "--state", "borea")
    assert done.exit_code == 2
    assert "was played for arda; name that with --state" in done.stderr


def test_a_game_is_played_to_its_end(call: Call) -> None:
    done = call("play", "classroom-triad", "--state", "arda", typed="end\n1\n1\n1\n" * 40)
    assert done.exit_code == 0, done.stderr
    assert "The end, after 12 turns" in done.stdout
    assert Path("classroom-triad.jsonl").is_file()
