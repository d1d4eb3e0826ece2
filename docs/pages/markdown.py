"""How pages are laid out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

WRITTEN_BY = "Written by `make docs` from {source}; change it there.\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A Markdown table."""
    yield "| " + " | ".join(head) + " |"
    yield "| " + " | ".join("---" for _ in head) + " |"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def facts(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What is true of one thing, a row a fact; what is empty is left out."""
    yield from table(("", ""), [(name, value) for name, value in rows if value])


def section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A heading and what stands under it; nothing at all where there is nothing to say."""
    said = list(lines)
    if said:
        yield from ("", f"## {title}", "", *said)


def bullets(lines: Iterable[str]) -> Iterator[str]:
    """A list."""
    yield from (f"- {line}" for line in lines)


def number(value: float) -> str:
    """A bound as it is read: `5`, `0.03`, none where there is no end."""
    if value in (float("inf"), float("-inf")):
        return "none"
    return f"{value:g}"


def text(lines: Iterable[str]) -> str:
    """Lines as the text of a page."""
    return "\n".join(lines).rstrip("\n") + "\n"
