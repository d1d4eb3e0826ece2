"""The command `realpolitik`: each command is a file of `commands/` and mirrors one call of the library."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from game.cli.echo import echo_exception
from game.cli.group import Commands, version

realpolitik = Commands(
    name="realpolitik",
    help="A regional alliance simulation: play it, run it by the thousand, write it.",
    params=[version()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> None:
    """Run the command line of this process."""
    sys.excepthook = echo_exception
    with standard_streams():
        for stream in (sys.stdout, sys.stderr):
            # The same run gives the same bytes on every system, whatever its code page and line ends.
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(encoding="utf-8", newline="\n")
        realpolitik.main(prog_name="realpolitik")


@contextmanager
def standard_streams() -> Iterator[None]:
    """The null device wherever this process was given no stream at all (`>&-`): what nobody reads is no error."""
    with ExitStack() as opened:
        for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
            if getattr(sys, name) is None:
                setattr(sys, name, opened.enter_context(Path(os.devnull).open(mode, encoding="utf-8")))
                opened.callback(setattr, sys, name, None)
        yield
