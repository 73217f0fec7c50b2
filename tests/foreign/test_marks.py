"""Any nbgrader course gets stock nbgrader's marks, cell by cell."""

from __future__ import annotations

import pytest

from tests.foreign.comparison import compare, unmeant, unsound
from tests.foreign.habits import GROUPS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.name)
def test_a_foreign_course_gets_stock_marks(group, tmp_path):
    found = compare(group, tmp_path)
    assert not (lines := list(unsound(group, found.lines))), found.table(lines)
    assert not (lines := list(unmeant(group, found.lines))), found.table(lines)
