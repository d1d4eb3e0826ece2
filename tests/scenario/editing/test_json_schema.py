"""The schemas of the format: current, complete, and right about the shipped files and about slips."""

from __future__ import annotations

import copy
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from game.kernel.conditions import MEASURES, TESTS
from game.scenario import read
from game.scenario.build.read_values import plain
from game.scenario.editing.json_schema import texts
from game.scenario.findings.finding import Report
from game.scenario.schema import grammar
from game.scenario.schema.blocks import Block, Items, Table
from game.scenario.schema.declarations import OVERLAID, SCENARIO
from game.scenario.schema.types import Amount, Choice, Moment, Number, Reference, Shape, Text, Truth
from game.scenario.template import SCHEMA, scenario_text
from game.scenario.text.syntax_recovery import tree_of

CHECKOUT = Path(__file__).resolve().parents[3]
SCENARIOS = sorted([*(CHECKOUT / "scenarios").glob("*.yaml"), *(CHECKOUT / "tests/findings/ok").glob("*.yaml")])
SCHEMAS = {name: json.loads(text) for name, text in texts().items()}
VALIDATOR = jsonschema.Draft7Validator(SCHEMAS[SCHEMA])


def data(path: Path) -> Any:
    """A file as the reader takes it, by the rules of YAML 1.2."""
    root = tree_of(path.read_text(encoding="utf-8"), Report(path.name))
    assert root is not None
    return plain(root)


def problems(given: object, validator: jsonschema.Draft7Validator = VALIDATOR) -> list[str]:
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(given)]


