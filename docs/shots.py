"""The pictures of the documents: some screens of a game that is played by script, at a modest size."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

FOLDER = Path(__file__).parent / "pictures"
SHOWN = ("board", "deal", "why", "crisis")
SIZE = (1280, 720)


def main() -> None:
    """Draw them anew."""
    os.environ.update(SDL_VIDEODRIVER="dummy", SDL_AUDIODRIVER="dummy", PYGAME_HIDE_SUPPORT_PROMPT="1")
    from game.screen.shots import take

    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as folder:
        for path in take(Path(folder), size=SIZE):
            if path.stem in SHOWN:
                shutil.copyfile(path, FOLDER / path.name)
                sys.stdout.write(f"{FOLDER / path.name}\n")


if __name__ == "__main__":
    main()
