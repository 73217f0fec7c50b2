"""A course in which three wrote an answer and one did not, and the page's server on it."""

from __future__ import annotations

import shutil

import pytest

from course.folder import open_course
from tests.classes import small_course
from tests.marking.serving import graded, serving


@pytest.fixture(scope="package")
def graded_course(tmp_path_factory):
    """Return the course's folder; nobody changes it."""
    return graded(small_course(tmp_path_factory.mktemp("graded"))).root


@pytest.fixture
def course(graded_course, tmp_path):
    """Return a copy of the course."""
    return open_course(shutil.copytree(graded_course, tmp_path / "course"))


@pytest.fixture
def served(course):
    """Return a server on the course."""
    with serving(course) as one:
        yield one
