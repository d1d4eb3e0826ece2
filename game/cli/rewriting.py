"""Files that are changed in place: read as text, and written whole with the line ends they had."""

from __future__ import annotations

from pathlib import Path

from game.cli.errors import Broken
from game.files import path_from_here
from game.scenario.findings.finding import Report, ordered
from game.scenario.text.source import bytes_of, text_of


def text_to_rewrite(path: Path) -> str:
    """The text of a file; Broken where its bytes are no text that may be kept."""
    report = Report(path_from_here(path))
    text = text_of(bytes_of(path), report)
    if text is None:
        raise Broken(ordered(report.findings), "")
    return text


def rewritten(path: Path, before: str, after: str) -> bool:
    """Whether the file was written: only where something changed."""
    if before == after:
        return False
    path.write_bytes(after.encode("utf-8"))
    return True
