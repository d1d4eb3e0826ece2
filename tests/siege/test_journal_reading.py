"""A journal from elsewhere is read within bounds, held to what it says, and refused in one sentence."""

from __future__ import annotations

import json
import os
import socket
import tracemalloc
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from game import journal as journals
from game.cli import realpolitik
from game.errors import GameError, JournalError
from game.journal import file as files
from game.journal import fingerprint
from game.journal.lines import turn_line
from game.journal.verify import check_memory, verify_records, world_bytes
from game.kernel.world import World
from game.match.match import Setup, begin
from game.scenario import load
from tests.siege.record import found, lines_of, signed

FOLDER = Path(__file__).with_name("journals")
CASES = {
    cells[0].strip(" `"): cells[2].strip()
    for line in (FOLDER / "README.md").read_text("utf-8").splitlines()
    if len(cells := line.strip("|").split("|")) == 3 and ".jsonl" in cells[0]
}
MEGABYTES = 24
"""More than any of the found journals needs, and less than the smallest of the bombs."""


def test_every_found_journal_is_described_and_written_by_the_script():
    assert set(CASES) == {path.name for path in FOLDER.glob("*.jsonl")} == set(found())


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_found_journal_is_played_again_or_refused_in_a_sentence(name, tmp_path):
    path, said = FOLDER / name, CASES[name]
    tracemalloc.start()
    try:
        if said == "every digest agrees":
            journals.replay(journals.read(path))
        else:
            with pytest.raises(JournalError) as refused:
                journals.replay(journals.read(path))
            assert said in str(refused.value)
            assert len(str(refused.value)) < 300
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < MEGABYTES * 2**20


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_found_journal_hides_no_other_in_the_window_and_loads_or_is_refused(name, tmp_path):
    from game.play import commands as wanted
    from game.play.dispatch import Director

    (tmp_path / "games").mkdir()
    for path in (FOLDER / name, FOLDER / "true.jsonl"):
        (tmp_path / "games" / path.name).write_bytes(path.read_bytes())
    director = Director(tmp_path / "games")
    assert director.carry_out(wanted.Refresh()) is None
    listed = {Path(save.path).name: save for save in director.snapshot().saves}
    assert set(listed) == {name, "true.jsonl"}
    assert listed["true.jsonl"].turn == 3
    said = director.carry_out(wanted.Load(str(tmp_path / "games" / name)))
    assert said.text
    assert director.snapshot().game is None or not said.problem


@pytest.fixture(scope="module")
def text():
    return (FOLDER / "true.jsonl").read_text("utf-8")


def big(states, acts=0, agreements=0):
    """A small file that asks for much."""
    names = [f"s{number}" for number in range(states)]
    parts = [
        "format: 1", "id: big", "title: Big", "start: 2001-01", "turn: month", "turns: 12", "orders: 1",
        "capital: {income: 4, carry: 2}", "catalogue: standard", "attributes:",
        "  military: {unit: index, min: 0, max: 9}", "power: military", "states:",
        *(f"  {name}: {{name: A, stats: {{military: 1}}}}" for name in names),
    ]  # fmt: skip
    if acts:
        parts += ["acts:", *(f"  a{number}: {{kind: statement, name: A, cost: 1}}" for number in range(acts))]
    if agreements:
        parts += ["agreement_kinds:", *(f"  t{number}: {{name: A}}" for number in range(agreements))]
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("asked", [{"states": 400, "acts": 2000}, {"states": 200, "agreements": 6000}], ids=str)
def test_a_scenario_in_a_journal_that_asks_for_too_much_memory_is_refused_before_it_gets_any(asked, text, tmp_path):
    scenario = big(**asked)
    lines = lines_of(text)
    lines[0]["journal"] |= {"text": scenario, "hash": fingerprint(scenario), "scenario": "big"}
    path = tmp_path / "big.jsonl"
    path.write_text(signed(lines), "utf-8")
    tracemalloc.start()
    try:
        with pytest.raises(JournalError, match=r"line 1: (its scenario has|the scenario in the journal has errors)"):
            journals.replay(journals.read(path))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 300 * 2**20


def test_a_game_of_so_many_turns_that_they_fill_the_memory_is_refused(text):
    with pytest.raises(JournalError, match="are too many"):
        check_memory(load("south-caucasus-2012"), 10**6)
    check_memory(load("south-caucasus-2012"), 10_000)


