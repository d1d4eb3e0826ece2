"""The forms, files and rounds of `check`: what services, editors and scripts read."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from click.testing import Result

from game.cli.check_settings import FORMS
from game.scenario.findings.codes import CODES

Call = Callable[..., Result]
CHECKOUT = Path(__file__).resolve().parents[2]
TRIAD = (CHECKOUT / "scenarios/classroom-triad.yaml").read_text(encoding="utf-8")
SLIP = TRIAD.replace("orders: 2 #", "ordrs: 2 #").replace("name: Arda", "name: Arda, 50%: <b>").replace(
    "decider: arda", "decider: nobody"
)  # fmt: skip
LOPSIDED = TRIAD.replace("arda <-> borea: 55", "arda -> borea: 95\n    borea -> arda: 5")

# What SARIF 2.1.0 asks of the parts that are used here (OASIS, section 3), in own words.
_TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
_PLACE = {
    "type": "object",
    "required": ["physicalLocation"],
    "properties": {
        "id": {"type": "integer", "minimum": 0},
        "message": _TEXT,
        "physicalLocation": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "additionalProperties": False,
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "required": ["uri"],
                    "additionalProperties": False,
                    "properties": {"uri": {"type": "string", "pattern": r"^[^\s\\<>^`{|}\"]+$"}},
                },
                "region": {
                    "type": "object",
                    "required": ["startLine"],
                    "additionalProperties": False,
                    "properties": {
                        name: {"type": "integer", "minimum": 1}
                        for name in ("startLine", "startColumn", "endLine", "endColumn")
                    },
                },
            },
        },
    },
    "additionalProperties": False,
}
_LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF: dict[str, Any] = {
    "type": "object",
    "required": ["version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "additionalProperties": False,
                "properties": {
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "additionalProperties": False,
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "additionalProperties": False,
                                "properties": {
                                    "name": {"type": "string"},
                                    "semanticVersion": {"type": "string", "pattern": r"^\d+\.\d+\.\d+"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id"],
                                            "additionalProperties": False,
                                            "properties": {
                                                "id": {"type": "string"},
                                                "shortDescription": _TEXT,
                                                "help": _TEXT,
                                                "defaultConfiguration": {
                                                    "type": "object",
                                                    "properties": {"level": _LEVEL},
                                                },
                                            },
                                        },
                                    },
                                },
                            }
                        },
                    },
                    "results": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["message"],
                            "additionalProperties": False,
                            "properties": {
                                "ruleId": {"type": "string"},
                                "ruleIndex": {"type": "integer", "minimum": 0},
                                "level": _LEVEL,
                                "message": _TEXT,
                                "locations": {"type": "array", "items": _PLACE},
                                "relatedLocations": {"type": "array", "items": _PLACE, "uniqueItems": True},
                                "partialFingerprints": {
                                    "type": "object", "additionalProperties": {"type": "string"}
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def codes(done: Result) -> list[str]:
    return [each["code"] for each in json.loads(done.stdout)]


def test_every_form_has_the_same_findings_and_exit_code(call: Call) -> None:
    write("a slip.yaml", SLIP)
    done = {form: call("check", "a slip.yaml", "--format", form) for form in FORMS}
    assert {each.exit_code for each in done.values()} == {1}
    found = codes(done["json"])
    assert len(found) >= 2
    assert re.findall(r"\[([A-Z]\d{3})\]", done["concise"].stdout) == found
    assert re.findall(r"title=realpolitik ([A-Z]\d{3})", done["github"].stdout) == found
    assert [each["ruleId"] for each in json.loads(done["sarif"].stdout)["runs"][0]["results"]] == found
    cases = ET.fromstring(done["junit"].stdout).iter("testcase")
    assert [str(each.get("name")).split()[0] for each in cases] == found


def test_sarif_has_the_shape_that_the_standard_asks_for(call: Call) -> None:
    write("a slip.yaml", SLIP)
    write("twice.yaml", f"{TRIAD}\nturns: 3\n")
    data = json.loads(call("check", "a slip.yaml", "twice.yaml", "--format", "sarif").stdout)
    jsonschema.Draft7Validator(SARIF).validate(data)
    (run,) = data["runs"]
    assert any("relatedLocations" in each for each in run["results"])
    for each in run["results"]:
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%20slip.yaml"


def test_the_shape_of_sarif_refuses_what_is_none() -> None:
    for wrong in ({"version": "2.0.0", "runs": []}, {"version": "2.1.0"}, {"version": "2.1.0", "runs": [{}]}):
        assert not jsonschema.Draft7Validator(SARIF).is_valid(wrong)


def test_a_workflow_of_github_is_told_in_its_commands_without_being_asked(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a,b.yaml", SLIP)
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    lines = call("check", "a,b.yaml").stdout.splitlines()
    assert lines[0].startswith("::error file=a%2Cb.yaml,line=")
    assert "%0Ahelp: did you mean 'orders'?" in lines[0]
    assert call("check", "a,b.yaml", "--format", "concise").stdout.startswith("a,b.yaml:")


def test_junit_has_a_case_that_passed_for_a_clean_file(call: Call) -> None:
    write("slip.yaml", SLIP.replace("ordrs", "ord\x00rs"))
    write("clean.yaml", TRIAD)
    root = ET.fromstring(call("check", "slip.yaml", "clean.yaml", "--format", "junit").stdout)
    slip, clean = root.findall("testsuite")
    assert (root.get("failures"), slip.get("failures"), clean.get("failures")) == ("1", "1", "0")
    assert [each.find("failure") for each in clean.findall("testcase")] == [None]
    failure = slip.find("testcase/failure")
    assert failure is not None
    assert "slip.yaml:" in (failure.text or "")


def test_standard_input_is_a_file_like_any_other(call: Call) -> None:
    done = call("check", "-", "--stdin-name", "lake.yaml", "--format", "concise", typed=SLIP)
    assert done.exit_code == 1
    assert all(line.startswith("lake.yaml:") for line in done.stdout.splitlines())
    assert call("check", "-", typed=TRIAD).stdout == "<stdin>: nothing found\n"
    assert call("check", "-", "-", typed=TRIAD).exit_code == 2
    assert call("check", "-", "--watch", typed=TRIAD).exit_code == 2


def test_a_baseline_leaves_out_what_is_known_wherever_it_moves_and_nothing_else(call: Call) -> None:
    write("slip.yaml", SLIP)
    known = ("--baseline", "known.json")
    assert call("check", "slip.yaml", "--update-baseline").exit_code == 2
    assert call("check", "slip.yaml", *known).exit_code == 2, "there is no such file yet"
    assert call("check", "slip.yaml", *known, "--update-baseline").exit_code == 0
    assert call("check", "slip.yaml", *known).exit_code == 0
    write("slip.yaml", "# moved\n\n" + SLIP)
    assert call("check", "slip.yaml", *known).exit_code == 0
    write("slip.yaml", SLIP.replace("turns: 12\n", "turns: many\n"))
    assert codes(call("check", "slip.yaml", *known, "--format", "json")) == ["S003"]
    write("slip.yaml", SLIP.replace("ordrs", "orders"))
    done = call("check", "slip.yaml", *known)
    assert done.exit_code == 0
    assert "1 of the findings in known.json are gone" in done.stderr
    write("known.json", "[]")
    assert call("check", "slip.yaml", *known).exit_code == 2


def test_the_same_finding_once_more_is_beyond_the_baseline(call: Call) -> None:
    once = TRIAD.replace("military: 40}", "military: strong}")
    twice = once.replace("military: 45}", "military: strong}", 1)
    write("slip.yaml", once)
    call("check", "slip.yaml", "--baseline", "known.json", "--update-baseline")
    write("slip.yaml", twice)
    assert codes(call("check", "slip.yaml", "--baseline", "known.json", "--format", "json")) == ["S003"]


PROFILES = """\
[check]
audience = "strict"

