"""From bytes to text that is safe to parse: size, encoding and characters, each with its place."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path

from game.files import opened
from game.scenario.findings.finding import Label, Report
from game.scenario.spec import Span
from game.text import Unfit, called, unfit

LARGEST = 640 * 1024
START = Span(1, 1, 1, 2)
_POINTED_AT = 9
"""How many further places of the same fault a finding points at."""
_BREAKS = re.compile("\r(?!\n)|[\x85\u2028\u2029]")
_OF_BREAKS = ("\r", "\x85", "\u2028", "\u2029")
_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


def bytes_of(path: Path) -> bytes:
    """A file's content, but never more than one byte past the limit."""
    with opened(path) as file:
        return file.read(LARGEST + 1)


def text_of(content: str | bytes, report: Report) -> str | None:
    """The text, or None with findings when it can't be used."""
    if len(content) > LARGEST:
        report.add(
            "Y001", START, f"the file is larger than {LARGEST // 1024} KiB", "split the story into several scenarios"
        )
        return None
    text = decoded(content, report) if isinstance(content, bytes) else content.removeprefix("\ufeff")
    if text is None or not _characters_are_safe(text, report):
        return None
    return text


def decoded(content: bytes, report: Report) -> str | None:
    """The bytes as UTF-8, or None with the line and the byte that is not."""
    for mark, name in _MARKS:
        if content.startswith(mark):
            report.add("Y002", START, f"the file is in {name}", "save it as UTF-8")
            return None
    body = content.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        _complain_of_bytes(body, error.object[error.start], report)
        return None


def shown_text(content: str | bytes) -> str:
    """What there is to show of a content that can't be used, with U+FFFD for what is no text."""
    if isinstance(content, str):
        return content
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, "replace")
    return content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")


def _complain_of_bytes(body: bytes, first: int, report: Report) -> None:
    """One finding at the first byte that is not UTF-8, with the places of the others."""
    spans: list[Span] = []
    count = 0
    # Surrogates stand for single bytes, so that columns count characters.
    for number, row in enumerate(body.decode("utf-8", "surrogateescape").split("\n"), 1):
        for column, letter in enumerate(row, 1):
            if "\udc80" <= letter <= "\udcff":
                count += 1
                if len(spans) <= _POINTED_AT:
                    spans.append(Span(number, column, number, column + 1))
    letter = bytes([first]).decode("cp1252", "replace")
    meant = f"; in Windows-1252 it would be {letter!r}" if letter.isprintable() and letter != "\ufffd" else ""
    message = f"byte 0x{first:02x} is not UTF-8" + (f", nor are {count - 1} more" if count > 1 else "")
    labels = tuple(Label(each, "nor is this") for each in spans[1:])
    report.add("Y002", spans[0], message, f"save the file as UTF-8{meant}", labels)


def place(text: str, offset: int, length: int = 1) -> Span:
    """The span of a stretch of text by its offset."""
    line = text.count("\n", 0, offset) + 1
    column = offset - text.rfind("\n", 0, offset)
    return Span(line, column, line, column + length)


def refusal(found: Unfit, span: Span) -> tuple[str, Span, str, str]:
    """The finding about a character that may not stand in a text: code, place, message and help."""
    name = called(found.character)
    if found.kind == "turning":
        help_ = "remove it; Arabic and Hebrew are turned by themselves, and U+200E and U+200F may stand anywhere"
        return "Y009", span, f"the character {name} turns around what is read after it", help_
    return "Y003", span, f"the character {name} does not belong in a text", "remove it"


def _others(pattern: re.Pattern[str], text: str) -> tuple[Label, ...]:
    """The further places where a pattern is found."""
    found = islice(pattern.finditer(text), 1, _POINTED_AT + 1)
    return tuple(Label(place(text, each.start()), "here too") for each in found)


def _characters_are_safe(text: str, report: Report) -> bool:
    # Most files have none of the four, and looking for characters is far faster than for a pattern.
    found = _BREAKS.search(text) if any(character in text for character in _OF_BREAKS) else None
    if found and found[0] == "\r":
        count = len(re.findall("\r(?!\n)", text))
        message = f"old Mac line ends (CR, U+000D){f', {count} of them' if count > 1 else ''}"
        report.add("Y004", place(text, found.start()), message, "save the file with LF or CRLF line ends")
        return False
    if found:
        message = f"U+{ord(found[0]):04X} breaks a line for some programs only"
        report.add(
            "Y004", place(text, found.start()), message, "end lines with a line feed (LF)", _others(_BREAKS, text)
        )
        return False
    character = unfit(text.replace("\r\n", "\n\n"))
    if character:
        report.add(*refusal(character, place(text, character.offset)))
        return False
    return True
