"""journal: what is written can be read, verified, and told apart from what was damaged."""

from __future__ import annotations

import errno
import json
import os
from dataclasses import replace

import pytest

from game import journal as journals
from game.errors import JournalError
from game.journal import journal_of, keyframe, read, replay, text_of, unpacked, write
from game.match import Setup, begin
from game.scenario import load
from game.world import digest


@pytest.fixture(scope="module")
def match():
    playing = begin(Setup(load("south-caucasus-2012"), 5, "drawn", {"balance.coupling": 0.5}, {"armenia": "random"}))
    for _ in range(14):
        playing = playing.advance()
    return playing


@pytest.fixture(scope="module")
def text(match):
    return text_of(journal_of(match))


@pytest.fixture
def file(tmp_path, text):
    path = tmp_path / "game.journal"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_journal_comes_back_as_it_was_written(file, text):
    assert text_of(read(file)) == text


def test_there_is_a_line_a_turn_between_header_and_end(text):
    lines = [json.loads(line) for line in text.splitlines()]
    assert "journal" in lines[0]
    assert [line["turn"] for line in lines[1:-1]] == list(range(1, 15))
    assert lines[-1]["end"] == 14


def test_every_order_of_the_reasoner_carries_its_terms_and_the_runner_up(text):
    orders = [order for line in text.splitlines()[1:-1] for order in json.loads(line)["orders"]]
    reasoned = [order for order in orders if not order["order"].startswith("armenia")]
    assert len(reasoned) > 50
    for order in reasoned:
        why = order["why"]
        assert sum(why["terms"].values()) == pytest.approx(why["score"], abs=1e-4)
        assert why["runner_up"] is None or why["runner_up_score"] is not None
    assert all(order["why"] is None for order in orders if order["order"].startswith("armenia"))


def test_a_replay_gives_the_same_digests_and_the_same_journal(file, match, text):
    again = replay(read(file))
    assert again.history.digests() == match.history.digests()


def test_a_replay_may_stop_early_and_go_on_as_a_branch(file, match):
    again = replay(read(file), turns=6)
    assert again.history.turn == 6
    assert again.advance().history.digests()[7] == match.history.digests()[7]


def test_an_undone_turn_can_be_played_again(match):
    back = match.with_history(match.history.back_to(10))
    assert back.advance().history.digests()[11] == match.history.digests()[11]


def test_a_keyframe_is_the_whole_world(match):
    world = match.history.worlds[12]
    assert digest(unpacked(keyframe(world), match.history.worlds[0])) == digest(world)


def test_a_keyframe_is_stored_every_twelve_turns(text):
    stored = [line["turn"] for line in map(json.loads, text.splitlines()[1:-1]) if line["keyframe"]]
    assert stored == [12]


@pytest.mark.parametrize("whole", [1, 2, 7, 14, 15])
def test_a_file_that_is_cut_names_the_line_and_keeps_what_is_whole(file, text, whole):
    lines = text.encode().splitlines(keepends=True)
    file.write_bytes(b"".join(lines[:whole]) + lines[whole][: len(lines[whole]) // 2])
    with pytest.raises(JournalError, match=f"line {whole + 1}"):
        read(file)
    recovered = read(file, recover=True)
    assert recovered.damage is not None
    assert len(recovered.turns) == whole - 1
    assert replay(recovered).history.turn == whole - 1


def test_a_file_cut_between_lines_is_noticed_too(file, text):
    lines = text.splitlines(keepends=True)
    file.write_text("".join(lines[:8]), encoding="utf-8")
    with pytest.raises(JournalError, match="cut off after turn 7"):
        read(file)
    assert len(read(file, recover=True).turns) == 7


@pytest.mark.parametrize("number", [1, 4, 16])
def test_an_altered_line_is_named(file, text, number):
    lines = text.splitlines(keepends=True)
    line = lines[number - 1]
    place = len(line) // 3
    other = "7" if line[place] != "7" else "8"
    lines[number - 1] = line[:place] + other + line[place + 1 :]
    file.write_text("".join(lines), encoding="utf-8")
    with pytest.raises(JournalError, match=f"line {number} ") as raised:
        read(file)
    assert raised.value.line == number


def test_a_line_that_is_left_out_is_noticed(file, text):
    lines = text.splitlines(keepends=True)
    file.write_text("".join(lines[:5] + lines[6:]), encoding="utf-8")
    with pytest.raises(JournalError, match="line 6 was altered, or follows a line that was"):
        read(file)


@pytest.mark.parametrize("raw", [b"", b"\x00\xff", b"[1, 2]\n", b'{"a": 1}\n', b"[" * 100_000])
def test_what_is_no_journal_is_refused_with_its_line(tmp_path, raw):
    path = tmp_path / "game.journal"
    path.write_bytes(raw)
    for recover in (False, True):
        with pytest.raises(JournalError, match="line 1"):
            read(path, recover=recover)


def test_a_replay_that_differs_names_turn_and_pair(file, match):
    journal = read(file)
    line = journal.turns[8]
    table = [list(row) for row in line.relations]
    table[1][2] += 300
    altered = replace(line, relations=tuple(map(tuple, table)), digest="0" * 16)
    states = match.history.board.states
    with pytest.raises(JournalError, match=f"turn 9 differs.*{states[1]} -> {states[2]} is") as raised:
        replay(replace(journal, turns=(*journal.turns[:8], altered, *journal.turns[9:])))
    assert raised.value.turn == 9


def test_an_altered_order_makes_its_turn_differ(file):
    journal = read(file)
    turn = next(line for line in journal.turns if line.orders)
    fewer = replace(turn, orders=turn.orders[1:])
    changed = tuple(fewer if line is turn else line for line in journal.turns)
    with pytest.raises(JournalError, match=f"turn {turn.turn} differs"):
        replay(replace(journal, turns=changed))


def test_a_disk_that_fills_leaves_the_old_journal_as_it_was(file, text, match, monkeypatch):
    def full(descriptor):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journals.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(file, journal_of(match.with_history(match.history.back_to(2))))
    assert file.read_text(encoding="utf-8") == text
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_writing_replaces_the_file_whole(file, match):
    short = match.with_history(match.history.back_to(2))
    write(file, journal_of(short))
    assert len(read(file).turns) == 2


def test_lines_that_are_known_need_not_be_made_again(match):
    half = journal_of(match.with_history(match.history.back_to(7)))
    assert journal_of(match, half.turns) == journal_of(match)
