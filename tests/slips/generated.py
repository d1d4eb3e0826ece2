"""Slips of one kind after another, made at every place of the base where they can be made."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import yaml

from tests.slips.slip import BASE, Slip

_LINES = BASE.split("\n")
# Blocks whose keys are the author's own, by the name of the block, or of the section they stand in.
_FREE = frozenset(
    [
        "stats",
        "codes",
        "roles",
        "pairs",
        "uncertain",
        "recognised_by",
        "effects",
        "refused",
        "delivers",
        "insets",
        "trust",
        "options",
    ]
)
_TABLES = frozenset(
    [
        "sources",
        "attributes",
        "memories",
        "states",
        "disputes",
        "agreement_kinds",
        "agreements",
        "pledge_kinds",
        "pledges",
        "trust",
        "offices",
        "personalities",
        "acts",
        "events",
        "objectives",
        "endings",
        "parameters",
        "expect",
    ]
)
_WORD = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Place:
    """A key or a value of the base: the keys that lead to it, and where it stands."""

    path: tuple[str, ...]
    key: yaml.ScalarNode
    value: yaml.Node

    @property
    def pattern(self) -> tuple[str, ...]:
        """The path without the author's own names."""
        return tuple("*" if free else name for name, free in zip(self.path, _frees(self.path), strict=True))

    @property
    def fixed(self) -> bool:
        return not _frees(self.path)[-1]


def _frees(path: tuple[str, ...]) -> list[bool]:
    found = []
    for depth, _ in enumerate(path):
        above = path[depth - 1] if depth else ""
        own = depth == 1 and path[0] in _TABLES
        inner = depth > 1 and (above in _FREE or path[depth - 2] in ("effects", "refused") or path[0] == "parameters")
        pledging = depth == 3 and path[0] == "acts" and above == "pledges"
        drawn = path[depth] in ("mean", "sd", "low", "mode", "high", "set") or (above in SPECIAL and depth > 1)
        found.append(own or ((inner or pledging) and not drawn))
    return found


SPECIAL = frozenset(["sign", "act", "break", "pledge", "rumour", "crisis", "cede", "recognise"])


def places() -> list[Place]:
    """Every key of the base with its value."""
    found: list[Place] = []
    _walk(yaml.compose(BASE), (), found)
    return found


def _walk(node: yaml.Node | None, path: tuple[str, ...], found: list[Place]) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            found.append(Place((*path, key.value), key, value))
            _walk(value, (*path, key.value), found)
    elif isinstance(node, yaml.SequenceNode):
        for each in node.value:
            _walk(each, path, found)


def misspelt(word: str) -> str:
    """A word with a slip of the finger in it, of one of four kinds, always the same for a word."""
    if len(word) < 4:
        return word + word[-1]
    middle = len(word) // 2
    kind = sum(map(ord, word)) % 4
    if kind == 0:
        return word[:middle] + word[middle + 1 :]
    if kind == 1:
        return word[:middle] + word[middle] + word[middle:]
    if kind == 2 and word[middle] != word[middle - 1] and "_" not in word[middle - 1 : middle + 1]:
        return word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return word[:-1] + ("w" if word[-1] != "w" else "m")


def changed(kind: str, start: int, end: int, new: str, *says: str, also: tuple[int, ...] = (), never: str = "") -> Slip:
    """The base with other text between two offsets."""
    line = BASE.count("\n", 0, start) + 1
    name = f"{kind}: line {line}, {BASE[start:end].strip()[:30]!r} as {new.strip()[:40]!r}"
    return Slip(kind, name, BASE[:start] + new + BASE[end:], (line, *also), says, never)


def misspelt_keys() -> Iterator[Slip]:
    """Each fixed key of the format once."""
    seen = set()
    for place in places():
        word = place.key.value
        if place.fixed and place.pattern not in seen and _WORD.fullmatch(word):
            seen.add(place.pattern)
            start, end = place.key.start_mark.index, place.key.end_mark.index
            yield changed("misspelt key", start, end, misspelt(word), misspelt(word), f"'{word}'")


def declared() -> dict[str, tuple[str, ...]]:
    """The ids that the base declares, and those of the catalogue that it names."""
    root = {place.key.value: place.value for place in places() if len(place.path) == 1}
    kinds = ("states", "disputes", "events", "attributes", "memories", "sources", "offices")
    found = {name: tuple(key.value for key, _ in root[name].value) for name in kinds}
    return found | {
        "acts": ("protest", "arms_package", "criticise"),
        "flags": ("alarm", "parade"),
        "personalities": ("cautious", "hedger", "guardian"),
        "agreement_kinds": ("pipeline", "trade"),
        "pledge_kinds": ("free_water", "no_attack"),
        "endings": ("war",),
        "roles": ("layer", "receiver", "closer", "victim", "giver", "holder"),
    }


