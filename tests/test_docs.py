"""The documents are true to the code: generated pages are up to date, nothing is left out, no link is dead."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from docs.generate import BEGIN, CONTENTS, END, FOLDERS, pages, readme, stale
from docs.pages.acts import orders
from docs.pages.world import AXES, arrays
from game.files import shipped_scenarios
from game.kernel.orders import parse_order
from game.narrative.act_descriptions import sentences, standard
from game.parameters import declared, paths
from game.policies.reasoner.utility import TERMS
from game.rules import RULES
from game.scenario import load
from game.scenario import read as load_text
from game.scenario.compile import compiled
from game.scenario.template import scenario_text

CHECKOUT = Path(__file__).resolve().parents[1]
DOCS = CHECKOUT / "docs"
DECISIONS = sorted(path for path in (DOCS / "decisions").glob("*.md") if path.stem != "README")
TUTORIALS = [DOCS / name for name in ("play.md", "run.md", "write-a-scenario.md")]
COMMANDS = sorted(path.stem for path in (CHECKOUT / "game/cli/commands").glob("*.py") if path.stem != "__init__")
STANDARD = standard()
PAGES = pages()
SECTIONS = ["Context", "Decision", "Consequences"]

FENCE = re.compile(r"^ {0,3}(```|~~~).*?^ {0,3}\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
LINK = re.compile(r"\[[^\]\n]*\]\((?P<goal>[^)\s]+)(?: \"[^\"]*\")?\)")


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def shown(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def markdown_files() -> list[Path]:
    """Every Markdown file in git, and those about to be."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", "*.md"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    names = [name for name in listed.stdout.split("\0") if name]
    # An unpacked archive has no git.
    found = map(CHECKOUT.joinpath, names) if names else [CHECKOUT / "README.md", *DOCS.rglob("*.md")]
    return sorted(path for path in found if path.is_file())


def headings(text: str) -> list[str]:
    """The text of every heading, in order."""
    return re.findall(r"^#{1,6} +(.+?) *$", FENCE.sub("", text), re.MULTILINE)


