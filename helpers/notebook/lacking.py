"""Install what the helpers need and this machine lacks; what it has stays as it is.

Hosted notebooks, as Colab's, bring a TensorFlow, a Keras and a NumPy that go together, and a kernel
that is running already. There the course is installed by itself, and then this::

    python -m helpers.notebook.lacking
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path

COURSE = "vision-course"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:>=(?P<least>[\d.]+))?(?P<marker>\s*;.*)?")


def wanted(requires: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield name and oldest version of each package that a student needs.

    Parameters
    ----------
    requires : iterable of str
        Requirements as a package's metadata have them, in the plain form of ours: ``name>=1.2``.
        Those of an extra are passed over.
    """
    for line in requires:
        found = REQUIREMENT.fullmatch(line.strip())
        if found is None:
            raise ValueError(f"the requirement {line!r} is not of the form name>=1.2")
        if not found["marker"]:
            yield found["name"], found["least"] or "0"


def sort_out(
    requires: Iterable[str], version: Callable[[str], str | None]
) -> tuple[list[str], list[str]]:
    """Return the requirements that nothing meets, and a sentence on each that is met by too little.

    Parameters
    ----------
    requires : iterable of str
        See `wanted`.
    version : callable
        Gives the version of a package by its name: None where it is not there, empty where it is
        and does not say.
    """
    missing, old = [], []
    for name, least in wanted(requires):
        found = version(name)
        if found is None:
            missing.append(f"{name}>={least}")
        elif found and _numbers(found) < _numbers(least):
            old.append(f"{name} is {found} here; the lessons are tested from {least} on.")
    return missing, old


def installed(name: str) -> str | None:
    """Return the version of a package that is installed here; see `sort_out`."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        # Some machines have it under another name, as tensorflow-cpu.
        return "" if importlib.util.find_spec(name.replace("-", "_")) else None


def complete() -> int:
    """Install what is missing, say so, and return pip's exit status."""
    missing, old = sort_out(metadata.requires(COURSE) or [], installed)
    for sentence in old:
        print(sentence)
    if not missing:
        return 0
    print(f"Installing {', '.join(missing)}. What is here already stays as it is.", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder, "installed.txt")
        here.write_text("\n".join(sorted(_pins())) + "\n", encoding="utf-8")
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--constraint", str(here)]
        return subprocess.run([*pip, *missing]).returncode


def _pins() -> Iterator[str]:
    for found in metadata.distributions():
        if found.metadata["Name"]:  # what an interrupted installation left has none
            yield f"{found.metadata['Name']}=={found.version}"


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version)[:3])


if __name__ == "__main__":
    sys.exit(complete())