def _scalars() -> Iterator[tuple[tuple[str, ...], yaml.ScalarNode]]:
    for place in places():
        yield (*place.pattern[:-1], "=key") if not place.fixed else (*place.pattern, "=fixed"), place.key
        waiting = [place.value]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, yaml.ScalarNode):
                yield place.pattern, node
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value


_WORDS_ONLY = frozenset(
    ["name", "doc", "headline", "label", "text", "cite", "title", "summary", "license", "authors", "unit", "url", "id"]
)


def misspelt_names() -> Iterator[Slip]:
    """Each way to name something once: in a list, as a key, in a condition, in an effect."""
    ids = {word: kind for kind, words in declared().items() for word in words}
    seen = set()
    for pattern, node in _scalars():
        if pattern[-1] == "=fixed" or (len(pattern) == 2 and pattern[1] == "=key" and pattern[0] not in REFERRING):
            continue
        if (
            (pattern[-1] in _WORDS_ONLY and pattern[:1] != ("acts",))
            or pattern[-2:] == ("roles", "=key")
            or node.style == "|"
        ):
            continue
        for match in _WORD.finditer(node.value):
            word = match[0]
            where = pattern, ids.get(word), re.sub(r"[a-z_]+", "", node.value), "did" in node.value
            if word not in ids or where in seen or _beside(node.value, match) or pattern[-1] in _WORDS_ONLY:
                continue
            seen.add(where)
            quoted = 1 if node.style in ("'", '"') else 0
            start = node.start_mark.index + quoted + match.start()
            yield changed("misspelt name", start, start + len(word), misspelt(word), misspelt(word), f"'{word}'")


REFERRING = frozenset({"trust", "objectives"})


def _beside(text: str, match: re.Match[str]) -> bool:
    """Whether a word is a word of the grammar where it stands: a test, or `rivals of`."""
    return text[match.end() : match.end() + 1] == "(" or (match[0] in ("trade",) and "trade." in text)


def misspelt_declarations() -> Iterator[Slip]:
    """An id that is declared in another spelling than the one it is named by everywhere else."""
    for kind, word in {
        "states": "cestia",
        "disputes": "the_river",
        "sources": "invented",
        "memories": "memory",
        "events": "quiet_sale",
        "agreement_kinds": "pipeline",
        "pledge_kinds": "free_water",
        "offices": "governor",
        "personalities": "cautious",
        "attributes": "gdp",
        "endings": "war",
    }.items():
        place = next(each for each in places() if each.path == (kind, word))
        named = tuple(number for number, row in enumerate(_LINES, 1) if re.search(rf"\b{word}\b", row))
        start, end = place.key.start_mark.index, place.key.end_mark.index
        wrong = misspelt(word) if kind != "attributes" else "gpd"
        yield changed("misspelt declaration", start, end, wrong, f"'{word}'", wrong, also=named)


def refused_ids() -> Iterator[Slip]:
    """Ids as no id may be written, in every section that declares some."""
    forms: dict[str, Callable[[str], str]] = {
        "capital": str.capitalize,
        "hyphen": lambda word: f"north-{word}",
        "blank": lambda word: f"north {word}",
        "accent": lambda word: "é" + word[1:],
        "digit": lambda word: f"1_{word}",
        "cyrillic": lambda word: "а" + word[1:],
        "dot": lambda word: f"{word}.x",
        "long": lambda word: word * 12,
    }
    seen: set[str] = set()
    for place in places():
        if len(place.path) != 2 or place.path[0] not in _TABLES - {"trust", "objectives", "parameters"}:
            continue
        if place.path[0] in seen or place.path[1] in ("praise", "gdp", "mood"):
            continue
        seen.add(place.path[0])
        start, end = place.key.start_mark.index, place.key.end_mark.index
        for number, (form, written) in enumerate(forms.items()):
            if place.path[0] in ("states", "events", "acts") or (number + len(place.path[0])) % 4 == 0:
                new = written(place.path[1])
                yield changed(
                    f"id with {form}",
                    start,
                    end,
                    new,
                    "is not an id|cannot be an id|look",
                    "letter|small|characters|look",
                )


