"""A section's cells are entered once, and again where one of them has changed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import nbformat
import pytest
from nbgrader.preprocessors import SaveCells

from course.folder import open_course
from course.record.store import register

TABLES = ("grade_cells", "solution_cells", "task_cells")


def cells(course) -> dict[str, list[dict]]:
    """Return all that the gradebook holds of cells, less the numbers of its rows."""
    found = {}
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.row_factory = sqlite3.Row
        for table in (*TABLES, "source_cell"):
            more = " JOIN base_cell USING (id)" if table in TABLES else ""
            rows = db.execute(f"SELECT * FROM {table}{more}")
            numbered = {"id", "notebook_id"}
            kept = [{k: v for k, v in dict(row).items() if k not in numbered} for row in rows]
            found[table] = sorted(kept, key=lambda row: row["name"])
        found["kernel"] = [row[0] for row in db.execute("SELECT kernelspec FROM notebook")]
    return found


@pytest.fixture
def saved(monkeypatch):
    """Return a list of the notebooks that nbgrader enters, one after the other."""
    names, plain = [], SaveCells.preprocess

    def noted(self, nb, resources):
        names.append(resources["nbgrader"]["notebook"])
        return plain(self, nb, resources)

    monkeypatch.setattr(SaveCells, "preprocess", noted)
    return names


def change(course, alter) -> None:
    (path,) = course.sections[0].notebooks
    nb = nbformat.read(path, as_version=4)
    alter(nb, {c.metadata.nbgrader.grade_id: c for c in nb.cells if "nbgrader" in c.metadata})
    nbformat.write(nb, path)


def test_what_is_entered_is_entered_once(course, saved):
    register(course, course.sections[0])
    before = cells(course)
    register(course, course.sections[0])
    assert saved == ["sums"] and cells(course) == before
    assert [name for name, rows in before.items() if not rows] == ["task_cells"]


def more_points(nb, named):
    named["add-test"].metadata.nbgrader.points = 5


def another_test(nb, named):
    named["add-test"].source += "\nassert add(7, 7) == 14"


def another_id(nb, named):
    named["add-test"].metadata.nbgrader.grade_id = "plus-test"


def one_less(nb, named):
    nb.cells.remove(named["add-test"])


def another_kind(nb, named):
    named["why"].cell_type = "code"
    named["why"].execution_count, named["why"].outputs = None, []


def no_answer(nb, named):
    named["add-test"].metadata.nbgrader |= {"grade": False, "points": 0}


def another_kernel(nb, named):
    nb.metadata.kernelspec.display_name = "Another"


CHANGES = (
    *(more_points, another_test, another_id, one_less),
    *(another_kind, no_answer, another_kernel),
)


@pytest.mark.parametrize("alter", CHANGES, ids=lambda alter: alter.__name__)
def test_what_has_changed_is_entered_as_where_there_was_nothing(course, saved, alter):
    register(course, course.sections[0])
    change(course, alter)
    course = open_course(course.root)
    register(course, course.sections[0])
    assert saved == ["sums"] * 2
    found = cells(course)
    (course.root / "gradebook.db").unlink()
    register(course, course.sections[0])
    assert found == cells(course)


def test_a_cell_that_is_lacking_in_the_gradebook_is_entered(course, saved):
    register(course, course.sections[0])
    before = cells(course)
    with closing(sqlite3.connect(course.root / "gradebook.db")) as db:
        db.execute("DELETE FROM source_cell WHERE rowid = (SELECT min(rowid) FROM source_cell)")
        db.commit()
    assert cells(course) != before
    register(course, course.sections[0])
    assert cells(course) == before
