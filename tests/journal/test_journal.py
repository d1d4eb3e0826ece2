"""journal: what is written can be read, verified, and told apart from what was damaged."""

from __future__ import annotations

import errno
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from stat import S_IMODE
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.errors import JournalError
from game.journal import file as files
from game.journal import (
    fingerprint,
    journal_of,
    keyframe,
    read,
    repair,
    replay,
    text_of,
    unpacked,
    writable,
    write,
)
from game.kernel.catalogue import DEAL, STATEMENT
from game.kernel.orders import STANCES, Order, is_proposal, order_of
from game.kernel.world import digest
from game.match.history import OrderRecord, in_slots, orders_of
from game.match.match import EventRecord, Setup, begin
from game.measures.legality import permitted
from game.scenario import load
from game.scenario import read as read_scenario
from game.testing import TRIAD


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


@pytest.mark.parametrize("bytes_of", ["other", "broken"])
def test_a_keyframe_of_another_world_is_told_apart(file, match, bytes_of):
    journal = read(file)
    frame = dict(journal.turns[11].keyframe)
    frame["tension"] = keyframe(match.history.worlds[3])["tension"] if bytes_of == "other" else "AAAA"
    forged = replace(journal.turns[11], keyframe=frame)
    with pytest.raises(
        JournalError, match="turn 12 differs, although its digest agrees: its keyframe is another world"
    ):
        replay(replace(journal, turns=(*journal.turns[:11], forged, *journal.turns[12:])))


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

    monkeypatch.setattr(files.os, "fsync", full)
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


@pytest.fixture
def short(match):
    return journal_of(match.with_history(match.history.back_to(2)))


def test_a_link_is_followed_and_stays_a_link(file, short):
    link = file.with_name("link.journal")
    link.symlink_to(file.name)
    write(link, short)
    assert link.is_symlink()
    assert len(read(file).turns) == 2


def test_a_link_to_nothing_yet_makes_the_file_it_names(tmp_path, short):
    link = tmp_path / "link.journal"
    link.symlink_to("new.journal")
    write(link, short)
    assert link.is_symlink()
    assert len(read(tmp_path / "new.journal").turns) == 2


def test_links_that_lead_in_a_circle_are_refused_and_stay(tmp_path, short):
    first, second = tmp_path / "first", tmp_path / "second"
    first.symlink_to(second)
    second.symlink_to(first)
    with pytest.raises(OSError, match="first"):
        write(first, short)
    assert first.is_symlink()
    assert second.is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="there are no such pipes there")
@pytest.mark.parametrize("through", ["the_pipe", "a_link"])
def test_what_is_no_regular_file_is_never_replaced(tmp_path, short, through):
    pipe, link = tmp_path / "the_pipe", tmp_path / "a_link"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    for call in (lambda path: write(path, short), writable):
        with pytest.raises(FileExistsError, match=f"no regular file.*{through}"):
            call(tmp_path / through)
    assert pipe.is_fifo()
    assert {path.name for path in tmp_path.iterdir()} == {"the_pipe", "a_link"}


def test_a_folder_is_refused_by_its_name(tmp_path, short):
    with pytest.raises(IsADirectoryError, match="name a file in it"):
        write(tmp_path, short)


@pytest.mark.skipif(os.name == "nt", reason="modes differ there")
def test_an_old_file_keeps_its_mode_and_a_new_one_has_that_of_new_files(file, short):
    file.chmod(0o640)
    write(file, short)
    assert S_IMODE(file.stat().st_mode) == 0o640
    plain, new = file.with_name("plain.txt"), file.with_name("new.journal")
    plain.touch()
    write(new, short)
    assert new.stat().st_mode == plain.stat().st_mode


def test_a_file_protected_against_writing_is_not_replaced(file, text, short, monkeypatch):
    monkeypatch.setattr(files.os, "access", lambda path, mode: False)
    with pytest.raises(PermissionError, match="protected"):
        write(file, short)
    assert file.read_text(encoding="utf-8") == text


def test_whether_a_journal_can_be_written_is_found_out_without_a_trace(file, text):
    writable(file)
    writable(file.with_name("new.journal"))
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert file.read_text(encoding="utf-8") == text


def test_a_closed_folder_is_an_error_about_the_journal(tmp_path, short, monkeypatch):
    opened = os.open

    def closed(path, flags, *more):
        if flags & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return opened(path, flags, *more)

    monkeypatch.setattr(files.os, "open", closed)
    path = tmp_path / "game.journal"
    for call in (lambda path: write(path, short), writable):
        with pytest.raises(PermissionError) as raised:
            call(path)
        assert raised.value.filename == str(path)


