"""Where in a file an author is typing, from the text alone: it need not be YAML yet."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

ITEM = "[]"
"""The step from a list to one of its items."""

_KEY = re.compile(r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s#\"'{\[][^#]*?)[ \t]*:(?=\s|$)")
_DASHES = re.compile(r"(?:- +|-$)+")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place: the keys that lead to it, whether a key or a value is being written, and what of it stands before it."""

    path: tuple[str, ...]
    mode: Literal["key", "value"]
    typed: str
    beside: Mapping[str, str] = field(default_factory=dict)  # the keys of the same block, with what follows each


@dataclass(slots=True)
class _Open:
    """A bracket that is not closed yet."""

    sign: str
    key: str | None = None
    keys: dict[str, str] = field(default_factory=dict)

    def close(self, word: str) -> None:
        """An entry ends."""
        if self.key is not None:
            self.keys[self.key] = _bare(word)
        self.key = None


def cursor_at(lines: Sequence[str], line: int, column: int) -> Cursor:
    """The cursor before a character, both counted from 1."""
    row = lines[line - 1] if line <= len(lines) else ""
    before = row[: column - 1]
    content = before.lstrip(" ")
    indent = len(before) - len(content)
    steps: list[str] = []
    dashes = _DASHES.match(content)
    inside = indent
    if dashes:
        steps.append(ITEM)
        inside, content = indent + dashes.end(), content[dashes.end() :]
    parents = _parents(lines, line, indent, listed=bool(dashes))
    found = _KEY.match(content)
    if found is None and content[:1] not in ("{", "["):
        return Cursor((*parents, *steps), "key", content, _beside(lines, line, inside))
    rest = content
    if found is not None:
        steps.append(_bare(found["key"]))
        rest = content[found.end() :]
    return _in_line((*parents, *steps), rest.lstrip())


def _in_line(path: tuple[str, ...], rest: str) -> Cursor:
    """The place at the end of what follows a key on its line: within brackets, or the value itself."""
    opened, word = _brackets(rest)
    beside: Mapping[str, str] = {}
    for each in opened:
        path = (*path, ITEM) if each.sign == "[" else (*path, each.key) if each.key is not None else path
        beside = each.keys
    if opened and opened[-1].sign == "{" and opened[-1].key is None:
        return Cursor(path, "key", word, beside)
    return Cursor(path, "value", word)


def _brackets(text: str) -> tuple[list[_Open], str]:
    """The brackets that are open at the end of a text, and the word that is begun there."""
    opened: list[_Open] = []
    word, quote = "", ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
            word += sign
        elif sign in "\"'" and not word.strip():
            quote, word = sign, sign
        elif sign in "{[" and (opened or not word.strip()):
            opened.append(_Open(sign))
            word = ""
        elif sign in "}]" and opened:
            opened.pop()
            word = ""
        elif sign == "," and opened:
            opened[-1].close(word)
            word = ""
        elif sign == ":" and opened and opened[-1].sign == "{" and text[place + 1 : place + 2] in ("", " "):
            opened[-1].key = opened[-1].key or _bare(word)
            opened[-1].keys.setdefault(opened[-1].key, "")
            word = ""
        else:
            word += sign
    return opened, word.lstrip()


def _parents(lines: Sequence[str], line: int, indent: int, *, listed: bool) -> tuple[str, ...]:
    """The keys above a line that lead to it."""
    path: list[str] = []
    limit = indent
    for row in reversed(lines[: line - 1]):
        content = row.lstrip(" ")
        if not content.strip() or content.startswith("#"):
            continue
        column = len(row) - len(content)
        dashes = _DASHES.match(content)
        if dashes and column < limit:
            inner = column + dashes.end()
            found = _KEY.match(content[dashes.end() :])
            if found is not None and inner < limit:
                path.insert(0, _bare(found["key"]))
            path.insert(0, ITEM)
            limit, listed = column, True
        elif not dashes and (column < limit or (listed and column == limit)):
            found = _KEY.match(content)
            if found is None:
                continue
            path.insert(0, _bare(found["key"]))
            limit, listed = column, False
        if limit == 0 and not listed:
            break
    return tuple(path)


def _beside(lines: Sequence[str], line: int, indent: int) -> dict[str, str]:
    """The other keys of the block that a line belongs to."""
    found: dict[str, str] = {}
    for rows in (reversed(lines[: line - 1]), lines[line:]):
        for row in rows:
            content = row.lstrip(" ")
            if not content.strip() or content.startswith("#"):
                continue
            dashes = _DASHES.match(content)
            column = len(row) - len(content) + (dashes.end() if dashes else 0)
            if column < indent:
                break
            content = content[dashes.end() :] if dashes else content
            key = _KEY.match(content)
            if column == indent and key is not None:
                found[_bare(key["key"])] = _bare(content[key.end() :].partition(" #")[0])
            if dashes and column <= indent:
                break
    return found


def _bare(key: str) -> str:
    return key.strip().strip("\"'")
