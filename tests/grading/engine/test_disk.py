"""A full disk is told of; when there is room again, a rerun finishes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from course.record.table import known_attempts

from .grading import grade
from .processes import ROOT
from .records import HANDED_IN, MARKED, SECTION, check

# Grade on a small disk with so much room; then make room, and take all of it off the disk.
ON_A_SMALL_DISK = """
folder=$1 disk=$2 room=$3
shift 3
cp -r "$folder/." "$disk"
dd if=/dev/zero of="$disk/filler" bs=4096 2> /dev/null
truncate -s "-$room" "$disk/filler"
"$@"
code=$?
rm "$disk/filler"
cp -r "$disk/." "$folder"
exit $code
"""


def graded_with_room(course, disk: Path, room: str, *options: str) -> str:
    """Grade on a disk with little room, in vain; return what is said."""
    line = [sys.executable, "-m", "course.cli", "--course", str(disk), "grade", *options]
    around = ["bwrap", "--dev-bind", "/", "/", "--size", str(2**21), "--tmpfs", str(disk)]
    done = subprocess.run(
        [*around, "sh", "-c", ON_A_SMALL_DISK, "sh", str(course.root), str(disk), room, *line],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and done.stderr.count("\n") == 1
    return done.stderr


@pytest.fixture
def disk(tmp_path_factory) -> Path:
    """Return the folder over which a small disk is put."""
    return tmp_path_factory.mktemp("disk")


@pytest.mark.sandbox
@pytest.mark.parametrize(
    ("room", "words"),
    [("0", "No space left on device. Make room"), ("60K", "is full. Check that")],
    ids=["none", "too little for a gradebook"],
)
def test_a_disk_that_is_full_at_the_start_is_told(handed_in, disk, warm_cluster, room, words):
    at = ("--scheduler", warm_cluster.address)
    assert words in graded_with_room(handed_in, disk, room, *at)
    assert known_attempts(handed_in.db_url, SECTION) == {}
    grade(handed_in, handed_in.sections, scheduler=warm_cluster.address)
    check(handed_in)


@pytest.mark.sandbox
def test_a_disk_that_fills_up_as_results_come_is_told(marked, submit, disk, warm_cluster):
    at = ("--scheduler", warm_cluster.address)
    long = HANDED_IN["bob"]["add"] + "  # " + "x" * 400_000
    submit("bob", HANDED_IN["bob"] | {"add": long})
    told = graded_with_room(marked, disk, "200K", *at)
    assert "sums.ipynb cannot be written: No space left on device" in told
    assert "everything graded so far is recorded" in told
    grade(marked, marked.sections, scheduler=warm_cluster.address)
    check(marked, MARKED)