def forged(journal, turn, **changes):
    """The journal with a turn altered; as values, so that no check stands in the way."""
    lines = list(journal.turns)
    lines[turn - 1] = replace(lines[turn - 1], **changes)
    return replace(journal, turns=tuple(lines))


def test_a_forged_relation_is_found_although_the_digest_is_true(file, match):
    journal = read(file)
    table = [list(row) for row in journal.turns[2].relations]
    table[0][1] += 100
    states = match.history.board.states
    with pytest.raises(JournalError, match=f"turn 3 differs.*{states[0]} -> {states[1]} is") as raised:
        replay(forged(journal, 3, relations=tuple(map(tuple, table))))
    assert (raised.value.line, raised.value.turn) == (4, 3)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"relations": ()}, "its relations are no table"),
        ({"date": "1999-01"}, "its date is another"),
        ({"ending": "peace"}, "its ending is another"),
        ({"events": (EventRecord("atlantis_rises", "It rises", None, None),)}, "there is no event called"),
        ({"orders": (OrderRecord(Order("atlantis", "praise", "iran"), 0, None, None),)}, "there is no state called"),
        ({"orders": (OrderRecord(Order("iran", "bless", "armenia"), 0, None, None),)}, "there is no act called"),
        ({"orders": (OrderRecord(Order("iran", "praise", "armenia"), 99, None, None),)}, "is in slot 99"),
        ({"orders": (OrderRecord(Order("iran", "praise", "armenia"), -1, None, None),)}, "is in slot -1"),
        ({"orders": (OrderRecord(Order("iran", "praise", "armenia"), 0, None, None),) * 2}, "has an order already"),
    ],
)
def test_a_forged_turn_is_named_with_its_line(file, changes, message):
    with pytest.raises(JournalError, match=message) as raised:
        replay(forged(read(file), 4, **changes))
    assert (raised.value.line, raised.value.turn) == (5, 4)


def test_an_option_that_does_not_exist_is_named(file, match):
    journal = read(file)
    event = next(each for each in match.history.board.events if each.options)
    record = EventRecord(event.name, event.headline, "surrender_to_atlantis", None)
    with pytest.raises(JournalError, match=f"no option of {event.name} called 'surrender_to_atlantis'") as raised:
        replay(forged(journal, 2, events=(record,)))
    assert (raised.value.line, raised.value.turn) == (3, 2)


@pytest.mark.parametrize(
    "changes",
    [{"parameters": {"balance.coupling": 99.0}}, {"policies": {"atlantis": "wait"}}, {"policies": {"iran": "oracle"}}],
    ids=str,
)
def test_a_header_that_no_game_can_begin_with_is_named(file, changes):
    journal = read(file)
    with pytest.raises(JournalError, match="line 1: the game cannot be begun again"):
        replay(replace(journal, header=replace(journal.header, **changes)))


def test_a_journal_under_the_name_of_another_scenario_is_refused(file):
    journal = read(file)
    with pytest.raises(JournalError, match="line 1: its scenario is south_caucasus_2012, not 'atlantis'"):
        replay(replace(journal, header=replace(journal.header, scenario="atlantis")))


def test_half_a_character_is_no_text(file, text):
    lines = text.splitlines()
    body = lines[0].rpartition(',"check":"')[0].replace('"path":"', '"path":"\\ud800', 1)
    file.write_text(f'{body},"check":"{fingerprint(body + "}")}"}}\n', encoding="utf-8")
    with pytest.raises(JournalError, match="line 1 is not whole"):
        read(file)


def rechained(text, number, change):
    """The text with one line's fields changed and every check made anew."""
    lines, check = [], ""
    for place, line in enumerate(text.splitlines(), 1):
        fields = json.loads(line)
        del fields["check"]
        if place == number:
            change(fields)
        body = json.dumps(fields, ensure_ascii=False, separators=(",", ":"))
        check = fingerprint(check + body)
        lines.append(f'{body[:-1]},"check":"{check}"}}')
    return "\n".join(lines) + "\n"


HEADER_VALUES = [
    ("seed", "5"), ("seed", True), ("seed", -1), ("seed", 2**63), ("text", None), ("text", "format: 1"),
    ("parameters", []), ("parameters", {"balance.coupling": "0.5"}), ("policies", {"iran": 1}), ("policies", None),
    ("spreads", "wide"), ("path", 3), ("engine", None), ("more", 1),
]  # fmt: skip

