"""Grading as this machine can: in the sandbox where there is one."""

from __future__ import annotations

from functools import partial

from course.grading import grade as course_grade
from tests.tools import sandboxed

HOW = {} if sandboxed() else {"sandbox": False}
grade = partial(course_grade.grade, **HOW)
Options = partial(course_grade.Options, **HOW)
grading = course_grade.grading
