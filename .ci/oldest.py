"""Print requirements-oldest.lock: the oldest packages with which the helpers must work.

Usage: python .ci/oldest.py > requirements-oldest.lock       (`make lock` makes both locks)

Of what pyproject.toml asks for without an extra, this takes the oldest minor release that it
allows, and of that the newest patch, for the oldest supported Python; of all else that those need,
what pip chooses. `.ci/oldest` runs the tests of the helpers with it.
Exit status: 0, or pip's own when it found no answer; its message is on stderr.
"""

import sys
import tomllib
from pathlib import Path

from lock import PYTHONS, resolve
from packaging.requirements import Requirement

HEADER = """\
# The oldest packages with which the helpers must work, for the oldest supported Python: see
# pyproject.toml. Made by `make lock`, on Linux; do not edit it by hand. `.ci/oldest` runs the tests
# of the helpers with it.
"""
# What those tests themselves use, of whatever version goes with the rest.
TOOLS = ("hypothesis", "nbclient", "nbconvert", "nbformat", "pandas", "pytest", "pytest-timeout")


def oldest(line: str) -> str:
    """Return the requirement of the oldest minor release that another one allows.

    Raises
    ------
    ValueError
        When it has not one lower bound and no more.
    """
    requirement = Requirement(line)
    bounds = list(requirement.specifier)
    if len(bounds) != 1 or bounds[0].operator != ">=":
        raise ValueError(f"{line!r} does not have one lower bound: write it as name>=1.2")
    return f"{requirement.name}=={bounds[0].version}.*"


def main() -> int:
    """Resolve and print."""
    text = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    lines = [oldest(line) for line in tomllib.loads(text)["project"]["dependencies"]]
    chosen = resolve([*lines, *TOOLS], PYTHONS[0])
    print(HEADER + "\n".join(f"{name}=={chosen[name]['version']}" for name in sorted(chosen)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
