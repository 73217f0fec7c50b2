"""How long cells may take in a course: its own word for it, else nbgrader's."""

from __future__ import annotations

from nbgrader.preprocessors import Execute

from course.examining.progress import Limits
from course.folder import Course

CELLS = 5  # that take their whole time, in one notebook


def limits_for(course: Course) -> Limits:
    """Return the limits of a course.

    A cell of a student's has the seconds that the syllabus names, or else those that ``nbgrader
    autograde`` would give it (``c.Execute.timeout``, ``c.ExecutePreprocessor.timeout``). No limit
    there is the limit of the whole notebook here.

    Parameters
    ----------
    course : Course
    """
    usual = Limits()
    seconds = course.seconds
    if seconds is None:
        seconds = Execute(config=course.config).timeout
    if seconds is None or seconds <= 0:
        seconds = usual.whole
    return Limits(
        lecture=max(usual.lecture, seconds),
        answer=seconds,
        test=seconds,
        whole=max(usual.whole, CELLS * seconds),
    )
