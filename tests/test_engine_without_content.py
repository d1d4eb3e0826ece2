"""The engine holds no content: what a scenario or the catalogue declares is named there, and nowhere in the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from game.files import shipped_scenarios, usual_scenario
from game.scenario import load
from game.testing import TRIAD

PACKAGE = Path(__file__).resolve().parents[1] / "game"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

EXAMPLES = {"scenario/template.py", "testing.py"}
"""What is written for authors to change: the scenario that `new` makes, and the triad of the rules' own examples."""

VOCABULARY = {
    "mood", "memory", "scar",  # the model's own layers, which every scenario has
    "actor", "target", "holder", "party",  # roles of the format
    "confirm", "deny",  # what the format's keys may say
    "protest", "alert", "war",  # rungs of the ladder
    "resolve", "mediation", "trade", "energy", "intelligence", "defence",  # terms of a score, and sorts of agreement
    "government",  # who speaks where no office is declared
    "cow",  # a data set whose codes of states the format takes
    "claimant", "neither",  # what authors write where the format has another word, so that they can be told
}  # fmt: skip
"""Words that the engine means by itself, and that some scenario or the catalogue happens to use as an id too."""


def declared() -> dict[str, str]:
    """Every id that a shipped scenario or its catalogue declares, and what it is."""
    found: dict[str, str] = {}
    for file, path in shipped_scenarios().items():
        scenario = load(file)
        found |= {file: "scenario", path.stem: "scenario"}
        sections = {
            "state": scenario.states, "attribute": scenario.attributes, "memory": scenario.memories,
            "dispute": scenario.disputes, "kind of agreement": scenario.agreement_kinds, "act": scenario.acts,
            "agreement": scenario.agreements, "kind of pledge": scenario.pledge_kinds, "pledge": scenario.pledges,
            "office": scenario.offices, "event": scenario.events, "flag": scenario.flags,
            "ending": scenario.endings, "personality": scenario.personalities, "source": scenario.sources,
            "expectation": scenario.expect, "inset": scenario.map.get("insets", {}),
        }  # fmt: skip
        found |= {name: kind for kind, names in sections.items() for name in names}
        found |= {option.id: "option" for event in scenario.events.values() for option in event.options}
        found |= {role.name: "role" for act in scenario.acts.values() for role in act.roles}
    return found


def called() -> dict[str, str]:
    """What real states, disputes and scenarios are called; no word of the code."""
    found: dict[str, str] = {}
    for name in shipped_scenarios():
        scenario = load(name)
        for kind, records in (("state", scenario.states), ("dispute", scenario.disputes)):
            for each, record in records.items():
                found |= {each: kind, record.name: kind}
    invented = set(re.findall(r"\w+", TRIAD))
    return {name: kind for name, kind in found.items() if name not in invented and len(name) > 2}


def literals(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a module, without its docstrings, and their lines."""
    tree = ast.parse(source)
    documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents:
            yield node.lineno, node.value


@pytest.fixture(scope="module")
def ids():
    return declared()


@pytest.fixture(scope="module")
def names():
    return called()


@pytest.mark.parametrize("module", [name for name in MODULES if name not in EXAMPLES])
def test_no_text_of_the_engine_is_an_id_of_a_scenario_or_the_catalogue(module, ids):
    source = (PACKAGE / module).read_text(encoding="utf-8")
    found = [f"line {line}: {text!r}, {ids[text]}" for line, text in literals(source)
             if text in ids and text not in VOCABULARY]  # fmt: skip
    assert not found, "\n".join([*found, "let the scenario or the catalogue say what the engine needs to know"])


@pytest.mark.parametrize("module", MODULES)
def test_no_module_names_a_state_a_dispute_or_a_scenario(module, names):
    source = (PACKAGE / module).read_text(encoding="utf-8")
    found = [f"{name}, {kind}" for name, kind in names.items() if re.search(rf"\b{re.escape(name)}\b", source)]
    found += [name for name in shipped_scenarios() if re.search(name.replace("_", "[-_ ]"), source, re.IGNORECASE)]
    assert not found


def test_the_check_finds_what_it_looks_for(ids, names):
    assert {"azerbaijan", "iran_nuclear", "arms_package", "limited_strike", "hedger", "caucasus"} <= set(ids)
    assert {"azerbaijan", "Azerbaijan", "karabakh"} <= set(names)
    assert [text for _, text in literals('"""azerbaijan"""\nseat = "azerbaijan"')] == ["azerbaijan"]


def test_every_word_of_the_vocabulary_is_needed(ids):
    used = {text for name in MODULES for _, text in literals((PACKAGE / name).read_text(encoding="utf-8"))}
    assert not VOCABULARY - used
    assert not VOCABULARY - set(ids)


def test_the_usual_scenario_is_one_that_is_shipped():
    assert usual_scenario().replace("-", "_") in shipped_scenarios()
