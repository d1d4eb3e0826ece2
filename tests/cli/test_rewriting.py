"""fix, fmt and diff: what changes files in place, and what compares them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from click.testing import Result

Call = Callable[..., Result]
CHECKOUT = Path(__file__).resolve().parents[2]
TRIAD = (CHECKOUT / "scenarios/classroom-triad.yaml").read_text(encoding="utf-8")
SLIPS = TRIAD.replace("orders: 2 #", "ordrs: 2 #").replace("tension: 35\n", 'tension: "35"\n')


def write(text: str, name: str = "mine.yaml") -> Path:
    path = Path(name)
    path.write_bytes(text.encode())
    return path


def test_safe_fixes_are_made_and_guesses_only_when_asked_for(call: Call) -> None:
    path = write(SLIPS)
    done = call("fix", "mine.yaml")
    assert done.exit_code == 0
    assert "Remove the quotes (S009" in done.stdout
    assert done.stdout.endswith("mine.yaml: --unsafe would make 1 more by guessing\n")
    assert path.read_bytes().decode() == TRIAD.replace("orders: 2 #", "ordrs: 2 #")
    assert "Write orders (S001" in call("fix", "mine.yaml", "--unsafe").stdout
    assert path.read_bytes().decode() == TRIAD
    assert call("fix", "mine.yaml").stdout == "mine.yaml: nothing that can be mended\n"


def test_comments_layout_and_line_ends_survive_a_fix(call: Call) -> None:
    path = write(SLIPS.replace("\n", "\r\n"))
    call("fix", "mine.yaml", "--unsafe")
    assert path.read_bytes().decode() == TRIAD.replace("\n", "\r\n")


def test_a_patch_is_shown_and_nothing_is_written(call: Call) -> None:
    path = write(SLIPS)
    done = call("fix", "mine.yaml", "--unsafe", "--diff")
    assert done.exit_code == 1
    assert "-ordrs: 2 # orders" in done.stdout
    assert "+orders: 2 # orders" in done.stdout
    assert path.read_bytes().decode() == SLIPS
    write(TRIAD)
    assert (call("fix", "mine.yaml", "--diff").exit_code, call("fix", "mine.yaml", "--diff").stdout) == (0, "")


def test_a_file_that_is_no_text_is_left_as_it_is(call: Call) -> None:
    Path("mine.yaml").write_bytes(b"format: \xff\n")
    assert call("fix", "mine.yaml").exit_code == 1
    assert call("fmt", "mine.yaml").exit_code == 1
    assert Path("mine.yaml").read_bytes() == b"format: \xff\n"


def test_a_file_is_laid_out_once(call: Call) -> None:
    write(TRIAD.replace("turns: 12\n", "turns: 12   \n", 1))
    assert call("fmt", "mine.yaml", "--diff").exit_code == 1
    assert call("fmt", "mine.yaml").stdout == "laid out mine.yaml\n"
    assert Path("mine.yaml").read_bytes().decode() == TRIAD
    assert (call("fmt", "mine.yaml").stdout, call("fmt", "mine.yaml", "--diff").exit_code) == ("", 0)


def test_two_scenarios_are_compared_by_meaning(call: Call) -> None:
    write(TRIAD.replace("borea <-> cestia: -35", "borea <-> cestia: -75 # worse"))
    done = call("diff", "classroom-triad", "mine.yaml")
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "~ relations.borea -> cestia: -35 → -75",
        "~ relations.cestia -> borea: -35 → -75",
    ]
    first, _ = json.loads(call("diff", "classroom-triad", "mine.yaml", "--format", "json").stdout)
    assert first == {"path": "relations.borea -> cestia", "kind": "changed", "was": "-35", "now": "-75"}
    same = call("diff", "classroom-triad", "classroom-triad")
    assert (same.exit_code, same.stdout) == (0, "the two mean the same\n")
    write("format: 1\n")
    assert call("diff", "classroom-triad", "mine.yaml").exit_code == 1
