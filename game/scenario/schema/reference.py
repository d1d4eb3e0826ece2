"""The reference pages that are written from the declarations: the scenario format, and a page for every finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from game.kernel.conditions import RIVALRY
from game.kernel.world import CALM, RUNGS
from game.scenario.findings.codes import CODES, explanation
from game.scenario.schema.blocks import Block, Items, Key, Table
from game.scenario.schema.declarations import CATALOGUE, FORMAT, SCENARIO
from game.scenario.schema.types import Shape

_INTRODUCTION = f"""\
# The scenario format, version {FORMAT}

A scenario is one YAML file of at most 640 KiB. This page is written from the declarations that check it.

- Ids are small letters, digits and `_`, a letter first. States, disputes and events share no id.
- `a -> b` is how a regards b, `a <-> b` both ways, `a.military` an attribute, `strait.tension` a dispute's tension.
- Where *a number or a spread* is asked for: `68`, `{{mean: 68, sd: 6}}`, `{{low: 55, mode: 70, high: 85}}` or
  `{{low: 3, high: 8}}`. A chance may be written `80%`.
- Conditions are lines such as `ada -> bora < -40`, `strait.tension >= 60`, `ada.military > 1.1 * bora.military`,
  `turn >= 3`, `happened(event)`, `pact(a <-> b)`, `pact(a <-> b: kind)`, `border(a <-> b)`, `ended(ending)` and
  `flag(name)`. A list means all; `any:`, `all:` and `none:` nest. An act's conditions name its roles as they name
  states, the breach of a pledge `giver` and `holder`.
- Further conditions: `did(a -> b: act)`, done this turn or the last, in a breach this turn only but under `none:`,
  where either side may be `rivals of x` or `friends of x` (who regard x at {RIVALRY:g} below or above zero, or
  beyond), `neighbours of x` or `others`; `pledge(a -> b)`, `pledge(a -> b: kind)`, `rumour(a <-> b)`, `suspended(a <->
  b: kind)`, `holds(a: strait)`, `recognises(a -> b: strait)` (a takes b's side), `crisis(strait)`, `at_war(a)`.
  Further numbers: `trust(a -> b)` from 0 to 1, `rung(strait)` from {CALM} to {len(RUNGS) - 1}, `suspicion(a -> b)`,
  `depth(a <-> b)` from 0 to 100.
- Effects are lines such as `a -> b: {{mood: -4}}`, `a.military: +4`, `strait.tension: +2`; in acts also
  `dispute.tension: +2`, of each dispute in which the two parties are opposed. One side of an arrow may be `rivals
  of a`, `friends of a`, `neighbours of a` or `others`. Effects of events may also be `a.military: {{set: 20}}`,
  `act: {{act: praise, speaker: ada, target: bora}}`, the same as `sign:` for deals, `break: {{kind: trade, members:
  [ada, bora]}}` (or `all`) and `flag: {{alarm: true}}`.
- In acts, `subject -> speaker: {{mood: -2}}` or `speaker -> subject: ...` is for the third state a statement is about.
- What events have done may say `value`, `secret: true`, `audience: private` or a state, `office`, `about: state` and
  `purpose: dispute`. Events may also `pledge: {{kind: no_attack, giver: ada, to: bora, turns: 24}}`, `rumour:
  {{members: [ada, bora]}}`, `reveal: {{members: [ada, bora]}}`, `cede: {{dispute: strait, to: bora}}`, `recognise:
  {{dispute: strait, state: cyra, side: bora}}` and `crisis: {{dispute: strait, rung: 2}}`, -1 to end it.
- Expectations are `share(condition)` or `mean(number)`, then `< 20%`, or `between 60% and 95%`.
- An entry of `acts`, `agreement_kinds`, `pledge_kinds`, `offices` or `personalities` that the catalogue has too
  changes only what it states; an act that states its `kind` replaces the catalogue's. What the catalogue says of
  attributes a scenario does not declare is left out.
- `# check: ignore[L005] the reason`, on its line or alone above it, keeps a warning from being reported.
"""


def pages() -> dict[str, str]:
    """Every page that follows from the format's declarations, by its file below the reference."""
    return {"scenario-format.md": format_page(), **{f"findings/{name}": page for name, page in finding_pages().items()}}


def format_page() -> str:
    """The page about the format, in Markdown."""
    parts = [_INTRODUCTION, "## A scenario\n", *_table(SCENARIO), ""]
    for name, key in SCENARIO.items():
        parts += _sections(name, key.shape, 3)
    parts += ["## A catalogue\n", *_table(CATALOGUE)]
    return "\n".join(parts).rstrip() + "\n"


def finding_pages() -> dict[str, str]:
    """Each page about a finding by file name, and an index of them."""
    rows = [f"| [{code}]({code}.md) | {each.severity} | {each.title} |" for code, each in CODES.items()]
    index = "\n".join(["# Findings", "", "| code | severity | about |", "| --- | --- | --- |", *rows, ""])
    return {"README.md": index, **{f"{code}.md": explanation(code) for code in CODES}}


def _sections(path: str, shape: Shape, level: int) -> Iterator[str]:
    """A heading and a table for each block inside a shape."""
    block, place = _block(path, shape)
    if block is None:
        return
    yield f"{'#' * level} `{place}`\n"
    yield from _table(block.keys)
    yield ""
    for name, key in block.keys.items():
        yield from _sections(f"{place}.{name}", key.shape, min(level + 1, 5))


def _block(path: str, shape: Shape) -> tuple[Block | None, str]:
    while not isinstance(shape, Block):
        if isinstance(shape, Table):
            path, shape = f"{path}.<{shape.declares or shape.refers or 'key'}>", shape.value
        elif isinstance(shape, Items):
            path, shape = f"{path}[]", shape.item
        else:
            return None, path
    return shape, path


def _table(keys: Mapping[str, Key]) -> Iterator[str]:
    yield "| key | | value | what it is |"
    yield "| --- | --- | --- | --- |"
    for name, key in keys.items():
        need = "required" if key.required else f"default: {key.fallback}" if key.fallback else ""
        value = key.shape.described().replace("|", "\\|")
        yield f"| `{name}` | {need} | {value} | {key.doc} |"
