"""Fixes of words, signs and numbers: what a finding's help says to write in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from game.scenario.editing.edits import Edit
from game.scenario.editing.fix import Fix, Rule, in_quotes, replaced, within_row
from game.scenario.findings.finding import Finding
from game.scenario.spec import Span

_MEANT = re.compile(r"did you mean '([^']+)'\?\Z")
_WRITE_NUMBER = re.compile(r"write ([-+]?[0-9.]*[0-9])(?: \(.*|(?P<remark>[,:] .*))?\Z")
_WRITE_WORD = re.compile(r"write (true|false)\Z")
_TYPE = re.compile(r"(?:.*; )?type '([^']+)'\Z")
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_REMOVED = frozenset({"remove it", "remove the line", "remove the comment"})
_QUOTED = ("put the text in quotes", "put it in quotes")
_WRITE = re.compile(r"(?:.*: )?write '([^'…]+)'\Z|write ([<>=!]{1,2})\Z|write ([0-9]{4}(?:-[0-9]{2}){1,2})\Z")
_WRITE_ID = re.compile(r"(?:.*a letter first: |.*\): write )([a-z][a-z0-9_]*)(?:;.*)?\Z")
_WRITE_PAIR = re.compile(r"write ([a-z][a-z0-9_]* <?-> [a-z][a-z0-9_]*)\Z")
_SWAPPED = re.compile(r"swap ([a-z]+) and ([a-z]+)\Z")
_SEVERAL = re.compile(r"write (\{[a-z0-9_]+: [^}]+\})(?: or (\{[a-z0-9_]+: [^}]+\}))*\Z")
_SEVERAL_MEANINGS = re.compile(r"[0-9]{1,2}[^0-9][0-9]{1,2}[^0-9][0-9]{4}|.*[qQtT:].*")
"""Dates that another country reads otherwise, and those that say more than a date, or less."""


def _nearest(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """The nearest name instead of one that is unknown."""
    meant = _MEANT.search(finding.help or "")
    if meant is None or not here:
        return
    bare = here.strip("\"'")
    said = re.search(r"'([^']+)'", finding.message)
    wrong = said[1] if said is not None and said[1] in here else bare
    if _NAME.fullmatch(wrong) and here.count(wrong) == 1:
        yield replaced(f"Write {meant[1]}", finding, here.replace(wrong, meant[1]), safe=False)


def _number(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A number as it has to be written."""
    asked = finding.help or ""
    plain = _WRITE_NUMBER.match(asked)
    if plain is not None and finding.code in ("S009", "Y017") and here:
        text = f"{_blanks_before(here)}{plain[1]}" if finding.code == "Y017" else plain[1]
        yield replaced(
            f"Write {plain[1]}", finding, text, safe=finding.code == "S009" and "," not in here and not plain["remark"]
        )
    elif asked.startswith("remove the quotes") and here[:1] in ("'", '"'):
        yield replaced("Remove the quotes", finding, here[1:-1], safe=True)
    elif asked.startswith("write it without leading zeros") and re.fullmatch(r"[-+]?0+[0-9]+(?:\.[0-9]+)?", here):
        yield replaced("Remove the leading zeros", finding, re.sub(r"(?<![0-9.])0+(?=[0-9])", "", here), safe=False)


def _blanks_before(here: str) -> str:
    """The blanks that a stretch begins with."""
    return here[: len(here) - len(here.lstrip())]


