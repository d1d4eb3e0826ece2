"""Write icons and flags as PNG from the drawings of two npm packages: `make pictures`.

    python assets/build_pictures.py NODE_MODULES        (with codes.json beside the packages: AA to AAA)

Icons (lucide-static, ISC) become white on nothing, 64 pixels; the game colours them when it shows them. Flags
(country-flag-icons, MIT) become 96 by 64 pixels, named by the three-letter code of their state.
"""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pygame

HERE = Path(__file__).resolve().parent
ICONS = (
    "arrow-left", "ban", "bell", "book-open", "chart-line", "check", "chevron-down", "chevron-left",
    "chevron-right", "chevron-up", "circle-help", "clock", "coins", "crown", "download", "eye", "eye-off",
    "factory", "file-text", "flag", "folder-open", "gauge", "gavel", "git-branch", "grid-3x3", "handshake",
    "history", "house", "info", "keyboard", "landmark", "list", "lock", "lock-open", "log-out", "map", "megaphone",
    "message-square", "minus", "network", "package", "cooldown", "pin", "plane", "play", "plus", "radio", "redo-2",
    "refresh-cw", "rotate-ccw", "satellite-dish", "save", "scale", "scroll-text", "search", "send", "settings",
    "shield", "skip-forward", "star", "swords", "target", "trending-down", "trending-up", "triangle-alert",
    "undo-2", "user", "users", "volume-2", "volume-x", "x", "zap",
)  # fmt: skip


def main(modules: Path) -> None:
    """Write every icon and flag."""
    pygame.display.init()
    pygame.display.set_mode((1, 1))
    for name in ICONS:
        drawing = (modules / "lucide-static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        _write(drawing.replace("currentColor", "#ffffff"), (64, 64), HERE / "icons" / f"{name}.png")
    codes = json.loads((modules / "codes.json").read_text(encoding="utf-8"))
    for short, long in sorted(codes.items()):
        drawing = modules / "country-flag-icons" / "3x2" / f"{short}.svg"
        if drawing.is_file():
            _write(drawing.read_text(encoding="utf-8"), (96, 64), HERE / "flags" / f"{long.lower()}.png")


def _write(drawing: str, size: tuple[int, int], path: Path) -> None:
    """A drawing as a PNG, rastered large and scaled down."""
    path.parent.mkdir(exist_ok=True)
    large = (size[0] * 4, size[1] * 4)
    plain = re.sub(r"<!--.*?-->", "", drawing, flags=re.DOTALL)
    picture = pygame.image.load_sized_svg(io.BytesIO(plain.encode()), large)
    pygame.image.save(pygame.transform.smoothscale(picture, size), path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
