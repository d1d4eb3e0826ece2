"""Whatever a scene asks of the engine is done or refused with a sentence; what is neither is a bug."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from game.play import commands as wanted
from game.play import dispatch as directors
from game.play.commands import Answered
from game.play.dispatch import CARRIED_OUT, Director

NAMES = st.sampled_from(
    ["arda", "borea", "cestia", "islet", "praise", "", "atlantis", "arda: praise borea", "\0", "ä" * 99]
)
TEXTS = st.one_of(
    NAMES,
    st.sampled_from(["visit borea", "praise cestia", "praise", "escalate islet", "back_down atoll"]),
    st.sampled_from(
        ["borea: praise arda", "trade_agreement borea side_payment=9", "arms_package borea value=nan", ": :"]
    ),
)
NUMBERS = st.one_of(st.integers(-2, 4), st.sampled_from([99, -(10**30), 10**30]))
PATHS = st.sampled_from(
    ["", "/", "~nobody-at-all/x", "/dev/zero", "a\0b", "\ud800", "quick-save.jsonl", "../other.jsonl"]
)
KEYS = st.sampled_from(["", "1", "1:0", "0:99", "x:y", "1:0:0", "-1:-1"])
BEGINNINGS = st.builds(
    wanted.Begin,
    st.sampled_from(["classroom-triad", "classroom_triad", "nowhere", "a/b.yaml"]),
    st.sampled_from([(), ("arda",), ("arda", "borea"), ("arda", "arda"), ("atlantis",)]),
    NUMBERS,
    st.sampled_from([None, "novice", "godlike"]),
    st.one_of(st.none(), NUMBERS),
)
ARGUMENTS = {
    wanted.Plan: [TEXTS], wanted.Drop: [NUMBERS], wanted.Stand: [NAMES, NAMES], wanted.Choose: [NAMES, NAMES],
    wanted.Reply: [KEYS, st.booleans()], wanted.Branch: [NUMBERS], wanted.Explain: [NAMES, NAMES, st.none() | NUMBERS],
    wanted.Survey: [NAMES], wanted.Consider: [TEXTS], wanted.Sound: [TEXTS, st.booleans()],
    wanted.Forecast: [NAMES, NAMES], wanted.Pin: [NUMBERS], wanted.Save: [st.none() | TEXTS],
    wanted.Load: [st.none() | PATHS], wanted.Delete: [PATHS], wanted.Inspect: [PATHS | NAMES],
}  # fmt: skip


def test_every_command_that_needs_anything_is_tried_with_anything():
    needing = {each for each in CARRIED_OUT if getattr(each, "__match_args__", ())}
    assert needing == {*ARGUMENTS, wanted.Begin}


COMMANDS = st.one_of(
    BEGINNINGS, *(st.builds(each, *ARGUMENTS.get(each, [])) for each in CARRIED_OUT if each is not wanted.Begin)
)
USUAL = st.sampled_from(
    [wanted.Commit(), wanted.Proceed(), wanted.Proceed(), wanted.Advance(), wanted.Undo(), wanted.Save()]
)


class Unanswered:
    """Stands for the other process and the other thread, of which nothing is wanted here."""

    def ask(self, *asked):
        self.asked = asked

    def cancel(self):
        self.asked = ()

    def answer(self, *viewer):
        return None


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(COMMANDS, USUAL), max_size=14), st.sampled_from([(), ("arda",), ("arda", "borea")]))
def test_any_command_at_any_time_is_carried_out_or_refused_with_a_sentence(commands, seats):
    with TemporaryDirectory() as folder:
        director = Director(Path(folder, "games"))
        director.forecaster = director.retracer = Unanswered()
        assert director.carry_out(wanted.Begin("classroom-triad", seats, 5, None, 3)) is None
        for command in commands:
            said = director.carry_out(command)
            assert said is None or (isinstance(said, Answered) and said.text), command
            director.snapshot()


@pytest.mark.parametrize("error", [KeyError("x"), IndexError(3), ValueError("no"), TypeError("no"), OSError("pipe")])
def test_a_bug_is_not_told_as_if_it_were_a_refusal(tmp_path, monkeypatch, error):
    def broken(session, command):
        raise error

    monkeypatch.setattr(directors, "CARRIED_OUT", {wanted.Refresh: broken})
    with pytest.raises(type(error)):
        Director(tmp_path).carry_out(wanted.Refresh())


def test_what_the_system_refuses_about_a_file_is_told_with_its_name(tmp_path):
    director = Director(tmp_path / "games")
    director.carry_out(wanted.Begin("classroom-triad", (), 5))
    (tmp_path / "games" / "mine.jsonl").mkdir()
    said = director.carry_out(wanted.Save("mine"))
    assert said.problem
    assert str(tmp_path / "games" / "mine.jsonl") in said.text
