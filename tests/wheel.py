"""The wheel that a student installs, and a machine that has no more than it asks for."""

from __future__ import annotations

import json
import os
import re
import runpy
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
OURS = "vision-course"


def built(folder: Path) -> Path:
    """Build the wheel with what is installed here; no registry is asked."""
    line = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory"]
    subprocess.run([*line, str(folder)], cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def closure(requirements: list[str]) -> set[str]:
    """Return the packages that some requirements bring, as they are installed here."""

    def requires(name: str) -> list[str] | None:
        try:
            return distribution(name).requires
        except PackageNotFoundError:  # what only another Python needs
            return None

    lock = runpy.run_path(str(ROOT / ".ci" / "lock.py"))
    roots = [Requirement(line) for line in requirements]
    return {canonicalize_name(r.name) for r in lock["needed"](roots, requires)}


class Machine:
    """An environment of its own that holds some of the packages that are installed here.

    Parameters
    ----------
    folder : Path
    packages : iterable of str
        What it holds besides pip; what is not installed here it lacks as well.
    """

    def __init__(self, folder: Path, packages: set[str]) -> None:
        self.folder = folder
        venv.create(folder / "environment", symlinks=True)
        self.python = folder / "environment" / "bin" / "python"
        self.site = next((folder / "environment" / "lib").glob("python*/site-packages"))
        for name in {*packages, "pip"}:
            for there in _tops(name):
                if not (self.site / there.name).exists():
                    (self.site / there.name).symlink_to(there)
        self.variables = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(folder),
            "PIP_NO_INDEX": "1",  # what is missing cannot be had
            "PIP_CONFIG_FILE": os.devnull,
            "TF_NUM_INTRAOP_THREADS": "1",
        }

    def run(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run its Python in an empty folder."""
        empty = self.folder / "empty"
        empty.mkdir(exist_ok=True)
        return subprocess.run(
            [str(self.python), *arguments],
            cwd=empty,
            env=self.variables,
            capture_output=True,
            text=True,
        )

    def install(self, wheel: Path) -> None:
        """Install a wheel by itself."""
        done = self.run("-m", "pip", "install", "--quiet", "--no-deps", str(wheel))
        assert done.returncode == 0, done.stderr

    def execute(self, notebook: Path) -> dict:
        """Run a notebook in an empty folder with a kernel of this machine; return what came out.

        papermill is not on this machine: it drives the kernel from here.
        """
        kernel = self.folder / "jupyter" / "kernels" / "there" / "kernel.json"
        kernel.parent.mkdir(parents=True, exist_ok=True)
        line = [str(self.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        about = {"argv": line, "display_name": "there", "language": "python"}
        kernel.write_text(json.dumps(about | {"env": self.variables}), encoding="utf-8")
        empty, target = self.folder / "empty", self.folder / "executed.ipynb"
        empty.mkdir(exist_ok=True)
        done = subprocess.run(
            [
                *(sys.executable, "-m", "papermill", "--no-progress-bar", "--kernel", "there"),
                *("--cwd", str(empty), str(notebook), str(target)),
            ],
            env=os.environ | {"JUPYTER_PATH": str(self.folder / "jupyter")},
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(target.read_text(encoding="utf-8"))


def _tops(name: str) -> Iterator[Path]:
    """Yield what a package put into site-packages, at its top."""
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return
    site = Path(str(found.locate_file("")))
    for file in found.files or ():
        if (top := file.parts[0]) not in ("..", "bin", "__pycache__"):
            yield site / top


def outputs_of(cell: dict) -> str:
    """Return the text that a cell printed."""
    return "".join(
        "".join(output.get("text", "")) for output in cell["outputs"] if "text" in output
    )


def names_in(wheel_names: list[str]) -> set[str]:
    """Return the files of the packages that a wheel holds, without what tells of the wheel."""
    about = re.compile(r"vision_course-[\d.]+\.(dist-info|data)/")
    return {name for name in wheel_names if not about.match(name)}
