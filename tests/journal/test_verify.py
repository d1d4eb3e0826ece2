"""What a replay holds a journal to, one recorded thing at a time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from game.errors import JournalError
from game.journal import journal_of, replay
from game.journal.file import read as read_journal
from game.journal.record import fingerprint, text_of
from game.match.match import Setup, begin
from game.scenario import read
from game.testing import TRIAD

MORE = """\
events: {flood: {headline: A flood, at: 1, effects: {borea -> arda: {mood: 4}}}}
endings: {end: {when: [turn >= 2], text: It is over.}}
"""


@pytest.fixture(scope="module")
def journal():
    """Two turns: an event in the first, an ending in the second."""
    match = begin(Setup(read(TRIAD + MORE).scenario, 3))
    return journal_of(match.advance().advance())


def forged(journal, turn, **changes):
    turns = [replace(line, **changes) if line.turn == turn else line for line in journal.turns]
    return replace(journal, turns=tuple(turns))


def test_what_is_as_recorded_is_replayed(journal):
    assert replay(journal).history.turn == 2
    assert (journal.turns[0].ending, journal.turns[1].ending) == (None, "end")


@pytest.mark.parametrize("by", [1, -1])
@pytest.mark.parametrize("cell", [(0, 1), (1, 0), (2, 1)])
def test_a_relation_that_differs_either_way_is_named(journal, by, cell):
    table = [list(row) for row in journal.turns[1].relations]
    table[cell[0]][cell[1]] += by
    names = ("arda", "borea", "cestia")
    said = f"turn 2 differs, although its digest agrees: {names[cell[0]]} -> {names[cell[1]]} is"
    with pytest.raises(JournalError, match=said) as raised:
        replay(forged(journal, 2, relations=tuple(map(tuple, table))))
    assert (raised.value.turn, raised.value.line) == (2, 3)


@pytest.mark.parametrize(
    ("turn", "changes", "what"),
    [
        (1, {"date": "2001-02"}, "date"),
        (2, {"ending": None}, "ending"),
        (1, {"ending": "end"}, "ending"),
        (1, {"events": ()}, "list of events"),
    ],
)
def test_another_date_ending_or_list_of_events_is_named(journal, turn, changes, what):
    with pytest.raises(JournalError, match=f"turn {turn} differs, although its digest agrees: its {what} is another"):
        replay(forged(journal, turn, **changes))


def test_another_digest_is_named_with_both(journal):
    with pytest.raises(JournalError, match=r"turn 1 differs: the digest is [0-9a-f]{16}, the journal has 0000"):
        replay(forged(journal, 1, digest="0" * 16))


def test_two_orders_in_one_slot_are_no_turn(journal):
    first = next(record for record in journal.turns[0].orders if not record.order.is_stance)
    doubled = (*journal.turns[0].orders, first)
    with pytest.raises(JournalError, match="which has an order already"):
        replay(forged(journal, 1, orders=doubled))


@pytest.mark.parametrize("counted", [1, 3])
def test_a_last_line_that_counts_other_turns_than_there_are_is_named(journal, tmp_path, counted):
    *lines, last = text_of(journal).splitlines()
    check = lines[-1].rpartition('"check":"')[2].removesuffix('"}')
    body = f'{{"end":{counted}'
    path = tmp_path / "game.jsonl"
    forged_last = f'{body},"check":"{fingerprint(check + body + "}")}"}}'
    assert last.startswith('{"end":2,')
    path.write_text("\n".join([*lines, forged_last]) + "\n", encoding="utf-8")
    with pytest.raises(JournalError, match=f"line 4: it counts {counted} turns, the file has 2"):
        read_journal(path)
