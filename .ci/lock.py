"""Print requirements.lock: the version of every package that this environment's course needs.

Usage: python .ci/lock.py > requirements.lock      (`make lock` runs it in an empty environment)

Starts from the dependencies in pyproject.toml, with all extras, and follows the metadata of what is
installed. A requirement that holds for only one of the supported Pythons is followed too, so one
lock serves them all; requirements of other operating systems are not (see the header it prints).
Exit status: 0, or 1 when something that is needed is not installed; it is then named on stderr.
"""

import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13")
HEADER = """\
# Every package of the course with its version: what it needs, what those need, tests and tools.
# Made by `make lock` from pyproject.toml, in an empty environment on Linux; do not edit it by hand.
# Renew it after every change of a dependency there, run `make test`, and commit both together.
# Packages that only Windows or macOS needs (pywin32, pywinpty, colorama, appnope) stay unpinned:
# pip adds them by itself where they belong.
"""


def declared(pyproject: Path) -> list[Requirement]:
    """Return the project's dependencies, those of every extra included."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(line) for group in groups for line in group]


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Say whether a supported Python on Linux needs `requirement` for one of `extras` or none."""
    if requirement.marker is None:
        return True
    linux = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    return any(
        requirement.marker.evaluate(
            default_environment()
            | linux
            | {"python_version": python, "python_full_version": f"{python}.0", "extra": extra}
        )
        for python in PYTHONS
        for extra in extras | {""}
    )


def closure(roots: list[Requirement]) -> Iterator[tuple[str, str | None]]:
    """Yield (name, version) of everything that `roots` need; None for what is not installed."""
    todo, seen = list(roots), set()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        key = (name, frozenset(requirement.extras))
        if key in seen:
            continue
        seen.add(key)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            yield name, None
            continue
        yield name, found.version
        needs = [Requirement(line) for line in found.requires or []]
        todo += [need for need in needs if applies(need, requirement.extras)]


def main() -> int:
    """Print the lock, or what is missing."""
    pyproject = Path(__file__).resolve().parent.parent / "pyproject.toml"
    versions = dict(sorted(closure(declared(pyproject))))
    missing = [name for name, version in versions.items() if version is None]
    if missing:
        print(*missing, sep="\n", file=sys.stderr)
        return 1
    print(HEADER + "\n".join(f"{name}=={version}" for name, version in versions.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
