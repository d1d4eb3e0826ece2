"""replay verifies a journal; why takes it apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from game import journal as journals
from game.journal import TurnLine
from game.match.history import OrderRecord
from game.testing import TRIAD

Call = Callable[..., Result]


def reasoned(path: Path) -> tuple[TurnLine, OrderRecord]:
    """The last order of a journal that has its reasons."""
    found = [(line, each) for line in journals.read(path).turns for each in line.orders if each.why is not None]
    return found[-1]


def rewritten(path: Path, old: str, new: str) -> None:
    """The journal with a text replaced and every check made anew, so that only the game itself is wrong."""
    lines, check = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        body = line.rpartition(',"check":"')[0].replace(old, new) + "}"
        check = journals.fingerprint(check + body)
        lines.append(f'{body[:-1]},"check":"{check}"}}')
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_a_journal_is_played_again_and_agrees(call: Call, journal: Path) -> None:
    done = call("replay", str(journal))
    assert done.exit_code == 0
    assert "classroom_triad, seed 3: 6 turns played again, every digest agrees" in done.stdout
    assert journals.read(journal).turns[-1].digest in done.stdout


def test_a_journal_that_differs_names_its_turn(call: Call, journal: Path) -> None:
    rewritten(journal, journals.read(journal).turns[2].digest, "0" * 16)
    done = call("replay", str(journal))
    assert done.exit_code == 1
    assert "turn 3 differs" in done.stderr


def test_a_journal_of_another_opening_names_turn_and_pair(call: Call, journal: Path) -> None:
    text = journals.read(journal).header.text
    rewritten(journal, "arda <-> borea: 55", "arda <-> borea: 54")
    rewritten(journal, *(journals.fingerprint(each) for each in (text, text.replace("borea: 55", "borea: 54"))))
    done = call("replay", str(journal))
    assert done.exit_code == 1
    assert "turn 1 differs" in done.stderr
    assert "arda -> borea is " in done.stderr


def test_an_altered_line_is_named(call: Call, journal: Path) -> None:
    text = journal.read_text(encoding="utf-8")
    journal.write_text(text.replace('"seed":3', '"seed":4', 1), encoding="utf-8")
    done = call("replay", str(journal))
    assert done.exit_code == 1
    assert "line 1" in done.stderr


def test_a_cut_journal_is_recovered_up_to_its_last_whole_turn(call: Call, journal: Path) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(lines[:4]) + lines[4][:40])
    refused, kept = call("replay", str(journal)), call("replay", str(journal), "--recover")
    assert refused.exit_code == 1
    assert "line 5" in refused.stderr
    assert kept.exit_code == 0
    assert "3 turns played again" in kept.stdout
    assert "3 whole turns kept, the damaged file is now game.jsonl.damaged" in kept.stderr


def cut(path: Path) -> bytes:
    """Cut a journal in its fourth turn; the bytes that are left."""
    lines = path.read_bytes().splitlines(keepends=True)
    left = b"".join(lines[:4]) + lines[4][:40]
    path.write_bytes(left)
    return left


def test_a_recovered_journal_is_whole_again_and_the_damaged_one_is_beside_it(call: Call, journal: Path) -> None:
    left = cut(journal)
    call("replay", str(journal), "--recover")
    assert len(journals.read(journal).turns) == 3
    assert Path("game.jsonl.damaged").read_bytes() == left
    again = call("replay", str(journal))
    assert (again.exit_code, again.stderr) == (0, "")


def test_a_second_recovery_keeps_the_first_damaged_file(call: Call, journal: Path) -> None:
    Path("game.jsonl.damaged").write_text("an earlier one", encoding="utf-8")
    left = cut(journal)
    call("replay", str(journal), "--recover")
    assert Path("game.jsonl.damaged").read_text(encoding="utf-8") == "an earlier one"
    assert Path("game.jsonl.damaged-2").read_bytes() == left


def test_recovering_a_whole_journal_changes_nothing(call: Call, journal: Path) -> None:
    before = journal.read_bytes()
    done = call("replay", str(journal), "--recover")
    assert (done.exit_code, done.stderr) == (0, "")
    assert journal.read_bytes() == before
    assert [path.name for path in Path.cwd().iterdir()] == [journal.name]


def test_turns_that_differ_are_not_written_back(call: Call, journal: Path) -> None:
    rewritten(journal, journals.read(journal).turns[1].digest, "0" * 16)
    left = cut(journal)
    assert call("replay", str(journal), "--recover").exit_code == 1
    assert journal.read_bytes() == left
    assert [path.name for path in Path.cwd().iterdir()] == [journal.name]


def test_why_reads_the_whole_turns_of_a_damaged_journal_and_leaves_it(call: Call, journal: Path) -> None:
    left = cut(journal)
    refused = call("why", str(journal), "arda -> cestia")
    done = call("why", str(journal), "arda -> cestia", "--recover")
    assert refused.exit_code == 1
    assert done.exit_code == 0
    assert "after turn 3" in done.stdout
    assert "line 5" in done.stderr
    assert journal.read_bytes() == left


def test_a_game_resumed_from_a_damaged_journal_keeps_the_damaged_file(call: Call) -> None:
    call("play", "--terminal", "classroom-triad", "--state", "arda", typed="end\nend\nquit\n")
    path = Path("classroom-triad.jsonl")
    left = path.read_bytes()[:-20]
    path.write_bytes(left)
    done = call("play", "--terminal", "classroom-triad", "--resume", typed="quit\n")
    assert done.exit_code == 0, done.stderr
    assert "the damaged file is now classroom-triad.jsonl.damaged" in done.stderr
    assert Path("classroom-triad.jsonl.damaged").read_bytes() == left


@pytest.mark.parametrize(
    "arguments",
    [
        ("replay", "game.jsonl"),
        ("why", "game.jsonl", "arda -> borea"),
        ("play", "--terminal", "classroom-triad", "--resume", "--journal", "game.jsonl"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_is_wrong_with_a_journal_is_said_with_its_file(
    call: Call, journal: Path, arguments: tuple[str, ...]
) -> None:
    rewritten(journal, journals.read(journal).turns[2].digest, "0" * 16)
    done = call(*arguments)
    assert done.exit_code == 1
    assert done.stderr.startswith("realpolitik: game.jsonl: line 4: turn 3 differs: ")


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('"order":"arda: ', '"order":"atlantis: ', "there is no state called 'atlantis'"),
        ('"slot":0', '"slot":99', "is in slot 99"),
        ('"slot":1', '"slot":0', "which has an order already"),
        ('"seed":3', '"seed":"3"', "'3' is not int"),
        ('"reasoner.threshold"', '"reasoner.treshold"', "there is no parameter called 'reasoner.treshold'"),
        ('"score":', '"sore":', "is not complete ('score')"),
    ],
)
def test_a_forged_journal_is_a_finding_and_no_bug(call: Call, journal: Path, old: str, new: str, sentence: str) -> None:
    assert old in journal.read_text(encoding="utf-8")
    rewritten(journal, old, new)
    done = call("replay", str(journal))
    assert done.exit_code == 1
    assert sentence in done.stderr
    assert "a bug" not in done.stderr
    assert "line " in done.stderr


def test_the_causes_of_a_relation_sum_to_it(call: Call, journal: Path) -> None:
    for turn in range(7):
        arguments = ("why", str(journal), "arda -> cestia", "--turn", str(turn), "--format", "json")
        found = json.loads(call(*arguments).stdout)
        assert (found["first"], found["second"], found["turn"]) == ("arda", "cestia", turn)
        assert sum(row["left"] for row in found["rows"]) == pytest.approx(found["relation"], abs=1e-9)


def test_a_relation_is_explained_in_words(call: Call, journal: Path) -> None:
    done = call("why", str(journal), "arda->cestia")
    head, first, *_ = done.stdout.splitlines()
    assert head.startswith("Arda → Cestia after turn 6 (April 2002): ")
    assert "lasts" in done.stdout
    assert first.lstrip()[0] in "+−"


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["arda -> cesta"], "there is no state called 'cesta'; did you mean 'cestia'?"),
        (["arda cestia"], "is not a relation; write 'bora -> ada'"),
        (["arda -> arda"], "arda has no relation to itself"),
        (["arda -> cestia", "--turn", "9"], "there is no turn 9 to explain"),
        (["--order", "arda praise borea"], "is not an order"),
        (["--order", "arda: prase borea"], "there is no act called 'prase'; did you mean 'praise'?"),
        (["--order", "arda: abrogate borea"], "was given in no turn"),
        (["--order", "arda: abrogate borea", "--turn", "2"], "was not given in turn 2"),
        (["arda -> cestia", "--order", "arda: praise borea"], "name a relation"),
    ],
)
def test_a_question_that_has_no_answer_says_why(call: Call, journal: Path, arguments: list[str], sentence: str) -> None:
    done = call("why", str(journal), *arguments)
    assert done.exit_code == 2
    assert sentence in done.stderr


def test_an_order_is_explained_by_its_terms_and_the_runner_up(call: Call, journal: Path) -> None:
    line, record = reasoned(journal)
    assert record.why is not None
    done = call("why", str(journal), "--order", str(record.order), "--turn", str(line.turn))
    assert done.exit_code == 0, done.stderr
    assert f"(turn {line.turn}, " in done.stdout
    assert "else: " in done.stdout
    largest = max(record.why["terms"], key=lambda name: abs(record.why["terms"][name]))
    assert f"  {largest} " in done.stdout.splitlines()[3]


def test_an_order_is_explained_as_data(call: Call, journal: Path) -> None:
    line, record = reasoned(journal)
    arguments = ("--order", str(record.order), "--turn", str(line.turn), "--format", "json")
    found = json.loads(call("why", str(journal), *arguments).stdout)
    assert found["why"] == record.why
    assert (found["turn"], found["state"], found["act"]) == (line.turn, record.order.state, record.order.act)


def test_an_order_of_a_script_has_no_reasons_and_says_so(call: Call) -> None:
    Path("arda.txt").write_text("1: arda: praise borea\n", encoding="utf-8")
    call("run", "classroom-triad", "--turns", "2", "--state", "arda=script:arda.txt", "--journal", "game.jsonl")
    done = call("why", "game.jsonl", "--order", "arda: praise borea")
    assert "No reasons are recorded: Arda was decided by script:arda.txt" in done.stdout


def test_a_value_with_more_digits_than_a_journal_writes_replays_all_the_same(call: Call) -> None:
    Path("arda.txt").write_text("1: arda: arms_package borea value=1.23456789\n", encoding="utf-8")
    call("run", "classroom-triad", "--turns", "2", "--state", "arda=script:arda.txt", "--journal", "game.jsonl")
    assert "arda: arms_package borea value=1.23457" in Path("game.jsonl").read_text(encoding="utf-8")
    assert call("replay", "game.jsonl").exit_code == 0


def test_what_only_two_know_is_marked_among_the_causes(call: Call) -> None:
    Path("triad.yaml").write_text(TRIAD, encoding="utf-8")
    Path("arda.txt").write_text("1: arda: arms_package borea value=2 purpose=islet secret\n", encoding="utf-8")
    Path("borea.txt").write_text("*: accept arda\n", encoding="utf-8")
    seats = ("arda=script:arda.txt", "borea=script:borea.txt", "cestia=wait")
    options = [word for seat in seats for word in ("--state", seat)]
    done = call("run", "triad.yaml", "--turns", "1", "--seed", "4", "--journal", "game.jsonl", *options)
    assert "Arda sells arms to Borea (2 bn USD), for The islet, in secret, agreed" in done.stdout
    told = call("why", "game.jsonl", "borea -> arda").stdout
    assert "Arda sells arms to Borea (2 bn USD), for The islet, in secret (known to the two alone)" in told
    assert "agreement in force: Arms supply (known to the two alone)" in told
    assert "(known to the two alone)" not in call("why", "game.jsonl", "cestia -> arda").stdout
