"""Any nbgrader course gets stock nbgrader's marks, cell by cell."""

from __future__ import annotations

import re

import pytest

from tests.foreign.comparison import compare, unmeant, unsound
from tests.foreign.differences import DIFFERENCES
from tests.foreign.habits import GROUPS

MEANT = re.compile(r"^- \*\*([a-z-]+)\*\*: ", re.M)


def test_the_differences_that_are_meant_are_few_and_told(root):
    told = MEANT.findall((root / "docs" / "nbgrader.md").read_text(encoding="utf-8"))
    assert tuple(told) == DIFFERENCES and len(told) <= 5
    used = {why for group in GROUPS for habit in group.habits for why in habit.differs.values()}
    assert used <= set(DIFFERENCES)


@pytest.mark.slow
@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_a_foreign_course_gets_stock_marks(group, tmp_path):
    found = compare(group, tmp_path)
    assert not (lines := list(unsound(group, found.lines))), found.table(lines)
    assert not (lines := list(unmeant(group, found.lines))), found.table(lines)