def test_the_bytes_of_a_world_are_reckoned_by_its_axes():
    for name in ("classroom-triad", "hegemon-and-five", "south-caucasus-2012"):
        scenario = load(name)
        world: World = begin(Setup(scenario, 1)).history.world
        exact = sum(array.nbytes for _, array in world.arrays())
        # Which acts can be kept secret shows only once they are compiled; all are reckoned with.
        assert exact <= world_bytes(scenario) <= 2 * exact


def small(monkeypatch, **bounds):
    for name, value in bounds.items():
        monkeypatch.setattr(files, name, value)


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"LARGEST": 5_000}, "and no journal has more than"),
        ({"LONGEST": 2_000}, "longer than any line of a journal"),
        ({"MOST_VALUES": 100}, "more than any journal holds"),
        ({"MOST_TURNS": 1}, "more than any journal holds"),
    ],
    ids=str,
)
@pytest.mark.parametrize("recover", [False, True])
def test_what_is_larger_than_any_journal_is_refused_and_never_cut_down(monkeypatch, tmp_path, bounds, said, recover):
    path = tmp_path / "game.jsonl"
    path.write_bytes((FOLDER / "true.jsonl").read_bytes())
    small(monkeypatch, **bounds)
    for call in (lambda: journals.read(path, recover=recover), lambda: journals.glance(path)):
        with pytest.raises(JournalError, match=said):
            call()


def read_from(content):
    """The journal of a text, by way of a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "game.jsonl")
        path.write_text(content, "utf-8")
        return journals.read(path)


def places(value, before=()):
    """Where there is a value, in lists and mappings."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in pairs:
        yield (*before, name)
        yield from places(each, (*before, name))


TRUE = json.dumps(lines_of((FOLDER / "true.jsonl").read_text("utf-8")))
PLACES = sorted(places(json.loads(TRUE)), key=repr)
VALUES = [
    None, True, False, 0, -1, 1, 0.5, 10**12, -(10**400), float("nan"), float("-inf"), "", "x", "a" * 20_000, "\0",
    "\u202e", [], [[]], {}, {"": None}, "arda",
    "islet", "arda: praise borea", "borea: escalate islet", "script:/etc/passwd",
]  # fmt: skip


READING = [["replay"], ["why"], ["play", "--terminal", "classroom-triad", "--resume", "--journal"]]


@pytest.mark.skipif(os.name == "nt", reason="there are no such files there")
@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loop", "nothing", "socket", "link to a pipe"])
@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_what_is_no_file_is_refused_in_a_sentence_and_never_waited_for(kind, command, tmp_path):
    path = tmp_path / "game.jsonl"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as end:
                end.bind(os.path.relpath(path))
        case "link to a pipe":
            os.mkfifo(tmp_path / "pipe")
            path.symlink_to(tmp_path / "pipe")
    more = ["arda -> borea"] if command == ["why"] else []
    done = CliRunner().invoke(realpolitik, [*command, str(path), *more], prog_name="realpolitik")
    assert done.exit_code in (1, 2, 3)
    assert done.stderr.startswith("realpolitik: ")
    assert done.stderr.count("\n") == 1
    assert "bug" not in done.stderr


@settings(max_examples=60)
@given(st.sampled_from(PLACES), st.sampled_from(VALUES))
def test_any_value_anywhere_in_a_signed_journal_is_refused_or_played_and_never_a_bug(place, value):
    lines = json.loads(TRUE)
    here = lines
    for step in place[:-1]:
        here = here[step]
    here[place[-1]] = value
    with suppress(GameError):
        assert journals.replay(read_from(signed(lines))).history.turn == 3


def test_every_reason_is_held_to_what_the_reasoner_finds(text):
    """Each number and word of the reasons is altered in turn, as somebody would who signs the journal again."""
    match, lines, tried = journals.replay(read_from(text)), lines_of(text), 0
    for line in lines[1:-1]:
        for order in line["orders"]:
            for place in places(order["why"] or {}):
                here = order["why"]
                for step in place[:-1]:
                    here = here[step]
                true = here[place[-1]]
                if isinstance(true, dict):
                    continue
                here[place[-1]] = 77.5 if isinstance(true, int | float) else "praise atlantis"
                forged = turn_line(deepcopy(line), line["turn"], line["turn"] + 1)
                here[place[-1]] = true
                with pytest.raises(JournalError, match=f"turn {line['turn']} differs"):
                    verify_records(match.records(line["turn"]), forged, reasons=True)
                tried += 1
    assert tried > 150
