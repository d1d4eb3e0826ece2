"""Write the reference pages that follow from declarations, and the run the README shows: `make docs`.

`pages()` and `readme()` give their text without writing anything, so that a test can hold the files to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path

from game.cli.chronicle import Chronicle, closing, opening
from game.cli.commands.acts import KINDS, sentences, standard
from game.cli.report import news, table_after
from game.cli.words import counted
from game.declare import Leaf
from game.journal import line_of
from game.match import Match, Setup, begin
from game.parameters import declared
from game.policies.appraisal import TERMS
from game.rules import OPENING, PHASES
from game.scenario import load, reference
from game.scenario.spec import Act, Scenario
from game.world import FOREVER, NEVER, World

README = Path(__file__).resolve().parents[1] / "README.md"
REFERENCE = Path(__file__).resolve().parent / "reference"

BEGIN, END = "<!-- the run, written by `make docs` -->\n", "<!-- the end of the run -->\n"
SHOWN = ("iran", "azerbaijan", "armenia")
"""Whose acts and goals the README shows."""

WRITTEN_BY = "Written by `make docs` from {source}; change it there.\n"

AXES = {
    "R": "replicas", "N": "states", "A": "acts", "K": "kinds of tie", "L": "memories", "Q": "attributes",
    "D": "disputes", "E": "events", "F": "flags",
}  # fmt: skip


def pages() -> Mapping[str, str]:
    """The text of every generated page, by the name of its file."""
    texts = {"acts.md": acts_page(), "parameters.md": parameters_page(), "world.md": world_page()}
    written = {name: "\n".join(lines).rstrip("\n") + "\n" for name, lines in texts.items()}
    return written | reference.pages()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---" for _ in head) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def number(value: float) -> str:
    """A bound as it is read: `5`, `0.03`, none where there is no end."""
    if value in (float("inf"), float("-inf")):
        return "none"
    return f"{value:g}"


def parameters_page() -> Iterator[str]:
    """Every number of the model that may be set."""
    yield from ("# Parameters", "", WRITTEN_BY.format(source="the `Params` of each rule and of the reasoner"))
    yield "A parameter has one name: `balance.coupling` is `parameters: {balance: {coupling: 0.5}}` in a scenario,"
    yield "`--set balance.coupling=0.5` on the command line, `parameters={'balance.coupling': 0.5}` in Python and"
    yield "`balance__coupling=0.5` as a keyword of `AllianceModel`. A value outside the bounds is refused. Where the"
    yield "source says *ours*, the default is our own judgement. [The model](../model.md) has the formulas."
    for block, leaves in declared().items():
        yield from ("", f"## {block}", "")
        if leaves:
            head = ("path", "default", "from", "to", "unit", "meaning", "source")
            yield from table(head, (parameter_row(block, name, leaf) for name, leaf in leaves.items()))
        else:
            yield "Nothing may be set."


def parameter_row(block: str, name: str, leaf: Leaf) -> tuple[str, ...]:
    """One parameter."""
    bounds = (number(leaf.default), number(leaf.low), number(leaf.high))
    return (f"`{block}.{name}`", *bounds, leaf.unit, leaf.doc, leaf.source)


def world_page() -> Iterator[str]:
    """What a run can change."""
    yield from ("# The world", "", WRITTEN_BY.format(source="the fields of `game.world.World`"))
    yield "Besides these arrays a world has `turn`, how many turns have been played, and `opened`, whether the events"
    yield f"of the next one have happened. {FOREVER} stands for *without end*, {NEVER} for *never*. Relations are not"
    yield "stored: `game.relations(board, world)` derives them."
    yield ""
    rows = []
    for each in fields(World):
        if "axes" in each.metadata:
            axes = ", ".join(each.metadata["axes"])
            low, high = (number(float(each.metadata[end])) for end in ("low", "high"))
            rows.append((f"`{each.name}`", f"`[{axes}]`", low, high, each.metadata["doc"]))
    yield from table(("field", "axes", "from", "to", "meaning"), rows)
    yield from ("", "## Axes", "")
    yield from table(("axis", "counts"), ((f"`{axis}`", counts) for axis, counts in AXES.items()))
    yield from ("", "## Phases", "")
    yield "The rules of one phase see the same world. Their order within it can't matter."
    yield ""
    phases = [("as a turn opens", phase) for phase in OPENING] + [("as it is played", phase) for phase in PHASES]
    yield from table(("when", "rules"), ((when, ", ".join(f"`{rule}`" for rule in phase)) for when, phase in phases))
    yield from ("", "## Terms of a score", "")
    yield "What the reasoner adds up: " + ", ".join(f"`{term}`" for term in TERMS) + "."


def acts_page() -> Iterator[str]:
    """The standard catalogue."""
    scenario = standard()
    yield from ("# Acts", "", WRITTEN_BY.format(source="`assets/catalogue/standard.yaml`"))
    yield "What a state can do when its scenario says `catalogue: standard`. `realpolitik acts SCENARIO` lists the acts"
    yield "of a scenario, its own included. `mood`, `memory` and `scar` are the memories an effect is written to;"
    yield "*rivals*, *friends* and *neighbours* are graded onlookers ([the model](../model.md#acts))."
    for kind, title in KINDS.items():
        yield from ("", f"## {title}")
        for act in scenario.acts.values():
            if act.kind == kind:
                yield from act_section(act, scenario)
    yield from ("", "## Kinds of tie", "")
    head = ("kind", "form", "giver", "receiver", "delivers a turn", "commitment", "meaning")
    yield from table(head, tie_rows(scenario))
    yield from ("", "## Personalities", "")
    yield from table(*personality_rows(scenario))


def act_section(act: Act, scenario: Scenario) -> Iterator[str]:
    """One act: what it is, what it needs and what it does."""
    yield from ("", f"### {act.id}", "", act.doc or act.name, "")
    actor, target = (role.name for role in act.roles)
    yield f"- from {actor} to {target}, cost {act.cost:g}, again after {counted(act.pause, 'turn')}"
    if act.value is not None:
        value = act.value
        yield f"- value {value.low:g} to {value.high:g} {value.unit}, usually {value.usual:g}; effects scale with it"
    requires = [leaf.text for condition in act.requires for leaf in condition.leaves]
    if requires:
        yield f"- requires {' and '.join(f'`{each}`' for each in requires)}"
    yield from (f"- {sentence}" for sentence in sentences(act, scenario))
    codes = [f"{name} {code}" for name, code in (("CAMEO", act.cameo), ("PLOVER", act.plover)) if code]
    yield f"- {', '.join([*codes, f'score {act.weight:g}'])}"


def tie_rows(scenario: Scenario) -> Iterator[tuple[str, ...]]:
    """One row a kind of tie."""
    for kind in scenario.tie_kinds.values():
        delivers = ", ".join(f"{name} {spread.central:g}" for name, spread in kind.delivers.items())
        worth = (f"{kind.giver:g}", "as giver" if kind.mutual else f"{kind.receiver:g}")
        form = "mutual" if kind.mutual else "one way"
        yield (f"`{kind.id}`", form, *worth, delivers or "nothing", f"{kind.commitment:g}", kind.doc)


def personality_rows(scenario: Scenario) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
    """The head, and one row a personality."""
    sliders = list(dict.fromkeys(name for each in scenario.personalities.values() for name in each.sliders))
    rows = [
        (f"`{each.id}`", *(f"{each.sliders[name]:g}" if name in each.sliders else "" for name in sliders), each.doc)
        for each in scenario.personalities.values()
    ]
    return ("personality", *sliders, "meaning"), rows


def readme(text: str) -> str:
    """The README with the run as it goes now."""
    before, begin_mark, rest = text.partition(BEGIN)
    _, end_mark, after = rest.partition(END)
    run = "\n".join(["```", *transcript(), "```", ""])
    return before + begin_mark + run + end_mark + after if end_mark else text


def transcript() -> Iterator[str]:
    """The first turn and the end of a run, with some states' acts and the events that somebody decides."""
    match = begin(Setup(load("south-caucasus-2012"), seed=7))
    yield from opening(match, match.setup.scenario.turns)
    yield from first_turn(match.advance())
    yield from ("", "…")
    while not match.finished:
        match = match.advance()
    names = [match.history.board.names[match.history.board.state(state)] for state in SHOWN]
    telling = False
    for line in closing(match):
        telling = line.split(":")[0] in names or (telling and line.startswith(" "))
        if telling:
            yield line


def first_turn(match: Match) -> Iterator[str]:
    """The first turn, shortened."""
    line = line_of(match, 1)
    events = tuple(event for event in line.events if event is line.events[0] or event.option)
    orders = tuple(record for record in line.orders if record.order.state in SHOWN)
    shown = replace(line, events=events, orders=orders)
    yield from Chronicle.of(match).turn(shown, table_after(match, 0), news(match, 1))


def main() -> None:
    """Write the pages that are not up to date."""
    texts = {REFERENCE / name: text for name, text in pages().items()}
    texts[README] = readme(README.read_text(encoding="utf-8"))
    for path, text in texts.items():
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path.relative_to(README.parent).as_posix()}")


if __name__ == "__main__":
    main()
