"""Write the reference pages that follow from declarations, and the run the README shows: `make docs`.

`pages()` and `readme()` give their text without writing anything, so that a test can hold the files to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from docs.pages import acts, catalogue, markdown, rules, world
from game.cli.report import news, table_after
from game.journal import line_of
from game.match.match import Match, Setup, begin
from game.narrative.chronicle import Chronicle, closing, opening
from game.scenario import load
from game.scenario.editing import json_schema
from game.scenario.schema import reference

README = Path(__file__).resolve().parents[1] / "README.md"
REFERENCE = Path(__file__).resolve().parent / "reference"
SCHEMAS = Path(__file__).resolve().parent / "schema"

BEGIN, END = "<!-- the run, written by `make docs` -->\n", "<!-- the end of the run -->\n"
SEED = 3
"""The seed of the run: one that is played to its last turn."""

SHOWN = ("iran", "azerbaijan", "armenia")
"""Whose acts and goals the README shows."""

CONTENTS = {
    "acts.md": "what a state can do",
    "agreement-kinds.md": "the agreements that acts leave",
    "pledge-kinds.md": "what a state can bind itself to",
    "offices.md": "who speaks for a state",
    "personalities.md": "how states are inclined",
    "attributes.md": "what a state has",
    "rules/README.md": "how a turn is played, a page a rule",
    "parameters.md": "every number that may be set",
    "world.md": "every array that a run can change",
    "scenario-format.md": "what a scenario file may say",
    "findings/README.md": "what the checker may find in one",
}
"""The pages of the first level, and what is on them."""

FOLDERS = {"acts": "Acts", "attributes": "Attributes", "rules": "Rules", "findings": "Findings"}
"""The folders that have a page for each thing."""


def pages() -> Mapping[str, str]:
    """The text of every generated page, by the name of its file below the reference."""
    made = {**acts.pages(), **catalogue.pages(), **rules.pages(), **world.pages(), **reference.pages()}
    return {"README.md": markdown.text(index(made)), **made}


def index(made: Mapping[str, str]) -> Iterator[str]:
    """What is where."""
    yield from ("# Reference", "")
    yield "Every page but that of the commands is written from declarations by `make docs`; a test holds it to them."
    yield ""
    rows = [("[commands](commands.md)", "what can be typed")]
    rows += [(f"[{name.removesuffix('.md').removesuffix('/README')}]({name})", what) for name, what in CONTENTS.items()]
    yield from markdown.table(("page", "what is there"), rows)
    for folder, title in FOLDERS.items():
        names = sorted(name for name in made if name.startswith(f"{folder}/") and not name.endswith("README.md"))
        links = (f"[{Path(name).stem}]({name})" for name in names)
        yield from ("", f"## {title}", "", ", ".join(links))


def stale(folder: Path = REFERENCE) -> Iterator[Path]:
    """Pages that were written from something that is there no more."""
    made = {"commands.md", *pages()}
    for path in sorted(folder.rglob("*.md")):
        if path.relative_to(folder).as_posix() not in made:
            yield path


def readme(text: str) -> str:
    """The README with the run as it goes now."""
    before, begin_mark, rest = text.partition(BEGIN)
    _, end_mark, after = rest.partition(END)
    run = "\n".join(["```", *transcript(), "```", ""])
    return before + begin_mark + run + end_mark + after if end_mark else text


def transcript() -> Iterator[str]:
    """The first turn and the end of a run, with some states' acts and the events that somebody decides."""
    match = begin(Setup(load("south-caucasus-2012"), seed=SEED))
    yield from opening(match, match.setup.scenario.turns)
    yield from first_turn(match.advance())
    yield from ("", "…")
    while not match.finished:
        match = match.advance()
    names = [match.history.board.names[match.history.board.state(state)] for state in SHOWN]
    telling = False
    for line in closing(match):
        telling = line.startswith("The end, ") or line.split(":")[0] in names or (telling and line.startswith(" "))
        if telling:
            yield line


def first_turn(match: Match) -> Iterator[str]:
    """The first turn, shortened."""
    line = line_of(match, 1)
    events = tuple(event for event in line.events if event is line.events[0] or event.option)
    orders = tuple(record for record in line.orders if record.order.state in SHOWN)
    names = [match.history.board.names[match.history.board.state(state)] for state in SHOWN]
    told = [each for each in news(match, 1) if any(name in each for name in names)]
    yield from Chronicle.of(match).turn(replace(line, events=events, orders=orders), table_after(match, 0), told)


def main() -> None:
    """Write the pages that are not up to date."""
    texts = {REFERENCE / name: text for name, text in pages().items()}
    texts |= {SCHEMAS / name: text for name, text in json_schema.texts().items()}
    texts[README] = readme(README.read_text(encoding="utf-8"))
    for path in stale():
        path.unlink()
        print(f"removed {path.relative_to(README.parent).as_posix()}")
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path.relative_to(README.parent).as_posix()}")


if __name__ == "__main__":
    main()