[check.profiles.draft]
audience = "author"
ignore = ["L005"]
format = "json"
"""


def test_a_profile_says_how_a_project_is_checked(call: Call) -> None:
    write("realpolitik.toml", PROFILES)
    write("mine.yaml", LOPSIDED.replace("    sources: [invented]\n", "", 1))
    assert {"L005", "L012"} <= set(codes(call("check", "mine.yaml", "--format", "json")))
    assert codes(call("check", "mine.yaml", "--profile", "draft")) == []
    assert "L012" in codes(call("check", "mine.yaml", "--profile", "draft", "--audience", "strict")), "said last"
    unknown = call("check", "mine.yaml", "--profile", "drat")
    assert unknown.exit_code == 2
    assert "draft" in unknown.stderr


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[check\n", "Y020", 1),
        ("[check]\naudience = \"strcit\"\n", "S006", 2),
        ("[check]\n\nignore = [\"L05\"]\n", "R001", 3),
        ("[check]\nignore = [\"S001\"]\n", "S015", 2),
        ("[check]\nignroe = []\n", "S001", 2),
        ("[check.profiles.ci]\nformat = 3\n", "S006", 2),
        ("check = 1\n", "S003", 1),
        ("[chekc]\n", "S001", 1),
    ],
)  # fmt: skip
def test_settings_are_checked_like_any_file(call: Call, text: str, code: str, line: int) -> None:
    write("realpolitik.toml", text)
    found = json.loads(call("check", "realpolitik.toml", "--format", "json", "--profile", "x").stdout or "[]")
    assert not found, "settings that are wrong hold nowhere"
    Path("elsewhere").mkdir()
    Path("realpolitik.toml").rename("elsewhere/realpolitik.toml")
    found = json.loads(call("check", "elsewhere/realpolitik.toml", "--format", "json").stdout)
    assert [(each["code"], each["line"]) for each in found] == [(code, line)]


def test_settings_that_are_right_have_no_findings(call: Call) -> None:
    write("realpolitik.toml", PROFILES)
    assert call("check", "realpolitik.toml").exit_code == 0


def test_event_data_catalogues_and_the_settings_of_the_window_are_known_by_what_they_are(call: Call) -> None:
    shipped = CHECKOUT / "seeds/2012-south-caucasus.yaml"
    assert call("check", str(shipped)).exit_code == 0
    event_data = shipped.read_text(encoding="utf-8")
    write("events.yaml", event_data.replace("part: record", "part: recrod", 1))
    assert codes(call("check", "events.yaml", "--format", "json")) == ["S006"]
    catalogue = (CHECKOUT / "assets/catalogue/standard.yaml").read_text(encoding="utf-8")
    write("mine.yaml", catalogue)
    assert call("check", "mine.yaml").exit_code == 0
    write("mine.yaml", catalogue.replace("cooldown: 8", "cooldwon: 8", 1))
    assert codes(call("check", "mine.yaml", "--format", "json")) == ["S001"]
    write("settings.json", "{")
    assert codes(call("check", "settings.json", "--format", "json")) == ["Y020"]
    write("settings.json", "{}")
    assert call("check", "settings.json").exit_code == 0


def test_a_file_that_is_watched_is_checked_again_when_it_changes(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(SLIP, encoding="utf-8")
    command = [sys.executable, "-m", "game", "check", str(mine), "--watch", "--format", "concise"]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    # Where tests run in the background an interrupt is ignored, and by all that they start.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, cwd=CHECKOUT, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None

        def round_() -> list[str]:
            lines = []
            while not (line := process.stdout.readline() if process.stdout else "").startswith("watching "):
                assert line, "it ended"
                lines.append(line)
            return lines

        first = round_()
        mine.write_text(TRIAD, encoding="utf-8")
        second = round_()
        mine.unlink()
        third = round_()
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    assert any("error[S001]" in line for line in first)
    assert [line for line in second if "[" in line] == []
    assert third[0].startswith("checking ")


def test_what_a_check_is_told_can_be_said_of_every_code(call: Call) -> None:
    warnings = [name for name, code in CODES.items() if code.severity != "error"]
    write("realpolitik.toml", f"[check]\nignore = {json.dumps(warnings)}\n")
    assert call("check", "realpolitik.toml").exit_code == 0