TURN_VALUES = [
    ("date", 1), ("events", None), ("events", [1]), ("events", [{"event": 1}]),
    ("orders", {}), ("orders", ["iran: praise armenia"]), ("ending", 1), ("relations", [["x"]]), ("relations", [1]),
    ("relations", [[float("inf")]]), ("digest", None), ("keyframe", []), ("keyframe", {"turn": 1}),
]  # fmt: skip

ORDER_VALUES = [
    ("order", "nonsense"), ("order", 1), ("slot", "0"), ("slot", True), ("accepted", "yes"), ("why", "because"),
    ("why", {}), ("why", {"score": 1, "terms": {"objectives": "much"}, "runner_up": None}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), HEADER_VALUES)
def test_a_header_of_the_wrong_types_is_no_header(file, text, name, value):
    file.write_text(rechained(text, 1, lambda fields: fields["journal"].update({name: value})), encoding="utf-8")
    with pytest.raises(JournalError, match="line 1: the header is not complete"):
        read(file)


@pytest.mark.parametrize(("name", "value"), TURN_VALUES)
def test_a_turn_of_the_wrong_types_is_no_turn(file, text, name, value):
    file.write_text(rechained(text, 3, lambda fields: fields.update({name: value})), encoding="utf-8")
    with pytest.raises(JournalError, match="line 3: turn 2 is not complete"):
        read(file)


@pytest.mark.parametrize(("name", "value"), ORDER_VALUES)
def test_an_order_of_the_wrong_types_is_no_order(file, text, name, value):
    file.write_text(rechained(text, 3, lambda fields: fields["orders"][0].update({name: value})), encoding="utf-8")
    with pytest.raises(JournalError, match="line 3: turn 2 is not complete"):
        read(file)


def test_a_line_after_the_last_is_noticed(file, text):
    body = '{"end":14'
    check = fingerprint(json.loads(text.splitlines()[-1])["check"] + body + "}")
    file.write_text(f'{text}{body},"check":"{check}"}}\n', encoding="utf-8")
    with pytest.raises(JournalError, match="line 17: the journal has ended before it"):
        read(file)


def test_a_repaired_journal_has_the_whole_turns_and_the_damaged_file_stays(file, text):
    left = "".join(text.splitlines(keepends=True)[:8]).encode()
    file.write_bytes(left)
    recovered = read(file, recover=True)
    old = repair(file, recovered)
    assert old == file.with_name("game.journal.damaged")
    assert old.read_bytes() == left
    assert read(file).turns == recovered.turns


FULL = """
import resource, signal, sys
from game.journal import read, write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
journal = read(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write(sys.argv[1], journal)
except OSError as error:
    sys.exit(f"refused: {error}")
"""


def test_a_file_that_may_grow_no_more_leaves_the_old_journal_as_it_was(file, text):
    told = subprocess.run([sys.executable, "-c", FULL, str(file)], capture_output=True, text=True, check=False)
    assert told.stderr.startswith("refused: ")
    assert file.read_text(encoding="utf-8") == text
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.fixture(scope="module")
def disputed():
    """A turn in which both sides of a crisis choose, and one of them gives an order besides."""
    match = begin(Setup(read_scenario(TRIAD).scenario, 3))
    given = {0: in_slots([order_of("arda: escalate islet"), order_of("arda: praise borea")])}
    given[2] = in_slots([order_of("cestia: off_ramp islet")])
    orders = orders_of(match.history.board, given)
    history = match.history.open().play(orders, np.zeros(orders.act.shape, dtype=bool))
    return match.with_history(history).advance()


def test_choices_in_a_crisis_are_written_like_orders_in_the_slots_after_the_last(disputed):
    written = [json.loads(line) for line in text_of(journal_of(disputed)).splitlines()][1]["orders"]
    assert [(each["order"], each["slot"], each["accepted"]) for each in written] == [
        ("arda: praise borea", 0, None),
        ("arda: escalate islet", 3, None),
        ("cestia: off_ramp islet", 3, None),
    ]


