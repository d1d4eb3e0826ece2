"""A page for every rule and for the reasoner, and the table of all parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from inspect import cleandoc, getdoc
from pathlib import Path

from docs.pages.markdown import WRITTEN_BY, facts, number, section, table, text
from game.kernel.declare import Leaf
from game.parameters import BLOCKS, declared
from game.policies.reasoner.utility import TERMS
from game.rules import OPENING, PHASES, RULES

CHECKOUT = Path(__file__).resolve().parents[2]


def pages() -> Mapping[str, str]:
    """The pages by the name of their file below the reference."""
    made = {f"rules/{name}.md": text(rule_page(name)) for name in RULES}
    made["rules/reasoner.md"] = text(reasoner_page())
    made["rules/README.md"] = text(rules_index())
    made["parameters.md"] = text(parameters_page())
    return made


def rule_page(name: str) -> Iterator[str]:
    """One rule: when it acts, what it says of itself, its parameters, what tests it."""
    module = import_module(f"game.rules.{name}")
    yield from (f"# {name}", "", WRITTEN_BY.format(source=f"`game/rules/{name}.py`"))
    yield from facts([
        ("acts", phase_of(name)),
        ("source", link(f"game/rules/{name}.py")),
        ("tests", ", ".join(link(path) for path in tests_of(name))),
        ("in explanations", f"rows of the rule `{name}`, what the ends of the scale took as `limits`"),
        ("in the model", f"[{name}](../../model.md#{name})"),
    ])  # fmt: skip
    yield from section("What it does", prose(module.__doc__ or ""))
    yield from section("Its change", prose(getdoc(RULES[name]) or ""))
    yield from section("Parameters", parameters_of(name))


def reasoner_page() -> Iterator[str]:
    """The built-in reasoner: its terms and parameters."""
    module = import_module("game.policies.reasoner.reasoner")
    yield from ("# reasoner", "", WRITTEN_BY.format(source="`game/policies/reasoner/reasoner.py` and `utility.py`"))
    yield from facts([
        ("acts", "when everybody decides, before a turn is played"),
        ("source", link("game/policies/reasoner/reasoner.py")),
        ("tests", link("tests/policies/test_reasoner.py")),
        ("in explanations", "the terms of an order's score, the runner-up and the luck of both"),
        ("in the model", "[reasoner](../../model.md#reasoner)"),
    ])  # fmt: skip
    yield from section("What it does", prose(module.__doc__ or ""))
    yield from section("Terms of a score", [", ".join(f"`{term}`" for term in TERMS)])
    yield from section("Parameters", parameters_of("reasoner"))


def rules_index() -> Iterator[str]:
    """All rules in the order of their phases."""
    yield from ("# Rules", "", WRITTEN_BY.format(source="`game/rules/`"))
    yield "The rules of one phase see the same world. Their order within it can't matter."
    yield ""
    rows = [
        (when, f"[{name}]({name}.md)", headline(name))
        for when, phases in (("as a turn opens", OPENING), ("as it is played", PHASES))
        for phase in phases
        for name in phase
    ]
    rows.append(("when everybody decides", "[reasoner](reasoner.md)", "scores every order by named terms"))
    yield from table(("when", "rule", "what it does"), rows)


def headline(name: str) -> str:
    """The first line of a rule's own description, without its name."""
    first = (import_module(f"game.rules.{name}").__doc__ or "").strip().splitlines()[0]
    return first.partition(": ")[2].rstrip(".")


def phase_of(name: str) -> str:
    """When a rule acts."""
    for number_, phase in enumerate(PHASES, 1):
        if name in phase:
            others = ", ".join(f"[{each}]({each}.md)" for each in phase if each != name)
            return f"in phase {number_} of {len(PHASES)}" + (f", beside {others}" if others else "")
    return "as a turn opens, before anybody decides"


def tests_of(name: str) -> list[str]:
    """The test files that bear the rule's name."""
    found = sorted((CHECKOUT / "tests").rglob(f"test_{name}.py"), key=lambda path: (path.parent.name != "rules", path))
    return [path.relative_to(CHECKOUT).as_posix() for path in found]


def link(path: str) -> str:
    """A file of the checkout, from a page one folder below the reference."""
    return f"[{path}](../../../{path})"


def prose(docstring: str) -> Iterator[str]:
    """A docstring as Markdown: what is indented or is an example stays as it is written."""
    lines = cleandoc(docstring).splitlines()
    fenced, example = False, False
    for place, line in enumerate(lines):
        starts = line.startswith((" ", ">>>"))
        example = line.startswith(">>>") or (example and bool(line))
        if (starts or example) != fenced and (line or fenced):
            following = next((each for each in lines[place:] if each), "")
            if not (fenced and not line and following.startswith(" ")):
                yield "```"
                fenced = not fenced
        yield line
    if fenced:
        yield "```"


def parameters_of(block: str) -> Iterator[str]:
    """The table of one block."""
    leaves = declared()[block]
    if not leaves:
        yield "Nothing may be set."
        return
    head = ("path", "default", "from", "to", "unit", "meaning", "source")
    yield from table(head, (parameter_row(block, name, leaf) for name, leaf in leaves.items()))


def parameter_row(block: str, name: str, leaf: Leaf) -> tuple[str, ...]:
    """One parameter."""
    bounds = (number(leaf.default), number(leaf.low), number(leaf.high))
    return (f"`{block}.{name}`", *bounds, leaf.unit, leaf.doc, leaf.source)


def parameters_page() -> Iterator[str]:
    """Every number of the model that may be set."""
    yield from ("# Parameters", "", WRITTEN_BY.format(source="the `Params` of each rule and of the reasoner"))
    yield "A parameter has one name: `balance.coupling` is `parameters: {balance: {coupling: 0.5}}` in a scenario,"
    yield "`--set balance.coupling=0.5` on the command line, `parameters={'balance.coupling': 0.5}` in Python and"
    yield "`balance__coupling=0.5` as a keyword of `AllianceModel`. A value outside the bounds is refused. Where the"
    yield "source says *ours*, the default is our own judgement. [The model](../model.md) has the formulas, each"
    yield "[rule](rules/README.md) a page."
    for block in BLOCKS:
        yield from ("", f"## {block}", "", *parameters_of(block))
