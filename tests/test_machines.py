"""Machines on which others have failed: long names, no home, files for nobody else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.processes.test_surroundings import (
    CELLS,
    RIGHT,
    ROOT,
    SANDBOX,
    WRONG,
    command,
    course_with,
    needs_bwrap,
    verdicts,
)
from tests.sandbox.test_promises import as_an_ordinary_user

GRADED = {"anna": ["passed"] * 3, "ben": ["failed", "passed", "passed"]}


@pytest.fixture
def folder(tmp_path) -> Path:
    """Return the folder of a course with a right and a wrong submission."""
    return course_with(tmp_path / "course", CELLS, anna=RIGHT, ben=WRONG)


@pytest.fixture
def far(tmp_path) -> dict[str, str]:
    """Return variables by which temporary files lie too deep for the address of a socket."""
    place = tmp_path / ("t" * (130 - len(str(tmp_path)))) / "t"
    place.mkdir(parents=True)
    return {"TMPDIR": str(place), "XDG_RUNTIME_DIR": "", "JUPYTER_RUNTIME_DIR": str(place)}


@pytest.mark.parametrize("options", SANDBOX)
def test_temporary_files_may_lie_deep(folder, far, options):
    assert len(far["TMPDIR"]) >= 130
    assert verdicts(far, folder, *options) == GRADED


@pytest.mark.slow
def test_lessons_run_with_them_too(folder, far):
    assert "one" in command(far, folder, "run")


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root becomes another user")
@pytest.mark.sandbox
@needs_bwrap
def test_a_user_without_a_home_whose_files_are_for_nobody_else(folder, tmp_path):
    for path in (folder, *folder.rglob("*")):
        os.chown(path, 65534, 65534)
    for above in (folder, *folder.parents[:-2]):
        above.chmod(0o755)
    place = tmp_path / "tmp"
    place.mkdir()
    os.chown(place, 65534, 65534)
    private = ["sh", "-c", 'umask 077; exec "$@"', "sh"]
    line = [sys.executable, "-m", "vision_course", "grade", "--course", str(folder)]
    environment = {k: v for k, v in os.environ.items() if k not in ("HOME", "XDG_RUNTIME_DIR")}
    environment |= {"PYTHONPATH": str(ROOT), "TMPDIR": str(place)}
    done = subprocess.run(
        as_an_ordinary_user([*private, *line]),
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "3 passed" in done.stdout and "2 passed, 1 failed" in done.stdout
    assert (folder / "gradebook.db").stat().st_mode & 0o077 == 0
