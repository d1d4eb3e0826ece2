"""The documents are true to the code: generated pages are up to date, nothing is left out, no link is dead."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from click.testing import CliRunner

from docs.generate import BEGIN, CONTENTS, END, FOLDERS, pages, readme, stale
from docs.pages.acts import orders
from docs.pages.world import AXES, arrays
from game.cli import realpolitik
from game.cli.check_settings import settings_findings
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
TUTORIALS = [DOCS / name for name in ("play.md", "run.md", "write-a-scenario.md", "editors.md", "analyse.md")]
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


def test_generated_pages_are_up_to_date():
    folder = DOCS / "reference"
    old = [name for name, page in PAGES.items() if not (folder / name).is_file() or read(folder / name) != page]
    assert not old, "run `make docs`"


def test_no_page_is_left_of_what_is_there_no_more():
    assert not [shown(path) for path in stale()], "run `make docs`"


def test_a_page_that_is_written_from_nothing_is_found(tmp_path):
    for name in ("acts/praise.md", "acts/no_such_act.md", "commands.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# A page\n", encoding="utf-8")
    assert list(stale(tmp_path)) == [tmp_path / "acts/no_such_act.md"]


def test_the_page_of_every_act_says_all_that_it_declares():
    for act in STANDARD.acts.values():
        page = PAGES[f"acts/{act.id}.md"]
        assert section(page, "Effects") or section(page, "An order"), act.id
        for said in sentences(act, STANDARD):
            assert f"- {said.removeprefix('if refused: ')}\n" in page, act.id
        assert f"| cost | {act.cost:g} political capital |" in page, act.id
        assert act.doc in page, act.id
        assert f"(acts/{act.id}.md)" in PAGES["acts.md"], act.id


def test_the_orders_on_the_page_of_an_act_are_orders():
    board = compiled(STANDARD, None).board
    for act in STANDARD.acts.values():
        shown_ = section(PAGES[f"acts/{act.id}.md"], "An order").strip("`\n").splitlines()
        assert shown_, act.id
        assert [str(parse_order(line, board)) for line in shown_] == shown_
        assert {str(order) for order in orders(act, STANDARD)} == set(shown_)


def test_every_rule_has_a_page_with_its_parameters():
    for rule in (*RULES, "reasoner"):
        page = PAGES[f"rules/{rule}.md"]
        assert section(page, "What it does").startswith(f"{rule}: ") or rule == "reasoner"
        for name, leaf in declared()[rule].items():
            assert f"| `{rule}.{name}` | {leaf.default:g} |" in section(page, "Parameters"), f"{rule}.{name}"
        assert f"({rule}.md)" in PAGES["rules/README.md"]


def test_every_field_of_the_world_and_every_kind_in_the_catalogue_is_described():
    for field in arrays():
        assert field.metadata["doc"][1:] in section(PAGES["world.md"], field.name), field.name
        assert set(field.metadata["axes"]) <= set(AXES)
    for scenario in map(load, shipped_scenarios()):
        for attribute in scenario.attributes.values():
            assert f"| {scenario.id} | {attribute.name} | {attribute.unit} |" in PAGES[f"attributes/{attribute.id}.md"]
    for page in ("agreement-kinds", "pledge-kinds"):
        for kind in getattr(STANDARD, page.replace("-", "_")).values():
            assert kind.doc in section(PAGES[f"{page}.md"], kind.id), kind.id
    for page in ("offices", "personalities"):
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


def test_every_parameter_is_in_the_reference():
    reference = read(DOCS / "reference/parameters.md")
    assert not [path for path in paths() if f"`{path}`" not in reference]


def test_every_rule_parameter_and_term_is_explained_in_the_model():
    model = read(DOCS / "model.md")
    explained = {block: section(model, block) for block in {*declared(), *RULES}}
    assert not [rule for rule in RULES if not explained[rule]], "docs/model.md has no section on these"
    missing = [f"{block}.{name}" for block, leaves in declared().items() for name in leaves
               if f"`{name}`" not in explained[block]]  # fmt: skip
    assert not missing, "docs/model.md says nothing of these under the headings of their blocks"
    assert not [term for term in TERMS if f"| `{term}` |" not in explained["reasoner"]]


def test_every_command_is_in_the_reference():
    reference = read(DOCS / "reference/commands.md")
    assert not [command for command in COMMANDS if f"realpolitik {command}" not in section(reference, command)]


def test_there_are_decisions_and_they_are_numbered_without_a_gap():
    numbers = [path.name.partition("-")[0] for path in DECISIONS]
    assert numbers == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert numbers


def test_every_decision_is_listed_and_says_on_a_page_why_what_and_what_follows():
    index = read(DOCS / "decisions/README.md")
    for path in DECISIONS:
        text = read(path)
        assert headings(text)[1:] == SECTIONS, shown(path)
        assert all(section(text, each) for each in SECTIONS), shown(path)
        assert len(text.split()) < 500, f"{shown(path)} is longer than a page"
        assert f"({path.name})" in index


def test_every_relative_link_leads_somewhere():
    assert not [f"{shown(path)}: {dead}" for path in markdown_files() for dead in dead_links(path, read(path))]


def test_the_search_for_dead_links_finds_them(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("# A page\n", encoding="utf-8")
    text = "# A page\n\n[x](gone.md) [y](page.md#nothing) [z](#a-page) [w](page.md) [v](https://example.org/a)\n`[u](u.md)`\n"
    assert list(dead_links(page, text)) == ["gone.md leads nowhere", "page.md#nothing: there is no such heading"]


def test_every_command_line_names_a_command_and_its_options():
    found = {path: re.findall(r"^    realpolitik (.+)$", read(path), re.MULTILINE)
             for path in (CHECKOUT / "README.md", *TUTORIALS)}  # fmt: skip
    assert all(found.values())
    for line in (line for lines in found.values() for line in lines):
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


def test_the_settings_of_the_page_on_editors_are_sound():
    (text,) = re.findall(r"^```toml\n(\[check\]\n.*?)^```", read(DOCS / "editors.md"), re.MULTILINE | re.DOTALL)
    found, findings = settings_findings(text, "realpolitik.toml")
    assert not findings
    assert found["release"].format == "sarif"
    assert found["release"].audience == "strict"


def test_what_the_page_on_editors_quotes_is_what_the_program_writes():
    text = read(DOCS / "editors.md")
    head, _, _ = scenario_text("lake", 3).partition("\n")
    assert f"```yaml\n{head}\n```" in text
    (task,) = re.findall(r"^```json\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    package = json.loads(read(CHECKOUT / "editors/vscode/package.json"))
    matchers = [f"${each['name']}" for each in package["contributes"]["problemMatchers"]]
    assert {each["problemMatcher"] for each in json.loads(task)["tasks"]} <= set(matchers)


def test_the_table_and_the_commands_of_the_page_on_analysis_give_what_it_shows(tmp_path, monkeypatch):
    text = read(DOCS / "analyse.md")
    (table,) = re.findall(r"^```csv\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    Path("ties.csv").write_text(table, encoding="utf-8")
    for line, shown_there in re.findall(
        r"^    realpolitik ([^\n]+)\n(?:\n```\n(.*?)^```)?", text, re.MULTILINE | re.DOTALL
    ):
        done = CliRunner().invoke(realpolitik, shlex.split(line, comments=True))
        assert done.exit_code == 0, (line, done.stderr)
        assert shown_there in done.stdout, line


def test_the_python_of_the_page_on_analysis_runs():
    program = "\n".join(re.findall(r"^```python\n(.*?)^```", read(DOCS / "analyse.md"), re.MULTILINE | re.DOTALL))
    done = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "tips at coupling 1.184" in done.stdout


def test_every_page_is_in_the_readme():
    text = read(CHECKOUT / "README.md")
    assert not [shown(path) for path in DOCS.glob("*.md") if f"(docs/{path.name})" not in text]
