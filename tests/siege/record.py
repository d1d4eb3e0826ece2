"""Renews the journals that were found to do harm: `python -m tests.siege.record`.

Each is a small true game with one thing wrong and, where that is no damage of the file, every check made anew, as
somebody would who means it. `journals/README.md` says of each what it is and what is to be said of it.
"""

from __future__ import annotations

import json
import sys
import zlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from game.journal import (
    fingerprint,
    journal_of,
    keyframe,
    text_of,
)
from game.kernel.orders import order_of
from game.match.history import in_slots, orders_of
from game.match.match import Match, Setup, begin
from game.match.turn_taking import by_policy
from game.scenario import read
from game.testing import TRIAD

FOLDER = Path(__file__).parent / "journals"
Lines = list[dict[str, Any]]


def game() -> Match:
    """Three turns: a person ordered something in the first, everybody else has reasons throughout."""
    scenario = read(TRIAD).scenario
    assert scenario is not None
    parameters = {"reasoner.threshold": -2.0}
    match = begin(Setup(scenario, 3, "central", parameters, {"arda": "wait"}))
    board = match.history.board
    given = {0: in_slots([order_of("arda: praise borea"), order_of("arda: escalate islet")])}
    history = match.history.open()
    orders = orders_of(board, given, by_policy(match.with_history(history)))
    match = match.with_history(history.play(orders, np.zeros(orders.act.shape, dtype=bool)))
    return match.advance().advance()


def lines_of(text: str) -> Lines:
    """The lines of a journal without their checks."""
    found = [json.loads(line) for line in text.splitlines()]
    return [{name: value for name, value in each.items() if name != "check"} for each in found]


def signed(lines: Lines) -> str:
    """The lines as a journal, every check made anew."""
    said, check = [], ""
    for each in lines:
        body = json.dumps(each, ensure_ascii=False, separators=(",", ":"))
        check = fingerprint(check + body)
        said.append(f'{body[:-1]},"check":"{check}"}}')
    return "\n".join(said) + "\n"


def reasoned(lines: Lines) -> dict[str, Any]:
    """The first order that has reasons."""
    found: dict[str, Any] = next(each for line in lines[1:-1] for each in line["orders"] if each["why"])
    return found


def bomb(lines: Lines, match: Match) -> None:
    """A keyframe of which one array unpacks to sixteen million bytes."""
    lines[1]["keyframe"] = {
        **keyframe(match.history.worlds[1]),
        "memories": b64encode(zlib.compress(bytes(2**24), 9)).decode(),
    }


def other_world(lines: Lines, match: Match) -> None:
    """A keyframe of the turn after."""
    lines[1]["keyframe"] = {**keyframe(match.history.worlds[2]), "turn": "1"}


def more_than_a_world(lines: Lines, match: Match) -> None:
    """A keyframe with an array that worlds do not have."""
    lines[1]["keyframe"] = {**keyframe(match.history.worlds[1]), "omens": "AAAA"}


def with_text(lines: Lines, text: str) -> None:
    """Another scenario, with its hash."""
    lines[0]["journal"] |= {"text": text, "hash": fingerprint(text)}