# How numbers are written wrongly, and what a good answer says of it.
WRONG_NUMBERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "quoted": ('"{0}"', ("quotes",)),
    "a word": ("high", ("number", "'high'")),
    "a unit": ("{0} km", ("number", "'{0} km'")),
    "a typographic minus": ("\u2212{0}", ("minus",)),
    "about": ("~{0}", ("number",)),
    "a list": ("[{0}]", ("list",)),
    "a percentage without need": ("{0} %", ("number", "%")),
    "a range": ("{0}-99", ("low",)),
    "no finite number": (".inf", ("finite|number",)),
    "too large": ("1e400", ("large|billion|out of range",)),
    "leading zeros": ("00{0}", ("zero",)),
    "hexadecimal": ("0x1F", ("decimal",)),
    "nothing": ("", ("number|nothing",)),
    "a truth": ("true", ("number",)),
    "a question mark": ("'?'", ("number",)),
    "a comma for the point": ("{0},5", ("{0}\\.5|comma",)),
    "a fullwidth digit": ("\uff11\uff12", ("digit|number",)),
    "an unknown spread": ("{{mean: {0}, std: 1}}", ("'?sd'?|number|spread",)),
    "half a spread": ("{{low: {0}}}", ("high|number",)),
    "a negative": ("-99999", ("-99999",)),
    "a huge one": ("999999999999", ("999999999999|range",)),
}


def numbers() -> Iterator[Slip]:
    """Each number of the base in two wrong ways."""
    seen = set()
    found = []
    for place in places():
        if (
            isinstance(place.value, yaml.ScalarNode)
            and re.fullmatch(r"[-+]?[0-9.]+", place.value.value)
            and not place.value.style
            and place.pattern not in seen
            and place.path[-1] not in ("cow", "at", "since", "start", "format")
        ):
            seen.add(place.pattern)
            found.append(place.value)
    ways = list(WRONG_NUMBERS.items())
    for number, node in enumerate(found):
        for step in (number, number * 5 + 8, number * 11 + 3):
            kind, (form, says) = ways[step % len(ways)]
            free = "value: {unit: km" in _LINES[node.start_mark.line]
            if kind == "a negative" and (node.value[0] in "-+" or free):
                continue
            digits = node.value.lstrip("+-")
            new = form.format(digits)
            flow = "{" in _LINES[node.start_mark.line]
            if (
                ("." in digits and kind == "a comma for the point")
                or (flow and kind == "a comma for the point")
                or (kind == "nothing" and flow)
            ):
                continue
            start, end = node.start_mark.index, node.end_mark.index
            patterns = tuple(each.replace("{0}", re.escape(digits)) for each in says)
            yield changed(f"number as {kind}", start, end, new, *patterns)


def indentation() -> Iterator[Slip]:
    """Lines that begin a column too early or too late, or with another blank."""
    ways = ("deeper", "shallower", "tab", "no-break")
    rows = [
        number
        for number, row in enumerate(_LINES)
        if re.match(r" {4,}[a-z_]+: ?[^|>]*$", row) and "<->" not in row and "table" not in row
    ]
    for place, number in enumerate(rows):
        row = _LINES[number]
        width = len(row) - len(row.lstrip())
        way = ways[place % 4]
        new = {
            "deeper": " " + row,
            "shallower": row[1:],
            "tab": "\t" + row.lstrip(),
            "no-break": "\u00a0" * width + row.lstrip(),
        }
        says = {"deeper": "indent|column", "shallower": "indent|column", "tab": "tab", "no-break": "no-break"}[way]
        text = "\n".join([*_LINES[:number], new[way], *_LINES[number + 1 :]])
        if way == "shallower" and _alone(number, width):
            continue  # a block of one line may stand anywhere
        name = f"line {number + 1} {way}: {row.strip()[:40]!r}"
        yield Slip(f"indentation, {way}", name, text, (number + 1, *_pair(number, width)), (says,))


def _siblings(number: int, width: int) -> list[int]:
    """The lines of the block that a line stands in, itself included."""
    found = [number]
    for step in (-1, 1):
        at = number + step
        while 0 <= at < len(_LINES) and (_LINES[at].startswith(" " * width) or not _LINES[at].strip()):
            if _LINES[at][width : width + 1].strip():
                found.append(at)
            at += step
    return found


def _alone(number: int, width: int) -> bool:
    return len(_siblings(number, width)) == 1