def nested(schema: object, path: str = "$") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every object inside a schema, with its path."""
    if isinstance(schema, dict):
        yield path, schema
        for name, each in schema.items():
            yield from nested(each, f"{path}.{name}")
    if isinstance(schema, list):
        for place, each in enumerate(schema):
            yield from nested(each, f"{path}[{place}]")


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_current(name: str) -> None:
    published = (CHECKOUT / "docs/schema" / name).read_text(encoding="utf-8")
    assert published == texts()[name], "run `make docs`"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one_of_draft_07_and_gives_no_alternatives_that_exclude_each_other(name: str) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])
    assert not [path for path, each in nested(SCHEMAS[name]) if "oneOf" in each]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described(name: str) -> None:
    silent = [
        f"{path}.{key}"
        for path, each in nested(SCHEMAS[name])
        if isinstance(each.get("properties"), dict)
        for key, value in each["properties"].items()
        if isinstance(value, dict) and not value.get("description") and "const" not in value
    ]
    assert not silent


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_every_scenario_that_ships_is_valid(path: Path) -> None:
    assert not problems(data(path))


def test_the_standard_catalogue_is_valid() -> None:
    validator = jsonschema.Draft7Validator(SCHEMAS["catalogue-1.json"])
    assert not problems(data(CHECKOUT / "assets/catalogue/standard.yaml"), validator)


def test_a_new_scenario_is_valid_and_names_the_schema() -> None:
    text = scenario_text("lake", 12)
    root = tree_of(text, Report("lake.yaml"))
    assert root is not None
    assert not problems(plain(root))
    first, _, _ = text.partition("\n")
    assert first == f"# yaml-language-server: $schema={SCHEMA}"


# ---- slips


def everything() -> dict[str, Any]:
    """A scenario with every section, its table of relations written as pairs, so that JSON can say it."""
    given = data(CHECKOUT / "tests/findings/ok/everything.yaml")
    given["relations"] = {"pairs": {"bora -> ada": 5}, "uncertain": {"ada -> bora": {"sd": 4}}}
    return given


def places(shape: Shape, value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Shape]]:
    """Where each declared shape stands in a value."""
    yield path, shape
    if isinstance(shape, Block) and isinstance(value, dict):
        for name, key in shape.keys.items():
            if name in value:
                yield from places(key.shape, value[name], (*path, name))
    if isinstance(shape, Table) and isinstance(value, dict):
        for name, each in value.items():
            yield from places(shape.value, each, (*path, name))
    if isinstance(shape, Items) and isinstance(value, list):
        for place, each in enumerate(value):
            yield from places(shape.item, each, (*path, place))


def wrong(shape: Shape) -> Iterator[tuple[str, object]]:
    """Values that a shape does not take, and what is wrong with them."""
    match shape:
        case Number():
            yield "a text for a number", "many"
            yield "a number too large", 1e12 if shape.high is None else shape.high + 1
            if shape.low is not None:
                yield "a number too small", shape.low - 1
        case Amount():
            yield "a text for an amount", "about 5"
            yield "half a spread", {"mean": 1}
            yield "a mixed spread", {"mean": 1, "sd": 1, "low": 0}
            yield "an unknown part of a spread", {"mean": 1, "std": 1}
        case Truth():
            yield "a word for a truth", "yes"
        case Choice():
            yield "none of the choices", "somewhat"
        case Reference():
            yield "no id", "Not an Id"
            yield "a list for an id", ["ada"]
        case Moment():
            yield "no date", "next year"
        case Text() if shape.pattern is not None or not shape.loose:
            yield "a block for a text", {"text": "x"}


def slips() -> Iterator[tuple[str, dict[str, Any]]]:
    """One slip each: a key that is misspelt or missing, a value of the wrong kind, beyond its bounds or of no form."""
    base = everything()

    def changed(path: tuple[Any, ...], change: Any) -> dict[str, Any]:
        made = copy.deepcopy(base)
        inner: Any = made
        for step in path:
            inner = inner[step]
        change(inner)
        return made

    for path, shape in places(Block("a scenario", SCENARIO), base):
        said = ".".join(map(str, path))
        if isinstance(shape, Block):
            yield f"{said}: unknown key", changed(path, lambda inner: inner.update({"no_such_key": 1}))
            # An entry of the catalogue may leave out what the catalogue says of it.
            whole = path[:1] not in {(name,) for name in OVERLAID}
            for name in [name for name, key in shape.keys.items() if key.required and whole]:
                yield f"{said}: without {name}", changed(path, lambda inner, name=name: inner.pop(name))
        for what, value in wrong(shape) if path else ():
            yield f"{said}: {what}", changed(path[:-1], lambda inner, at=path[-1], v=value: inner.__setitem__(at, v))


LINES = [
    ("endings", "war", "when", ["strait.tension => 60"]),
    ("endings", "war", "when", ["ada <-> bora > 20"]),
    ("endings", "war", "when", ["strait.tension"]),
    ("endings", "war", "when", ["ada -> bora < -40 and turn > 3"]),
    ("endings", "war", "when", ["happend(x)"]),
    ("endings", "war", "when", ["pact(ada, bora)"]),
    ("endings", "war", "when", ["pact(ada -> bora)"]),
    ("endings", "war", "when", ["ada = bora"]),
    ("endings", "war", "when", {"or": ["turn > 3"]}),
    ("endings", "war", "when", {"any": ["turn > 3"], "none": ["turn > 4"]}),
    ("endings", "war", "when", 5),
]


@pytest.mark.parametrize("line", LINES, ids=str)
def test_a_line_that_is_no_condition_is_refused(line: tuple[str, str, str, object]) -> None:
    section, name, key, value = line
    given = everything()
    given[section] = {name: {"when": ["turn > 3"], "text": "x"}}
    assert not problems(given)
    given[section][name][key] = value
    assert problems(given)


def test_slips_that_a_schema_can_see_are_refused_as_the_checker_refuses_them() -> None:
    seen = dict(slips())
    assert len(seen) >= 200
    assert not problems(everything())
    passed = [said for said, given in seen.items() if VALIDATOR.is_valid(given)]
    assert not passed
    # What the schema refuses is a slip for the checker too, or the schema would forbid what is right.
    right = [said for said, given in list(seen.items())[::5] if not failed(given)]
    assert not right


def failed(given: dict[str, Any]) -> bool:
    found = read(json.dumps(given, ensure_ascii=False, indent=1)).findings
    return any(each.severity == "error" for each in found)


TRIGGERS = [
    {"at": 2, "after": {"event": "x"}},
    {},
    {"at": 2, "decider": "ada"},
    {"after": {"event": "x", "act": "praise"}},
    {"at": 2, "effects": {"ada - bora": {"mood": 1}}},
    {"at": 2, "effects": {"ada.military": {"set": 2, "mean": 1}}},
    {"at": 2, "effects": {"sign": {"seller": "ada", "buyer": "bora"}}},
    {"at": 2, "effects": {"cede": {"dispute": "strait"}}},
    {"at": 2, "effects": {"flag": {"alarm": 1}}},
]


@pytest.mark.parametrize("event", TRIGGERS, ids=str)
def test_keys_that_do_not_go_together_are_refused(event: dict[str, Any]) -> None:
    given = everything()
    given["events"]["news"] = {"headline": "News", "at": 2, "effects": {"ada -> bora": {"mood": 1}}}
    assert not problems(given)
    given["events"]["news"] = {"headline": "News", **event}
    assert problems(given)


# ---- the languages inside


def test_the_pattern_of_conditions_knows_every_test_and_measure() -> None:
    assert set(grammar.ARGUMENTS) == {*TESTS, *MEASURES}


CONDITIONS = [
    "ada -> bora < -40",
    "strait.tension >= 60",
    "ada.military > 1.1 * (bora.military + 2) / 3",
    "-(ada -> bora) >= - 5",
    "turn >= 3",
    "trust(ada -> bora) + suspicion( ada->bora ) >= 20%",
    "did(rivals of ada -> others: praise)",
    "  happened( news ) ",
    "suspended(ada<->bora:trade)",
]


@pytest.mark.parametrize("line", CONDITIONS)
def test_what_is_a_condition_matches_its_pattern(line: str) -> None:
    assert re.search(grammar.CONDITION, line)


def test_a_pattern_gives_up_fast_on_what_is_nearly_a_condition() -> None:
    # Alternatives that overlap would try the same text in exponentially many ways, and this would never end.
    for line in ("(" * 90 + "1", "1 + " * 48 + "!", "- " * 99, "a -> b + " * 22, " " * 199):
        assert not re.search(grammar.CONDITION, line[:200])
        assert not re.search(grammar.CLAIM, f"share({line}"[:200])


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed")
def test_the_patterns_mean_the_same_where_editors_read_them() -> None:
    patterns = {each["pattern"] for schema in SCHEMAS.values() for _, each in nested(schema) if "pattern" in each}
    strings = sorted({pattern for pattern in patterns if isinstance(pattern, str)})
    program = (
        "const [p, l] = JSON.parse(require('fs').readFileSync(0)); console.log(JSON.stringify(p.map("
        "each => l.map(line => new RegExp(each, 'u').test(line)))))"
    )
    lines = [*CONDITIONS, *(str(each[3]) for each in LINES), "ada", "null", "2012-02", "share(turn > 3) < 20%"]
    done = subprocess.run(
        ["node", "-e", program], input=json.dumps([strings, lines]), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == [[bool(re.search(each, line)) for line in lines] for each in strings]
