"""The way to spoil one thing of a good lesson and to see what the gate says."""

from __future__ import annotations

import pytest

from course.gate import Finding
from tests.gate.lessons import Spoil, course_of, found_in, good_cells


@pytest.fixture
def the_finding(tmp_path):
    """Return a function: spoil the good lesson, and get the one finding."""

    def find(spoil: Spoil = lambda cells: None, **options) -> Finding:
        cells = good_cells()
        spoil(cells)
        (finding,) = found_in(course_of(tmp_path, cells, **options)).values()
        return finding

    return find


@pytest.fixture
def nothing_found(tmp_path):
    """Return a function: change the good lesson, and tell whether the gate stays silent."""

    def find(change: Spoil = lambda cells: None, **options) -> bool:
        cells = good_cells()
        change(cells)
        return found_in(course_of(tmp_path, cells, **options)) == {}

    return find


@pytest.fixture
def never_run(monkeypatch):
    """Let a run of a notebook fail the test."""

    def run(*arguments):
        raise AssertionError("run")

    monkeypatch.setattr("course.gate.inspection.run_plainly", run)
