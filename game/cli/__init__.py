"""The command `realpolitik`: each command is a file of `commands/` and mirrors one call of the library."""

from __future__ import annotations

import io
import sys

from game.cli.group import Commands, version

realpolitik = Commands(
    name="realpolitik",
    help="A regional alliance simulation: play it, run it by the thousand, write it.",
    params=[version()],
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        # The same run gives the same bytes on every system, whatever its code page and line ends.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", newline="\n")
    realpolitik.main(prog_name="realpolitik")