def anchor(heading: str) -> str:
    """The fragment by which a heading is linked to."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def dead_links(path: Path, text: str) -> Iterator[str]:
    """The relative links of a page that lead to no file, or to no heading of it."""
    for match in LINK.finditer(CODE.sub("", FENCE.sub("", text))):
        target, _, fragment = match["goal"].partition("#")
        if re.match(r"[a-z][a-z0-9+.-]*:", target):
            continue
        page = (path.parent / target).resolve() if target else path
        if not page.exists():
            yield f"{match['goal']} leads nowhere"
        elif fragment and page.suffix == ".md":
            known = map(anchor, headings(text if page == path else read(page)))
            if fragment not in known:
                yield f"{match['goal']}: there is no such heading"


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next one; empty when there is none."""
    found = re.search(rf"^#+ +{re.escape(heading)} *$(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


@pytest.mark.parametrize("name", list(PAGES))
def test_a_generated_page_is_up_to_date(name):
    path = DOCS / "reference" / name
    assert path.is_file(), f"{shown(path)} is missing; run `make docs`"
    assert read(path) == PAGES[name], f"{shown(path)} is out of date; run `make docs`"


def test_no_page_is_left_of_what_is_there_no_more():
    assert not [shown(path) for path in stale()], "run `make docs`"


def test_a_page_that_is_written_from_nothing_is_found(tmp_path):
    for name in ("acts/praise.md", "acts/no_such_act.md", "commands.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# A page\n", encoding="utf-8")
    assert list(stale(tmp_path)) == [tmp_path / "acts/no_such_act.md"]


@pytest.mark.parametrize("act", list(STANDARD.acts.values()), ids=lambda act: act.id)
def test_an_act_has_a_page_with_all_that_it_declares(act):
    page = PAGES[f"acts/{act.id}.md"]
    assert section(page, "Effects") or section(page, "An order")
    for said in sentences(act, STANDARD):
        assert f"- {said.removeprefix('if refused: ')}\n" in page
    assert f"| cost | {act.cost:g} political capital |" in page
    assert act.doc in page
    assert f"(acts/{act.id}.md)" in PAGES["acts.md"]


@pytest.mark.parametrize("act", list(STANDARD.acts.values()), ids=lambda act: act.id)
def test_the_orders_on_the_page_of_an_act_are_orders(act):
    board = compiled(STANDARD, None).board
    shown_ = section(PAGES[f"acts/{act.id}.md"], "An order").strip("`\n").splitlines()
    assert shown_
    assert [str(parse_order(line, board)) for line in shown_] == shown_
    assert {str(order) for order in orders(act, STANDARD)} == set(shown_)


@pytest.mark.parametrize("rule", [*RULES, "reasoner"])
def test_a_rule_has_a_page_with_its_parameters(rule):
    page = PAGES[f"rules/{rule}.md"]
    assert section(page, "What it does").startswith(f"{rule}: ") or rule == "reasoner"
    for name, leaf in declared()[rule].items():
        assert f"| `{rule}.{name}` | {leaf.default:g} |" in section(page, "Parameters")
    assert f"({rule}.md)" in PAGES["rules/README.md"]


@pytest.mark.parametrize("field", arrays(), ids=lambda field: field.name)
def test_a_field_of_the_world_is_described(field):
    described = section(PAGES["world.md"], field.name)
    assert field.metadata["doc"][1:] in described
    assert set(field.metadata["axes"]) <= set(AXES)


@pytest.mark.parametrize("name", list(shipped_scenarios()))
def test_an_attribute_of_a_shipped_scenario_has_a_page(name):
    scenario = load(name)
    for attribute in scenario.attributes.values():
        assert f"| {scenario.id} | {attribute.name} | {attribute.unit} |" in PAGES[f"attributes/{attribute.id}.md"]


@pytest.mark.parametrize("page", ["agreement-kinds", "pledge-kinds"])
def test_a_kind_of_agreement_or_pledge_is_described(page):
    for kind in getattr(STANDARD, page.replace("-", "_")).values():
        assert kind.doc in section(PAGES[f"{page}.md"], kind.id)


@pytest.mark.parametrize("page", ["offices", "personalities"])
def test_an_office_or_personality_is_listed(page):
    for each in getattr(STANDARD, page).values():
        assert f"| `{each.id}` |" in PAGES[f"{page}.md"]


def test_every_page_is_reached_from_the_index():
    index = PAGES["README.md"]
    for name in PAGES:
        linked = name in CONTENTS or name.partition("/")[0] in FOLDERS or name == "README.md"
        assert linked, f"{name} is on no list"
        assert f"({name})" in index or name == "README.md", f"{name} is not linked from the index"


def test_the_run_in_the_readme_is_the_one_that_happens():
    text = read(CHECKOUT / "README.md")
    assert BEGIN in text
    assert END in text
    assert text == readme(text), "the run in README.md is out of date; run `make docs`"


@pytest.mark.parametrize("path", list(paths()))
def test_a_parameter_is_in_the_reference(path):
    assert f"`{path}`" in read(DOCS / "reference/parameters.md")


@pytest.mark.parametrize("block", list(declared()))
def test_every_parameter_of_a_block_is_explained_in_the_model(block):
    explained = section(read(DOCS / "model.md"), block)
    missing = [name for name in declared()[block] if f"`{name}`" not in explained]
    assert not missing, f"docs/model.md says nothing of these under its heading {block!r}: {', '.join(missing)}"


@pytest.mark.parametrize("rule", list(RULES))
def test_a_rule_has_a_heading_in_the_model(rule):
    assert section(read(DOCS / "model.md"), rule), f"docs/model.md has no section {rule!r}"


@pytest.mark.parametrize("term", TERMS)
def test_a_term_of_the_reasoner_is_explained_in_the_model(term):
    assert f"| `{term}` |" in section(read(DOCS / "model.md"), "reasoner")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_in_the_reference(command):
    assert f"realpolitik {command}" in section(read(DOCS / "reference/commands.md"), command)


def test_there_are_decisions_and_they_are_numbered_without_a_gap():
    numbers = [path.name.partition("-")[0] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert numbers


@pytest.mark.parametrize("path", DECISIONS, ids=shown)
def test_a_decision_says_its_context_what_was_decided_and_what_follows(path):
    text = read(path)
    assert headings(text)[1:] == SECTIONS
    assert all(section(text, each) for each in SECTIONS)
    assert len(text.split()) < 500, f"{shown(path)} is longer than a page"


@pytest.mark.parametrize("path", DECISIONS, ids=shown)
def test_a_decision_is_listed(path):
    assert f"({path.name})" in read(DOCS / "decisions/README.md")


@pytest.mark.parametrize("path", markdown_files(), ids=shown)
def test_every_relative_link_leads_somewhere(path):
    dead = list(dead_links(path, read(path)))
    assert not dead, "\n".join([f"{shown(path)}:", *dead])


def test_the_search_for_dead_links_finds_them(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A page\n", encoding="utf-8")
    text = "# A page\n\n[x](gone.md) [y](page.md#nothing) [z](#a-page) [w](page.md) [v](https://example.org/a)\n`[u](u.md)`\n"
    assert list(dead_links(page, text)) == ["gone.md leads nowhere", "page.md#nothing: there is no such heading"]


@pytest.mark.parametrize("path", [CHECKOUT / "README.md", *TUTORIALS], ids=shown)
def test_every_command_line_names_a_command_and_its_options(path):
    lines = re.findall(r"^    realpolitik (.+)$", read(path), re.MULTILINE)
    assert lines
    for line in lines:
        name, *words = shlex.split(line, comments=True)
        assert name in COMMANDS, line
        command = import_module(f"game.cli.commands.{name}").command
        known = {option for parameter in command.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, line


def test_the_python_of_the_tutorial_runs():
    blocks = re.findall(r"^```python\n(.*?)^```", read(DOCS / "run.md"), re.MULTILINE | re.DOTALL)
    program = "\n".join(blocks)
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "as the scenario begins" in done.stdout


def test_what_the_tutorial_adds_to_a_new_scenario_is_sound():
    text = scenario_text("lake", 3)
    for block in re.findall(r"^```yaml\n(.*?)^```", read(DOCS / "write-a-scenario.md"), re.MULTILINE | re.DOTALL):
        head, _, body = block.partition("\n")
        if head == "relations:":
            text = re.sub(r"^relations:\n(?:  .*\n)+", lambda _, new=block: new, text, flags=re.MULTILINE)
        elif head == "objectives:":
            assert "".join(body.split()) in "".join(text.split())
        elif f"\n{head}\n" in text:
            text = text.replace(f"\n{head}\n", f"\n{head}\n{body}")
        else:
            text += f"\n{block}"
    reading = load_text(text, audience="strict")
    assert not reading.findings, "\n".join(map(str, reading.findings))
    assert "border_shots" in reading.scenario.events


@pytest.mark.parametrize("path", sorted(DOCS.glob("*.md")), ids=shown)
def test_a_page_is_in_the_readme(path):
    assert f"(docs/{path.name})" in read(CHECKOUT / "README.md")
