"""`landscape` and `balance`: of scenarios, journals and tables, in words, as data and as a picture."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from game.analysis.landscape import landscape
from game.analysis.tipping import tipping
from game.analysis.worlds import pull_of, table_after
from game.match.match import Setup, begin

TIES = "a,b,sign\nada,bora,1\nada,cora,1\nbora,cora,-1\n"
LOPSIDED = "from,to,relation\nada,bora,1\nbora,ada,2\n"


def data(call, *arguments: str):
    done = call(*arguments, "--format", "json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def test_the_landscape_of_a_scenario_is_that_of_its_table_at_any_turn(call):
    match = begin(Setup("hegemon-and-five", 4)).advance().advance()
    for turn in (0, 2):
        table = table_after(match.history, turn)
        expected = landscape((table.values + table.values.T) / 2, table.sizes)
        found = data(call, "landscape", "hegemon-and-five", "--seed", "4", "--turn", str(turn))
        assert found["minima"][0]["energy"] == pytest.approx(expected.minima[0].energy)
        assert sum(each["basin"] for each in found["minima"]) == pytest.approx(1.0)


def test_a_journal_tells_the_same_as_the_game_it_holds(call, journal):
    last, first = data(call, "balance", str(journal)), data(call, "balance", str(journal), "--turn", "0")
    assert first["frustration"]["index"] == 1
    assert last["source"] != first["source"]
    start = data(call, "balance", "classroom-triad")
    assert first["triads"] == start["triads"]


def test_the_rows_of_a_run_are_a_table(call):
    done = call("run", "classroom-triad", "--turns", "2", "--format", "csv")
    Path("run.csv").write_text(done.stdout, encoding="utf-8")
    assert data(call, "balance", "run.csv", "--turn", "0", "--mean")["frustration"]["index"] == 1


def test_the_tipping_point_is_that_of_the_scenario(call):
    found = data(call, "balance", "south-caucasus-2012")["tipping"]
    pull = pull_of(begin(Setup("south-caucasus-2012")))
    point = tipping(pull.shares, pull.kept)
    assert found["coupling_at_tipping"] == pytest.approx(point.rate / pull.unit)
    assert found["stable"] is True
    strong = data(call, "balance", "south-caucasus-2012", "--set", "balance.coupling=3")["tipping"]
    assert strong["stable"] is False
    assert strong["coupling_set"] == pytest.approx(3.0)


def test_words_say_what_is_out_of_place_and_who_would_gain(call):
    Path("ties.csv").write_text(TIES, encoding="utf-8")
    done = call("balance", "ties.csv")
    assert "1 triad, 0% balanced" in done.stdout
    assert "frustration index 1 of 3 ties: the least there is" in done.stdout
    done = call("landscape", "ties.csv", "--camp", "bora")
    assert done.exit_code == 0, done.stderr
    assert "the split you ask about: energy 0" in done.stdout
    assert "gain by a switch" in done.stdout


def test_the_picture_is_sound_whatever_the_names_are(call):
    Path("odd.csv").write_text('a,b,sign\n"<b>&""x""",bora,-1\n', encoding="utf-8")
    done = call("landscape", "odd.csv", "--picture", "odd.svg")
    assert done.exit_code == 0, done.stderr
    words = [each.text for each in ET.parse("odd.svg").iter() if each.tag.endswith("text")]
    assert '<b>&"x"' in words
    assert "bora" in words


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (LOPSIDED, "ada -> bora is 1 and bora -> ada is 2"),
        ("state,ada,bora\nada,0,1\n", "give every state both"),
        ("state,ada,bora\nada,0,nan\nbora,1,0\n", "t.csv, ada -> bora: 'nan' is not a finite number"),
    ],
)
@pytest.mark.parametrize("command", ["landscape", "balance"])
def test_a_table_that_will_not_do_is_refused_in_one_sentence(call, command, text, why):
    Path("t.csv").write_text(text, encoding="utf-8")
    done = call(command, "t.csv")
    assert done.exit_code == 2
    assert why in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_mean_of_both_directions_is_taken_where_it_is_asked_for(call):
    Path("t.csv").write_text(LOPSIDED, encoding="utf-8")
    assert data(call, "landscape", "t.csv", "--mean")["mean_energy"] == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("no-such-thing",), "there is no scenario or file called 'no-such-thing'"),
        (("gone.csv",), "gone.csv: no such file"),
        (("gone.jsonl",), "gone.jsonl: there is no such file"),
        (("classroom-triad", "--at", "1900"), "--at and --value are for CSV files"),
        (("classroom-triad", "--turn", "9999"), "there is no turn 9999"),
    ],
)
@pytest.mark.parametrize("command", ["landscape", "balance"])
def test_what_makes_no_sense_is_a_problem_of_usage(call, command, arguments, why):
    done = call(command, *arguments)
    assert done.exit_code == 2
    assert why in done.stderr


def test_sizes_are_those_that_are_asked_for(call):
    by_power = data(call, "landscape", "classroom-triad")["states"]
    assert by_power == {"arda": 40.0, "borea": 45.0, "cestia": 45.0}
    assert set(data(call, "landscape", "classroom-triad", "--sizes", "equal")["states"].values()) == {1.0}
    assert data(call, "landscape", "classroom-triad", "--sizes", "gdp")["states"]["arda"] == 90.0
    Path("s.csv").write_text("state,x\narda,1\nborea,2\ncestia,3\n", encoding="utf-8")
    found = data(call, "landscape", "classroom-triad", "--sizes", "s.csv:x")["states"]
    assert np.array_equal([*found.values()], [1.0, 2.0, 3.0])
    assert call("landscape", "classroom-triad", "--sizes", "gpd").exit_code == 2