def test_choices_in_a_crisis_are_played_again_byte_for_byte(tmp_path, disputed):
    path = tmp_path / "game.journal"
    write(path, journal_of(disputed))
    again = replay(read(path))
    assert (again.history.turns[0].orders.stance == disputed.history.turns[0].orders.stance).all()
    assert text_of(journal_of(again)) == text_of(journal_of(disputed))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"order": "borea: escalate islet"}, "borea is no party to The islet"),
        ({"order": "arda: escalate atoll"}, "there is no dispute called 'atoll'"),
        ({"order": "arda: escalate islet value=2"}, "a choice in a crisis has no terms"),
        ({"slot": 1}, "is a choice in a crisis; its slot is 3"),
        ({"accepted": True}, "is a choice in a crisis; its slot is 3, and nobody answers it"),
        ({"order": "arda: praise borea"}, "is in slot 3; the slots are 0 to 2"),
        ({"order": "arda: praise borea secret"}, "praise cannot be kept secret"),
        ({"order": "arda: praise borea office=crown"}, "there is no office called 'crown'"),
        ({"order": "arda: praise borea zeal=3"}, "an order has no term called 'zeal'"),
        ({"order": "arda: praise borea secret=no"}, "secret is a word of its own"),
        ({"order": "arda: trade_agreement borea side_payment=nan"}, "side_payment needs a number"),
        ({"order": "arda: trade_agreement borea pledge=peace"}, "there is no kind of pledge called 'peace'"),
    ],
)
def test_a_forged_choice_or_term_is_named_by_its_turn(tmp_path, disputed, change, says):
    path = tmp_path / "game.journal"
    forged = rechained(text_of(journal_of(disputed)), 2, lambda fields: fields["orders"][1].update(change))
    path.write_text(forged, encoding="utf-8")
    with pytest.raises(JournalError, match=f"turn 1 .*{re.escape(says)}") as raised:
        replay(read(path))
    assert raised.value.line == 2


DISPUTED = TRIAD + "events:\n  shots: {headline: Shots, at: 2, effects: {crisis: {dispute: islet, rung: 1}}}\n"


@st.composite
def orders_with_terms(draw, board, world, relation):
    """What the states of a triad do in a turn: legal orders with any terms that go with them, and choices in crises."""
    legal = np.argwhere(permitted(board, world)[0]).tolist()
    given = {}
    for state, act, target in draw(st.lists(st.sampled_from(legal), max_size=6)) if legal else []:
        kind, third = board.acts.kind[act], next(each for each in range(3) if each not in (state, target))
        low, high = float(board.acts.low[act]), float(board.acts.high[act])
        value = draw(st.floats(low, high)) if board.acts.units[act] is not None else None
        order = Order(
            board.states[state], board.acts.names[act], board.states[target],
            None if value is None else float(f"{value:.6g}"),
            side_payment=draw(st.sampled_from([0.0, 0.5, -0.25])) if kind == DEAL else 0.0,
            secret=act in board.acts.secrets and draw(st.booleans()),
            audience=draw(st.sampled_from([None, "private", board.states[third]])) if kind == STATEMENT else None,
            office=draw(st.sampled_from([None, *board.offices.names[1:]])) if kind == STATEMENT else None,
            about=draw(st.sampled_from([None, board.states[third]])),
            purpose=draw(st.sampled_from([None, "islet"])) if board.acts.signs[act] >= 0 else None,
            pledge=draw(st.sampled_from([None, *board.pledges.names])) if kind == DEAL else None,
        )  # fmt: skip
        mine = given.setdefault(state, [])
        if len(mine) < board.orders and all((each.act, each.target) != (order.act, order.target) for each in mine):
            mine.append(order)
    for state in (0, 2):
        stance = draw(st.sampled_from([None, *STANCES]))
        if stance and (world.rung[0, 0] >= 0).any():
            given.setdefault(state, []).append(Order(board.states[state], stance, "islet"))
    return orders_of(board, {state: in_slots(orders) for state, orders in given.items()})


@settings(max_examples=40)
@given(st.data(), st.integers(0, 1000))
def test_any_orders_with_any_terms_are_written_read_and_played_again_byte_for_byte(data, seed):
    match = begin(Setup(read_scenario(DISPUTED).scenario, seed))
    for _ in range(4):
        history = match.history.open()
        orders = data.draw(orders_with_terms(history.board, history.world, history.view().relation))
        accepted = is_proposal(history.board, orders) & data.draw(st.booleans())
        match = match.with_history(history.play(orders, accepted))
    written = text_of(journal_of(match))
    with TemporaryDirectory() as folder:
        path = Path(folder, "game.journal")
        write(path, journal_of(match))
        again = replay(read(path))
    assert again.history.digests() == match.history.digests()
    assert text_of(journal_of(again)) == written