def _word(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A sign or word in place of another that means the same."""
    asked = finding.help or ""
    word, sign = _WRITE_WORD.match(asked), _TYPE.match(asked)
    if word is not None and here:
        yield replaced(f"Write {word[1]}", finding, word[1], safe=True)
    elif sign is not None and sign[1] == "-" and here:
        yield replaced("Type -", finding, re.sub("[\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}]", "-", here), safe=True)
    elif sign is not None and len(here) == 1:
        yield replaced(f"Type {sign[1]}", finding, sign[1], safe=True)
    elif asked.startswith("write == for equality") and here == "=":
        yield from _equality(finding, lines[finding.span.line - 1])


def _equality(finding: Finding, row: str) -> Iterator[Fix]:
    """One '=' as a comparison: == where it stands alone, >= or <= where its other sign is on the wrong side of it."""
    start, end = finding.span.column - 1, finding.span.end_column - 1
    if row[end : end + 1] in ("<", ">"):
        meant, place = f"{row[end]}=", within_row(finding.span.line, start, end + 1)
    else:
        meant, place = "==", finding.span
    yield Fix(f"Write {meant}", finding, (Edit(place, meant),), safe=True)


def _quotes(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Quotes around a text that needs them."""
    if not (finding.help or "").startswith(_QUOTED):
        return
    row = lines[finding.span.line - 1].rstrip("\r")
    begins = re.match(r"\s*(?:- +)*[^\s:\"'{\[][^:]*:[ \t]+(?=[^\s\"'{\[|>])", row)
    if finding.code in ("Y022", "Y025") and begins is not None:
        value = row[begins.end() :].rstrip()
        place = Span(finding.span.line, begins.end() + 1, finding.span.line, begins.end() + len(value) + 1)
        yield Fix("Put the text in quotes", finding, (Edit(place, in_quotes(value)),), safe=" #" not in value)
    elif here and finding.code == "S003":
        yield replaced("Put it in quotes", finding, in_quotes(here), safe=True)


def _removal(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """What has no place is taken out."""
    if finding.help not in _REMOVED or not here:
        return
    row = lines[finding.span.line - 1]
    if finding.code == "L013":
        start = len(row[: finding.span.column - 1].rstrip())
        whole = not start and finding.span.line < len(lines)
        end = Span(finding.span.line, start + 1, finding.span.line, len(row) + 1)
        place = Span(finding.span.line, 1, finding.span.line + 1, 1) if whole else end
        yield Fix("Remove the comment", finding, (Edit(place, ""),), safe=True)
    elif finding.code in ("Y003", "Y009") and len(here) == 1:
        yield replaced("Remove the character", finding, "", safe=True)


def _written(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A group, a comparison, a party or a date as the language writes it."""
    asked = _WRITE.match(finding.help or "")
    if asked is None or not here or finding.code not in ("C006", "C007", "S019", "S027"):
        return
    meant = (asked[1] or asked[2] or asked[3]).removesuffix(":")
    row, span = lines[finding.span.line - 1], finding.span
    if finding.code == "C007":
        more = re.match(r" (?:than|least|most|to|or)\b(?: equal to\b)?", row[span.end_column - 1 :])
        place = within_row(span.line, span.column - 1, span.end_column - 1 + (more.end() if more else 0))
        # What a word adds to another, such as 'or' and 'equal', is left to whoever wrote it.
        plain = more is None or more[0] in (" than", " least", " most", " to")
        yield Fix(f"Write {meant}", finding, (Edit(place, meant),), safe=plain)
    else:
        bare = here.strip("\"'")
        # Of several conditions under 'not', all or each may have been meant.
        group, date = finding.code == "C006" and meant != "none", finding.code == "S019"
        safe = group or (date and not _SEVERAL_MEANINGS.fullmatch(bare))
        yield replaced(f"Write {meant}", finding, meant, safe=safe)


def _arrow(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """The arrow of the right kind. Whether a pair was meant in this direction, nobody but its author knows."""
    if finding.code == "C010" and here in ("->", "<->"):
        other = "<->" if here == "->" else "->"
        yield replaced(f"Write {other}", finding, other, safe=other == "<->")


def _own_power(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """An attribute that is each state's own, in place of one state's."""
    named = re.fullmatch(r"[a-z][a-z0-9_]*\.([a-z][a-z0-9_]*)", here)
    if finding.code == "C012" and named is not None:
        yield replaced(f"Write {named[1]}", finding, named[1], safe=False)


def _id(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """The id nearest to a key that can't be one."""
    meant = _WRITE_ID.match(finding.help or "")
    if finding.code == "S008" and meant is not None and here:
        yield replaced(f"Write {meant[1]}", finding, meant[1], safe=False)


def _pair(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Two states with the arrow that belongs between them."""
    meant = _WRITE_PAIR.match(finding.help or "")
    if finding.code == "S039" and meant is not None and here:
        yield replaced(f"Write {meant[1]}", finding, meant[1], safe=False)


def _memory(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """A change with each memory it may go to."""
    if finding.code == "S023" and _SEVERAL.match(finding.help or "") and here:
        for meant in re.findall(r"\{[^}]+\}", finding.help or ""):
            yield replaced(f"Write {meant}", finding, meant, safe=False)


def _exchange(finding: Finding, here: str, lines: Sequence[str]) -> Iterator[Fix]:
    """Two keys of one line in each other's place."""
    pair = _SWAPPED.match(finding.help or "")
    if pair is None:
        return
    row = lines[finding.span.line - 1]
    places = [list(re.finditer(rf"(?<![\w]){name}(?=\s*:)", row)) for name in (pair[1], pair[2])]
    if all(len(found) == 1 for found in places):
        first, second = (found[0] for found in places)
        edits = (
            Edit(within_row(finding.span.line, first.start(), first.end()), pair[2]),
            Edit(within_row(finding.span.line, second.start(), second.end()), pair[1]),
        )
        yield Fix(f"Swap {pair[1]} and {pair[2]}", finding, tuple(sorted(edits, key=lambda each: each.span)))


RULES: tuple[Rule, ...] = (
    _nearest, _number, _word, _quotes, _removal, _written, _arrow, _own_power, _id, _pair, _memory, _exchange,
)  # fmt: skip
"""Every rule of this module."""
