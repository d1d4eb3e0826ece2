"""Every benchmark, as one table: what was measured here, and what we want."""

from __future__ import annotations

import platform

from benchmarks import checking, frames, starting, turns


def main() -> None:
    """Print the table. Times are of this machine; ratios travel better."""
    print(f"{platform.python_implementation()} {platform.python_version()} on {platform.machine()}\n")
    for part in (checking, turns, starting, frames):
        for what, measured, target in part.figures():
            print(f"{what:<52} {measured:>14}   {f'target {target}' if target else ''}".rstrip())


if __name__ == "__main__":
    main()
