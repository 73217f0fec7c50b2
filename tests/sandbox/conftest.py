"""One warm process in a sandbox for all tests of a worker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from course.sandbox.bounds import MIB, Bounds
from course.warm.client import Nursery

BOUNDS = Bounds(
    memory=256 * MIB, disk=32 * MIB, file=16 * MIB, files=128, processes=32, judge=256 * MIB
)


def pytest_collection_modifyitems(items):
    """Have every test here need bubblewrap."""
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker("sandbox")


@pytest.fixture(scope="session")
def bwrap() -> str:
    """Return the path of bubblewrap."""
    return shutil.which("bwrap")


@pytest.fixture(scope="session")
def started(bwrap) -> Iterator[list[Nursery]]:
    """Return the warm processes of these tests, the newest last."""
    found: list[Nursery] = []
    yield found
    for nursery in found:
        nursery.close()


@pytest.fixture
def nursery(started) -> Nursery:
    """Return a warm process in a sandbox, with nothing imported but the shell.

    Its judges can be given no objects of libraries, whose readers take seconds to import. A grader
    that another test stops ends all warm processes of its own, and this one with them.
    """
    if not (started and started[-1].alive):
        started.append(Nursery([], bounds=BOUNDS, guests=False))
    return started[-1]


@pytest.fixture
def session(nursery, tmp_path):
    """Return a session of its own."""
    with nursery.session(tmp_path) as opened:
        yield opened
