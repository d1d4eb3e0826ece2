"""The one way to the terminal: what a file, a journal or a name smuggles in is spelled out, and so does nothing there.

No other module of the command line prints.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from traceback import format_exception
from types import TracebackType

import click

from game.text import cleaned

_COLOURS = re.compile("\x1b\\[(?:1;3[1236]|0)m")
"""The escapes of findings, which set colours and nothing else."""


def echo(text: str = "", *, err: bool = False, nl: bool = True, coloured: bool = False) -> None:
    """Print a text on stdout or stderr, cleaned; `coloured` lets the colours of findings through."""
    if coloured:
        pieces = [*zip_longest(_COLOURS.split(text), _COLOURS.findall(text), fillvalue="")]
        text = "".join(f"{cleaned(words)}{colour}" for words, colour in pieces)
    else:
        text = cleaned(text)
    click.echo(text, err=err, nl=nl)


def echo_exception(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print where an exception comes from, cleaned; for `sys.excepthook`."""
    echo("".join(format_exception(kind, error, trace)), err=True, nl=False)
