"""The pictures of the documents: some screens of a game that is played by script, at a modest size."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent / "pictures"
SHOWN = ("board", "deal", "why", "crisis", "charts", "debrief")
SIZE = (1120, 630)


def main() -> None:
    """Draw them anew."""
    os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", PYGAME_HIDE_SUPPORT_PROMPT="1")
    from game.screen.shots import smaller, take

    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for path in take(Path(folder)):
            if path.stem in SHOWN:
                smaller(path, FOLDER / path.name, SIZE)
                sys.stdout.write(f"{FOLDER / path.name}\n")


if __name__ == "__main__":
    main()
