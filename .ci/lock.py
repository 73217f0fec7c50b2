"""Print requirements.lock: one version of every package that serves all supported Pythons.

Usage: python .ci/lock.py > requirements.lock      (`make lock` gives it an environment of its own)

pip resolves what pyproject.toml asks for, all extras included, as the first release of the oldest
supported Python would (Debian and others stay near it); nothing is installed. pip itself only
follows the requirements that hold for the Python that runs it, so those that hold for another
supported one are added here until none is missing. At the end every pin is looked up for every
Python.
Exit status: 0, or pip's own when it found no answer; its message is on stderr.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PYTHONS = ("3.11", "3.12", "3.13")
HEADER = """\
# Every package of the course with its version: what it needs, what those need, tests and tools.
# Made by `make lock` from pyproject.toml, on Linux; do not edit it by hand. Renew it after every
# change of a dependency there, run `make test`, and commit both together.
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


def needed(
    roots: list[Requirement], requires: Callable[[str], list[str] | None]
) -> Iterator[Requirement]:
    """Yield each requirement of `roots`, of what they require, and so on.

    `requires` gives the requirement lines of a package by its name, or None where it is unknown.
    """
    todo, seen = list(roots), set()
    while todo:
        requirement = todo.pop()
        name = canonicalize_name(requirement.name)
        key = (name, frozenset(requirement.extras))
        if key not in seen:
            seen.add(key)
            yield requirement
            needs = [Requirement(line) for line in requires(name) or []]
            todo += [need for need in needs if applies(need, requirement.extras)]


def resolve(lines: list[str], python: str, *options: str) -> dict[str, dict]:
    """Return pip's choice for requirement `lines` on `python`: metadata by package name."""
    command = [sys.executable, "-m", "pip", "install", "-qq", "--dry-run", "--report", "-"]
    # pip only takes another Python's view of wheels, and only for a folder of their own.
    command += ["--ignore-installed", "--only-binary=:all:", "--target=build/nowhere"]
    command += ["--disable-pip-version-check", f"--python-version={python}.0", *options, *lines]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(done.returncode)
    chosen = [item["metadata"] for item in json.loads(done.stdout)["install"]]
    return {canonicalize_name(metadata["name"]): metadata for metadata in chosen}


def main() -> int:
    """Resolve, complete, verify and print."""
    roots = declared(Path(__file__).resolve().parent.parent / "pyproject.toml")
    lines = [str(root) for root in roots]
    missing = True
    while missing:
        chosen = resolve(lines, PYTHONS[0])
        requires = {name: metadata.get("requires_dist") for name, metadata in chosen.items()}
        wanted = needed(roots, requires.get)
        missing = sorted({w.name for w in wanted if canonicalize_name(w.name) not in chosen})
        lines += missing
        print(f"{len(chosen)} packages, missing: {missing}", file=sys.stderr)
    pins = [f"{name}=={chosen[name]['version']}" for name in sorted(chosen)]
    for python in PYTHONS:
        resolve(pins, python, "--no-deps")
    print(HEADER + "\n".join(pins))
    return 0


if __name__ == "__main__":
    sys.exit(main())
