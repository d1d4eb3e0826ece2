"""A screen that nobody sees, with a real window on it: started, driven by keys and pointer, and looked at."""

from __future__ import annotations

import json
import os
import re
import shutil
import struct
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np

CHECKOUT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
WITHOUT = f"{' and '.join(MISSING)} is not installed, so there is no real window"


class Desktop:
    """A virtual screen, and the programs that were started on it."""

    def __init__(self, display: str, picture: Path, home: Path) -> None:
        self.picture, self.home = picture, home
        self.environment = {
            **os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy",
            "PYTHONPATH": str(CHECKOUT), "REALPOLITIK_HOME": str(home),
        }  # fmt: skip
        self.window = ""

    def run(self, *words: str, check: bool = True) -> str:
        """Run a program on the screen to its end; what it says."""
        done = subprocess.run(
            words, env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )  # fmt: skip
        assert done.returncode == 0 or not check, f"{words}: {done.stderr}"
        return done.stdout

    def keys(self, *names: str) -> None:
        """Press keys, by name or by the number of their place."""
        self.run("xdotool", "key", *names)

    def settings(self, **chosen: object) -> None:
        """Write down what the person has chosen, before the window opens."""
        self.home.mkdir(exist_ok=True)
        text = json.dumps({"motion": False, "sound": False, "asks": False, **chosen})
        (self.home / "settings.json").write_text(text, encoding="utf-8")

    @contextmanager
    def started(self, *words: str):
        """A program with a window that has the keyboard."""
        with subprocess.Popen(
            [sys.executable, *words], env=self.environment, cwd=CHECKOUT, stderr=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        ) as process:  # fmt: skip
            try:
                self.window = until(lambda: self._found(process), "no window was opened")
                yield process
            finally:
                process.terminate()

    def _found(self, process) -> str:
        assert process.poll() is None, process.stderr.read()
        found = self.run("xdotool", "search", "--pid", str(process.pid), check=False).split()
        named = [each for each in found if "Realpolitik" in self.run("xdotool", "getwindowname", each, check=False)]
        if named:
            self.run("xdotool", "windowfocus", named[-1], check=False)
        return named[-1] if named else ""

    def place(self) -> tuple[int, int, int, int]:
        """Where the window is and how large: x, y, width, height."""
        said = self.run("xdotool", "getwindowgeometry", "--shell", self.window)
        x, y, width, height = (
            int(re.search(rf"^{name}=(-?\d+)", said, re.M)[1]) for name in ["X", "Y", "WIDTH", "HEIGHT"]
        )
        return x, y, width, height

    def seen(self) -> np.ndarray:
        """The picture on the screen, from its file in the format of xwd: rows of red, green, blue."""
        data = self.picture.read_bytes()
        header = struct.unpack(">25I", data[:100])
        size, width, height, bits, row, colours = (header[place] for place in (0, 4, 5, 11, 12, 19))
        assert bits == 32
        rows = np.frombuffer(data, np.uint8, row * height, size + colours * 12).reshape(height, row)[:, : width * 4]
        return rows.reshape(height, width, 4)[:, :, 2::-1]


def until(there, otherwise: str, patience: float = PATIENCE):
    """What is waited for, once it is there."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        found = there()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(otherwise)


@contextmanager
def desktop(folder: Path, size: tuple[int, int], manager: str | None = None):
    """A virtual screen of a size, with a window manager where one is named."""
    call = ["Xvfb", "-displayfd", "1", "-screen", "0", f"{size[0]}x{size[1]}x24", "-fbdir", str(folder)]
    with subprocess.Popen(
        [*call, "-nolisten", "tcp"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:  # fmt: skip
        number = server.stdout.readline().strip()
        assert number, "Xvfb did not start"
        found = Desktop(f":{number}", folder / "Xvfb_screen0", folder / "home")
        helper = None
        if manager is not None:
            helper = subprocess.Popen([manager], env=found.environment, stderr=subprocess.DEVNULL)
            time.sleep(1.0)
        try:
            yield found
        finally:
            if helper is not None:
                helper.terminate()
                helper.wait(10)
            server.terminate()