Change = Callable[[Lines, Match], Any]
MEANT: Mapping[str, Change] = {
    "false-score": lambda lines, _: reasoned(lines)["why"].update(score=9.5),
    "false-term": lambda lines, _: reasoned(lines)["why"]["terms"].update(kindness=0.5),
    "false-runner-up": lambda lines, _: reasoned(lines)["why"].update(runner_up="wish arda well"),
    "reasons-of-a-person": lambda lines, _: lines[1]["orders"][0].update(why=reasoned(lines)["why"]),
    "answer-nobody-gave": lambda lines, _: lines[1]["orders"][0].update(accepted=True),
    "keyframe-bomb": bomb,
    "keyframe-of-another-turn": other_world,
    "keyframe-with-more": more_than_a_world,
    "relation-of-400-digits": lambda lines, _: lines[1]["relations"][0].__setitem__(1, 10**400),
    "score-without-end": lambda lines, _: reasoned(lines)["why"].update(score=float("inf")),
    "luck-that-is-no-number": lambda lines, _: reasoned(lines)["why"].update(chance=float("nan")),
    "parameter-of-400-digits": lambda lines, _: lines[0]["journal"]["parameters"].update({"balance.coupling": 10**400}),
    "slot-of-400-digits": lambda lines, _: lines[1]["orders"][0].update(slot=10**400),
    "format-is-true": lambda lines, _: lines[0]["journal"].update(format=True),
    "format-of-tomorrow": lambda lines, _: lines[0]["journal"].update(format=2),
    "policies-by-the-thousand": lambda lines, _: lines[0]["journal"]["policies"].update(
        {f"state_{number}": "wait" for number in range(1001)}
    ),
    "terms-by-the-thousand": lambda lines, _: reasoned(lines)["why"]["terms"].update(
        {f"t{number}": 0 for number in range(1001)}
    ),
    "date-of-20000-letters": lambda lines, _: lines[1].update(date="2001-01" * 3000),
    "seed-below-zero": lambda lines, _: lines[0]["journal"].update(seed=-1),
    "scenario-with-errors": lambda lines, _: with_text(lines, TRIAD.replace("turns: 12", "turns: many")),
    "scenario-that-is-none": lambda lines, _: with_text(lines, "\0"),
    "scenario-with-another-hash": lambda lines, _: lines[0]["journal"].update(text=TRIAD + "# more\n"),
    "catalogue-from-elsewhere": lambda lines, _: with_text(lines, TRIAD.replace("standard", "../../../etc/passwd")),
    "turn-left-out": lambda lines, _: lines.pop(2),
    "turn-twice": lambda lines, _: lines.insert(2, lines[1]),
    "turns-miscounted": lambda lines, _: lines[-1].update(end=2),
    "turns-counted-by-true": lambda lines, _: lines[-1].update(end=True),
    "more-behind-the-end": lambda lines, _: lines.append(lines[1]),
    "two-headers": lambda lines, _: lines.insert(1, lines[0]),
    "script-of-another": lambda lines, _: lines[0]["journal"]["policies"].update(borea="script:/etc/passwd"),
    "event-that-is-a-list": lambda lines, _: lines[1]["events"].append([]),
    "relations-of-one-state": lambda lines, _: lines[1].update(relations=[[0]]),
}  # fmt: skip


def damaged(text: str) -> dict[str, bytes]:
    """What a disk, a kill or a hand makes of a journal."""
    raw = text.encode()
    lines = raw.splitlines(keepends=True)
    end = sum(map(len, lines[:-1]))
    torn = raw[:end] + (lines[2][:20] + lines[-1][20:])
    return {
        "empty": b"",
        "one-line-end": b"\n",
        "nothing-but-zeros": bytes(4096),
        "no-text": b"\xff\xfe\x00\x01",
        "no-journal": b'{"save": "game"}\n',
        "brackets": b"[" * 20_000 + b"\n",
        "number-of-5000-digits": b"1" * 5000 + b"\n",
        "half-a-character": raw.replace(b'"path":"', b'"path":"\\ud800', 1),
        "torn-last-turn": b"".join(lines[:3]) + lines[3][:99],
        "cut-between-turns": b"".join(lines[:3]),
        "torn-in-mid-append": torn,
        "zeros-at-the-end": b"".join(lines[:3]) + bytes(len(lines[3])),
        "flipped-bit": raw[: end - 40] + bytes([raw[end - 40] ^ 1]) + raw[end - 39 :],
        "other-line-ends": raw.replace(b"\n", b"\r\n"),
        "twice": raw * 2,
    }


def found() -> dict[str, bytes]:
    """Every file, by its name."""
    match = game()
    text = text_of(journal_of(match))
    files = {"true": text.encode(), **damaged(text)}
    for name, change in MEANT.items():
        lines = lines_of(text)
        change(lines, match)
        files[name] = signed(lines).encode()
    return {f"{name}.jsonl": content for name, content in files.items()}


def main() -> None:
    """Write them anew."""
    FOLDER.mkdir(exist_ok=True)
    for name, content in found().items():
        (FOLDER / name).write_bytes(content)
        sys.stdout.write(f"{name}\n")


if __name__ == "__main__":
    main()
