"""Heavy mode: every turn of every shipped scenario is saved, read and played again, and is the same to the byte."""

from __future__ import annotations

import pytest

from game.files import shipped_scenarios
from game.journal import (
    Journal,
    header_of,
    journal_of,
    keep,
    line_of,
    read,
    replay,
    text_of,
)
from game.journal.verify import replayed_line
from game.kernel.world import digest
from game.match.match import Setup, begin
from game.scenario import load


@pytest.mark.parametrize("name", shipped_scenarios())
def test_every_turn_is_saved_read_and_played_again_and_is_the_same(name, tmp_path):
    path, kept = tmp_path / "game.jsonl", None
    match = begin(Setup(load(name), 11, "drawn"))
    again, lines = begin(match.setup), ()
    while not match.finished:
        match = match.advance()
        lines = (*lines, line_of(match, match.history.turn))
        kept = keep(path, Journal(header_of(match.setup), lines), kept)
        back = read(path)
        assert back.damage is None
        assert back.turns == lines
        assert path.read_text("utf-8") == text_of(back)
        # From what was read, and from nothing else, the turn comes out again.
        again = again.with_history(replayed_line(again.history, back.turns[-1]))
        assert digest(again.history.worlds[-1]) == digest(match.history.worlds[-1]) == back.turns[-1].digest
        for (one, here), (other, there) in zip(match.history.world.arrays(), again.history.world.arrays(), strict=True):
            assert one == other
            assert here.tobytes() == there.tobytes(), one
    whole = replay(read(path))
    assert text_of(journal_of(whole)) == path.read_text("utf-8")
    assert whole.history.digests() == match.history.digests()
