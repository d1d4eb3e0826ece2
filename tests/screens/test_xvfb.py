"""A real window on a screen that nobody sees, driven by the keyboard: it shows what is drawn without a screen."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from game.play import commands as wanted
from game.screen.messages import Key

CHECKOUT = Path(__file__).resolve().parents[2]
MISSING = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
SIZE = (1280, 720)
PATIENCE = 60.0
TOLERANCE = 24
"""How far a pixel may be off, of 255, and still count as the same."""

PRESSED = (("question", "?"), ("Escape", "escape"), ("Return", "enter"), ("Tab", "tab"), ("l", "l"))
"""Keys as the screen and as the window calls them; each of them changes what is shown."""

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"{' and '.join(MISSING)} is not installed, so no real window")


@pytest.fixture
def screen(tmp_path):
    """The number of a virtual screen, and the folder in which its picture lies."""
    call = [
        "Xvfb",
        "-displayfd",
        "1",
        "-screen",
        "0",
        f"{SIZE[0]}x{SIZE[1]}x24",
        "-fbdir",
        str(tmp_path),
        "-nolisten",
        "tcp",
    ]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        number = server.stdout.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}", tmp_path / "Xvfb_screen0"
        server.terminate()


def seen(path):
    """The picture on a virtual screen, from its file in the format of xwd: rows of red, green, blue."""
    data = path.read_bytes()
    header = struct.unpack(">25I", data[:100])
    size, width, height, bits, row, colours = (header[place] for place in (0, 4, 5, 11, 12, 19))
    assert bits == 32
    start = size + colours * 12
    rows = np.frombuffer(data, np.uint8, row * height, start).reshape(height, row)[:, : width * 4]
    return rows.reshape(height, width, 4)[:, :, 2::-1]


def drawn(app):
    """The picture that the driver without a screen draws."""
    import pygame

    return pygame.surfarray.array3d(app.draw()).swapaxes(0, 1)


def share_alike(first, second):
    """Which share of the pixels is the same, within the tolerance."""
    off = np.abs(first.astype(np.int16) - second.astype(np.int16)).max(axis=2)
    return float((off <= TOLERANCE).mean())


def soon_alike(path, expected):
    """How alike the screen is once it is, or when patience ends."""
    until = time.monotonic() + PATIENCE
    found = 0.0
    while time.monotonic() < until:
        found = share_alike(seen(path), expected)
        if found > 0.99:
            break
        time.sleep(0.2)
    return found


def focus_on(process, xdotool):
    """Give the window the keyboard, once it is there: without a desktop nobody else does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert process.poll() is None, process.stderr.read()
        if xdotool("search", "--pid", str(process.pid), "windowfocus").returncode == 0:
            return
        time.sleep(0.2)
    raise AssertionError("no window was opened")


def test_a_real_window_is_played_by_keyboard_and_shows_what_is_drawn_without_one(screen, tmp_path):
    from game.screen.app import App

    display, picture = screen
    homes = tmp_path / "real", tmp_path / "drawn"
    for home in homes:
        home.mkdir()
        (home / "settings.json").write_text(json.dumps({"motion": False, "sound": False}), encoding="utf-8")
    environment = {
        **os.environ, "DISPLAY": display, "SDL_VIDEODRIVER": "x11", "SDL_AUDIODRIVER": "dummy",
        "PYTHONPATH": str(CHECKOUT), "REALPOLITIK_HOME": str(homes[0]),
    }  # fmt: skip
    app = App(homes[1], SIZE)
    app.must(wanted.Begin("classroom-triad", ("arda",), 5))
    call = [sys.executable, "-m", "game", "play", "classroom-triad", "--state", "arda", "--seed", "5"]

    def xdotool(*words):
        return subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, timeout=PATIENCE)

    with subprocess.Popen(call, env=environment, stderr=subprocess.PIPE, text=True) as process:
        try:
            focus_on(process, xdotool)
            assert soon_alike(picture, drawn(app)) > 0.99
            for typed, key in PRESSED:
                before = drawn(app).copy()
                assert xdotool("key", typed).returncode == 0
                app.send(Key(key))
                after = drawn(app)
                assert soon_alike(picture, after) > 0.99, key
                assert share_alike(before, after) < 1.0, f"{key} changes nothing"
        finally:
            process.terminate()
