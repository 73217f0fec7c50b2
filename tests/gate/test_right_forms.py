"""Right is right: what equals the solution in all that the task asks for gets full marks.

Each section's answers are tried in one session like those of grading, and by its judge.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from course.examining.opening import Source, session_for, session_source
from course.folder import open_course
from course.judging.verdict import Judgement, judge
from course.notebook.cells import grade_id, is_test
from course.notebook.exercises import exercises
from course.notebook.provenance import write_script
from course.notebook.reading import read_source
from tests.gate.right_forms import FORMS

SECTIONS = sorted({section for section, *_ in FORMS})
LECTURE = ("imports", "count-shelf", "epochs")  # what these answers read of the lessons
Tried = dict[tuple[str, str], Judgement]


@pytest.fixture(scope="module")
def sessions(root) -> Iterator[Source]:
    """Return a source of sessions for all sections: what they import is imported once."""
    course = open_course(root)
    chosen = [s for s in course.sections if s.name[:2] in SECTIONS]
    with session_source(
        [read_source(path, course.config) for section in chosen for path in section.notebooks]
    ) as source:
        yield source


@pytest.fixture(scope="module", params=SECTIONS)
def tried(request, root, sessions) -> Iterator[tuple[str, Tried]]:
    """Try all answers of a section; return the judgements, by exercise and form."""
    course = open_course(root)
    section = next(s for s in course.sections if s.name.startswith(request.param))
    (path,) = section.notebooks
    nb = read_source(path, course.config)
    tests = {grade_id(cell): cell.source for cell in nb.cells if is_test(cell)}
    points = {exercise.id: exercise.points for exercise in exercises(nb)}
    found: Tried = {}
    with session_for(section, sessions) as session:
        assert not list(session.begin(write_script(nb)))
        session.run('PROFILE = "fast"', 10)
        for cell in nb.cells:
            if cell.id in LECTURE and cell.cell_type == "code":
                assert session.run(cell.source, 60).status == "ok"
        for number, exercise, what, code in FORMS:
            if number != request.param:
                continue
            name = f"{exercise}-test"
            assert session.run(code, 30).status == "ok", (exercise, what)
            for seed in (11, 22, 33):
                session.check_seed = seed
                judgement = judge(
                    session, name, tests[name], points[name], timeout=60, trusted=True
                )
                if judgement.points < points[name] or seed == 33:
                    found[exercise, what] = judgement
                    break
    yield request.param, found


def test_equivalent_answers_get_full_marks(tried):
    section, found = tried
    assert len(found) == sum(number == section for number, *_ in FORMS)
    refused = {
        place: judgement.message
        for place, judgement in found.items()
        if judgement.verdict != "passed"
    }
    assert refused == {}
