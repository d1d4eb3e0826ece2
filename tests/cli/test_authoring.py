"""scenarios, check, explain, new and acts: what authors use."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from game import files
from game.narrative.act_descriptions import standard
from game.scenario import load, read
from game.scenario.findings.codes import CODES
from game.scenario.template import FEWEST, MOST, scenario_text

Call = Callable[..., Result]

SLIP = "format: 1\nid: slip\ntitel: A slip\n"


def test_every_shipped_scenario_is_listed(call: Call) -> None:
    done = call("scenarios")
    names = [path.stem for path in files.shipped_scenarios().values()]
    assert done.exit_code == 0
    assert [line for line in done.stdout.splitlines() if line and not line.startswith(" ")] == names
    listed = json.loads(call("scenarios", "--format", "json").stdout)
    assert [each["name"] for each in listed] == names
    triad = next(each for each in listed if each["id"] == "classroom_triad")
    assert (triad["turns"], triad["start"], triad["states"]) == (12, "2001-01", ["arda", "borea", "cestia"])


def test_a_broken_scenario_is_listed_with_the_reason(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    Path("slip.yaml").write_text(SLIP, encoding="utf-8")
    monkeypatch.setattr("game.cli.commands.scenarios.shipped_scenarios", lambda: {"slip": tmp_path / "slip.yaml"})
    done = call("scenarios")
    assert done.exit_code == 0
    assert "slip\n  does not run: slip.yaml:" in done.stdout


def test_a_clean_file_has_exit_code_zero(call: Call) -> None:
    done = call("check", "classroom-triad")
    assert done.exit_code == 0
    assert done.stdout.endswith("classroom-triad.yaml: nothing found\n")
    assert done.stderr == ""


def test_findings_have_exit_code_one_in_every_form(call: Call) -> None:
    Path("slip.yaml").write_text(SLIP, encoding="utf-8")
    full, concise, data = (call("check", "slip.yaml", "--format", form) for form in ("full", "concise", "json"))
    assert {done.exit_code for done in (full, concise, data)} == {1}
    assert "--> slip.yaml:3:1" in full.stdout
    assert "did you mean 'title'?" in full.stdout
    lines = concise.stdout.splitlines()
    found = json.loads(data.stdout)
    assert len(lines) == len(found)
    assert any(line.startswith("slip.yaml:3:1: error[") for line in lines)
    assert all(each["path"] == "slip.yaml" for each in found)
    assert "\x1b" not in full.stdout


def test_several_files_are_one_array_and_one_count(call: Call) -> None:
    for name in ("one", "two"):
        Path(f"{name}.yaml").write_text(SLIP, encoding="utf-8")
    done = call("check", "one.yaml", "two.yaml", "--format", "json")
    assert {each["path"] for each in json.loads(done.stdout)} == {"one.yaml", "two.yaml"}
    assert call("check", "one.yaml", "two.yaml").stderr.startswith("2 files: ")


def test_strict_finds_what_play_passes_over(call: Call) -> None:
    text = scenario_text("unsourced", 3).replace("    sources: [invented]\n", "", 1)
    Path("unsourced.yaml").write_text(text, encoding="utf-8")
    assert call("check", "unsourced.yaml", "--audience", "play").exit_code == 0
    assert call("check", "unsourced.yaml", "--audience", "strict").exit_code == 1


def test_a_code_is_explained_and_all_are_listed(call: Call) -> None:
    done = call("explain", "s001")
    assert done.exit_code == 0
    assert "S001" in done.stdout
    listed = call("explain").stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(CODES)


@pytest.mark.parametrize("states", range(FEWEST, MOST + 1))
def test_a_new_scenario_is_clean_under_the_strictest_check(states: int) -> None:
    reading = read(scenario_text("my_region", states), audience="strict")
    assert not reading.findings, "\n".join(map(str, reading.findings))
    assert reading.scenario is not None
    assert len(reading.scenario.states) == states


def test_a_new_scenario_is_written_checked_and_run(call: Call) -> None:
    assert call("new", "my-region", "--states", "4").stdout == "wrote my-region.yaml\n"
    assert call("check", "my-region.yaml", "--audience", "strict").exit_code == 0
    assert load("my-region.yaml").title == "My region"
    assert call("run", "my-region.yaml").exit_code == 0


def test_a_new_scenario_brings_the_schema_that_its_first_line_names(call: Call) -> None:
    done = call("new", "mine")
    schema = Path("mine.yaml").read_text(encoding="utf-8").partition("$schema=")[2].split()[0]
    assert Path(schema).read_text(encoding="utf-8") == call("schema").stdout
    assert schema in done.stderr
    assert schema not in call("new", "yours").stderr, "it is up to date"
    assert json.loads(call("schema", "catalogue").stdout)["properties"]["acts"]


def test_a_schema_of_another_version_is_renewed_and_a_file_of_another_kind_is_left(call: Call) -> None:
    text = call("schema").stdout
    Path("scenario-1.json").write_text(text[:-100], encoding="utf-8")
    call("new", "mine")
    assert Path("scenario-1.json").read_text(encoding="utf-8") == text
    Path("scenario-1.json").write_text('{"title": "My own"}', encoding="utf-8")
    call("new", "yours")
    assert Path("scenario-1.json").read_text(encoding="utf-8") == '{"title": "My own"}'


def test_a_file_that_is_there_is_replaced_only_by_force(call: Call) -> None:
    Path("mine.yaml").write_text("mine\n", encoding="utf-8")
    refused = call("new", "mine")
    assert refused.exit_code == 2
    assert "--force replaces it" in refused.stderr
    assert Path("mine.yaml").read_text(encoding="utf-8") == "mine\n"
    assert call("new", "mine", "--force").exit_code == 0
    assert load("mine.yaml").id == "mine"


def test_the_catalogue_is_listed_with_its_effects_in_words(call: Call) -> None:
    done = call("acts")
    assert done.exit_code == 0
    assert "Deals: nothing happens unless the other agrees" in done.stdout
    start = done.stdout.index("  arms_package (seller → buyer)")
    entry = done.stdout[start : done.stdout.index("\n  energy_contract", start)]
    effects = (
        "rivals of seller regard",
        "military of buyer +0.5 ± 0.1",
        "leaves an agreement: Arms supply",
        "if refused: ",
    )
    act = standard().acts["arms_package"]
    cost, value = (
        f"cost {act.cost:g}",
        f"value {act.value.low:g} to {act.value.high:g} bn USD, usually {act.value.usual:g}",
    )
    for said in (cost, "CAMEO 062", "PLOVER COOPERATE", value, *effects):
        assert said in entry, said


def test_the_catalogue_as_data_has_every_act(call: Call) -> None:
    listed = json.loads(call("acts", "classroom-triad", "--format", "json").stdout)
    assert [each["act"] for each in listed] == list(load("classroom-triad").acts)
    assert all(each["effects"] or each["kind"] for each in listed)
    praise = next(each for each in listed if each["act"] == "praise")
    assert (praise["kind"], praise["cameo"], praise["roles"]) == ("statement", "051", ["speaker", "target"])
