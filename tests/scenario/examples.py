"""The examples of the pages about findings, made into whole files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from game.scenario.findings.codes import explanation

BASE = """\
format: 1
id: example
title: Example
start: 2012-02
turns: 12
catalogue: standard
sources: {invented: {cite: Invented}}
attributes: {military: {unit: index, min: 0, max: 100}}
states:
  ada: {name: Ada, stats: {military: 40}, sources: invented}
  bora: {name: Bora, stats: {military: 50}, sources: invented}
relations:
  pairs: {ada <-> bora: 20}
disputes:
  strait: {name: The strait, kind: territory, held_by: ada, claimed_by: bora, tension: 40, sources: invented}
"""
_SECTION = re.compile(r"^(?=[A-Za-z_]+:)", re.MULTILINE)
_FENCE = re.compile(r"## (Bad|Good)\n\n```(yaml|whole|escaped)(?: repeated=(\d+))?\n(.*?)\n```", re.DOTALL)
_REPEATED = re.compile("‹(.*?)›", re.DOTALL)


UNKEPT = frozenset({"Y002", "Y031"})
"""Codes whose examples can't lie in the repository: bytes that are no text, and what a merge leaves behind."""


@dataclass(frozen=True)
class Example:
    """One example of a page as a file's content; large ones, and those that are no text, are not `kept` as files."""

    content: bytes
    kept: bool


def example(code: str, which: str) -> Example:
    """The `Bad` or the `Good` example of a code."""
    for found, kind, times, body in _FENCE.findall(explanation(code)):
        if found == which:
            count = int(times or 1)
            text = "".join(_repeated(part, count) if odd else part for odd, part in _pieces(body))
            if kind == "escaped":
                text = text.encode("latin-1").decode("unicode_escape")
            whole = text + "\n" if kind == "whole" else merged(text)
            narrow = kind == "escaped" and all(ord(letter) < 256 for letter in text)
            return Example(
                whole.encode("latin-1" if narrow else "utf-8"), int(times or 0) < 1000 and code not in UNKEPT
            )
    raise AssertionError(f"the page of {code} has no {which.lower()} example")


def _repeated(part: str, times: int) -> str:
    """A part so many times, each with its number where it says №."""
    return "".join(part.replace("№", str(number)) for number in range(times))


def _pieces(body: str) -> Iterator[tuple[bool, str]]:
    """The parts of an example, and whether each is to be repeated."""
    return ((place % 2 == 1, part) for place, part in enumerate(_REPEATED.split(body)))


def merged(changes: str) -> str:
    """The base with the top keys of an example in place of its own."""
    changed = [part for part in _SECTION.split(changes) if part]
    names = {part.partition(":")[0] for part in changed}
    kept = [part for part in _SECTION.split(BASE) if part and part.partition(":")[0] not in names]
    # `format` leads, as in every file; the example follows, where its lines are easy to find.
    return "".join(kept) + "".join(changed) + "\n"