def _pair(number: int, width: int) -> tuple[int, ...]:
    """Of two lines that differ nobody can tell which one is wrong."""
    found = _siblings(number, width)
    return tuple(each + 1 for each in found if each != number) if len(found) == 2 else ()


def colons() -> Iterator[Slip]:
    """Lines without their colon, and colons without the blank that follows them."""
    rows = [number for number, row in enumerate(_LINES) if re.match(r"\s*[a-z_]+: \S", row) and "table" not in row]
    for place, number in enumerate(rows):
        if place % 3 == 2:
            continue
        row = _LINES[number]
        kind, new = ("no colon", row.replace(":", "", 1)) if place % 3 == 0 else ("no blank", row.replace(": ", ":", 1))
        text = "\n".join([*_LINES[:number], new, *_LINES[number + 1 :]])
        says = ":" if kind == "no colon" else "space|blank"
        yield Slip(f"colon, {kind}", f"line {number + 1} {kind}: {row.strip()[:40]!r}", text, (number + 1,), (says,))


def repeated() -> Iterator[Slip]:
    """Lines written twice."""
    rows = [number for number, row in enumerate(_LINES) if re.match(r"\s+[a-z_]+: [^|>]+$", row)]
    for number in rows[::4]:
        row = _LINES[number]
        key = row.strip().partition(":")[0]
        text = "\n".join([*_LINES[: number + 1], row, *_LINES[number + 1 :]])
        yield Slip(
            "repeated key", f"line {number + 1} twice: {row.strip()[:40]!r}", text, (number + 2,), (f"'{key}'", "twice")
        )


def unclosed() -> Iterator[Slip]:
    """Quotes and brackets that are opened and never closed."""
    rows = [number for number, row in enumerate(_LINES) if re.search(r"[\]}\"]$", row) and not row.startswith("#")]
    for number in rows[::3]:
        row = _LINES[number]
        text = "\n".join([*_LINES[:number], row[:-1], *_LINES[number + 1 :]])
        says = "quote" if row[-1] == '"' else "closed|closing"
        yield Slip("unclosed", f"line {number + 1} unclosed: {row.strip()[:40]!r}", text, (number + 1,), (says,))


def missing_keys() -> Iterator[Slip]:
    """Lines of block style that a required key stands on, taken out."""
    required = {
        "agreements": ("kind", "members"),
        "pledges": ("kind", "giver", "to"),
        "disputes": ("name", "kind", "tension"),
        "events": ("headline",),
        "states": ("name",),
        "agreement_kinds": ("name", "mutual"),
        "pledge_kinds": ("name", "reliability"),
        "acts": ("kind", "roles"),
        "expect": ("then",),
        "endings": ("text",),
        "attributes": ("unit",),
        "memories": ("half_life",),
    }
    for place in places():
        if len(place.path) == 3 and place.path[2] in required.get(place.path[0], ()):
            number = place.key.start_mark.line
            if re.match(rf"    {place.path[2]}:.*\S$", _LINES[number]):
                text = "\n".join([*_LINES[:number], *_LINES[number + 1 :]])
                above = next(each for each in range(number, 0, -1) if _LINES[each].startswith(f"  {place.path[1]}:"))
                name = f"{place.path[1]} without {place.path[2]}"
                yield Slip("missing key", name, text, (above + 1,), (f"'{place.path[2]}'|{place.path[2]}",))


def sections() -> Iterator[Slip]:
    """Sections misspelt, or written as another kind of value."""
    for place in places():
        if len(place.path) == 1 and isinstance(place.value, yaml.MappingNode) and place.path[0] not in ("capital",):
            name, start, end = place.path[0], place.key.start_mark.index, place.key.end_mark.index
            yield changed("section in capitals", start, end, name.capitalize(), name.capitalize(), f"'{name}'")
            body = place.value.start_mark.index, place.value.end_mark.index
            if BASE[body[0]] != "{":
                new = "- one\n  - two\n"
                line = BASE.count("\n", 0, body[0]) + 1
                text = BASE[: body[0]] + new + BASE[body[1] :]
                yield Slip("section as a list", f"{name} as a list", text, (line, line - 1), ("list",))


def all_slips() -> list[Slip]:
    """Every slip of this module."""
    makers = (
        misspelt_keys,
        misspelt_names,
        misspelt_declarations,
        refused_ids,
        numbers,
        indentation,
        colons,
        repeated,
        unclosed,
        missing_keys,
        sections,
    )
    return [slip for make in makers for slip in make()]
