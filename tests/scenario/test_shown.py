"""What a scenario says of how it is shown and played: its usual seat, the insets of its map, sorts of agreements."""

from __future__ import annotations

import pytest

from game.cli.terminal import player
from game.play.commands import Begin
from game.scenario import read
from game.scenario.compile import compiled
from game.screen.map.agreements import OTHER, sort_of
from game.screen.map.model import Model
from game.screen.map.modes import measure_of
from game.screen.shell import Shell
from tests.scenario.examples import merged
from tests.screens.listing import by_letters


def scenario(changes):
    reading = read(merged(changes))
    assert reading.scenario is not None, [str(each) for each in reading.findings]
    return reading.scenario


def shown(changes, folder):
    """The game as the window has it."""
    path = folder / "shown.yaml"
    path.write_text(merged(changes), encoding="utf-8")
    shell = Shell(folder, by_letters)
    shell.ask(Begin(str(path), (), 1))
    return shell.snapshot.game


def test_who_names_no_state_plays_the_seat_of_the_scenario_or_the_first_that_takes_turns():
    assert player(scenario("seat: bora"), None) == "bora"
    assert player(scenario(""), None) == "ada"
    assert player(scenario("seat: bora"), "ada") == "ada"


@pytest.mark.parametrize(
    ("seat", "code"), [("nobody", "R001"), ("strait", "R001"), ("[ada]", "S003"), ("cyra", "S032")]
)
def test_a_seat_is_a_state_that_takes_turns(seat, code):
    states = "states: {ada: {name: Ada}, bora: {name: Bora}, cyra: {name: Cyra, plays: false}}\n"
    assert [each.code for each in read(merged(f"{states}seat: {seat}")).findings if each.severity == "error"] == [code]


def test_an_inset_is_called_what_the_scenario_calls_it(tmp_path):
    view = "west: 40, south: 38, east: 50, north: 43"
    game = shown(
        f"map: {{shapes: region, insets: {{east: {{name: The east, {view}}}, far_west: {{{view}}}}}}}", tmp_path
    )
    assert [each.name for each in game.insets] == ["The east", "Far west"]
    assert game.insets[0].box == (40.0, 38.0, 50.0, 43.0)


def test_an_agreement_is_of_the_sort_that_its_kind_declares_whatever_it_is_called(tmp_path):
    armada = "armada: {name: Arms and trade, mutual: true, sort: peace}"
    kinds = f"agreement_kinds: {{{armada}, odd: {{name: Energy, mutual: true}}}}"
    agreements = "agreements: {a: {kind: armada, members: [ada, bora]}, b: {kind: odd, members: [ada, bora]}}"
    game = shown(f"{kinds}\n{agreements}", tmp_path)
    assert {agreement.kind: sort_of(agreement).title for agreement in game.agreements} == {
        "armada": "Peace",
        "odd": OTHER.title,
    }
    assert compiled(scenario(f"{kinds}\n{agreements}")).board.agreements.sorts[-2:] == ("peace", "other")


def test_the_map_of_arms_measures_what_counts_as_power(tmp_path):
    attributes = "attributes: {army: {unit: index}, military: {unit: index, min: 0}, fleet: {unit: ships}}"
    assert measure_of(Model(), shown(f"{attributes}\npower: fleet * 2 + army", tmp_path)) == 2
    assert measure_of(Model(), shown(attributes, tmp_path)) == 0
