"""Print the lowest version that pyproject.toml admits of each requirement, as constraints for pip.

It runs before anything is installed, so it reads the requirements with the standard library alone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w, .-]+\])?\s*(?P<bounds>[^;@]*)(?P<marker>;.*)?")


def requirements(pyproject: Path = PYPROJECT) -> list[str]:
    """What the project requires, with all its extras."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {})
    return [*project["dependencies"], *(requirement for extra in extras.values() for requirement in extra)]


def floors(requirements: list[str]) -> Iterator[str]:
    """Each requirement at its lowest version; ValueError for one that does not state it."""
    for requirement in requirements:
        found = REQUIREMENT.fullmatch(requirement)
        lowest = re.findall(r">=\s*([\w.]+)", found["bounds"]) if found else []
        if not found or len(lowest) != 1:
            raise ValueError(f"{requirement}: state the lowest version that works, as >=1.0")
        yield f"{found['name']}=={lowest[0]} {found['marker'] or ''}".rstrip()


if __name__ == "__main__":
    print("\n".join(floors(requirements())))
