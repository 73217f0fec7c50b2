"""What lies beside a notebook is imported before what is installed, whatever a fork has already."""

from __future__ import annotations

import subprocess
import sys

import pytest

BEFORE = """
import sys, traitlets, yaml
import course.door
import helpers.checks.words
from course.processes.neighbours import import_from
sys.path[0:0] = [{place!r}]  # as a checkout's processes have it
import_from("")
"""


def imported(tmp_path, root, statement: str, shown: str) -> str:
    """Return what a process shows that imports something behind all of ours."""
    code = BEFORE.format(place=str(root)) + f"{statement}\nprint({shown})"
    line = [sys.executable, "-P", "-c", code]
    done = subprocess.run(line, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("module", ["helpers", "course", "tests", "yaml", "nobody_has_this"])
@pytest.mark.parametrize("form", ["{}.py", "{}/__init__.py"])
def test_a_neighbour_is_found_first(tmp_path, root, module, form):
    path = tmp_path / form.format(module)
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine = 7")
    assert imported(tmp_path, root, f"import {module} as m", "m.mine") == "7"


def test_a_folder_without_an_init_file_is_a_neighbour_too(tmp_path, root):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "checks.py").write_text("mine = 7")
    assert imported(tmp_path, root, "from helpers import checks", "checks.mine") == "7"


def test_a_module_within_that_both_have_is_the_neighbours(tmp_path, root):
    (tmp_path / "helpers").mkdir()
    (tmp_path / "helpers" / "__init__.py").write_text("")
    (tmp_path / "helpers" / "checks.py").write_text("mine = 7")
    assert imported(tmp_path, root, "from helpers.checks import mine", "mine") == "7"


@pytest.mark.parametrize("module", ["random", "traitlets"])
def test_pythons_own_modules_and_a_kernels_win_as_in_a_kernel(tmp_path, root, module):
    (tmp_path / f"{module}.py").write_text("mine = 7")
    assert imported(tmp_path, root, f"import {module} as m", "hasattr(m, 'mine')") == "False"


def test_our_own_modules_go_on_importing_each_other(tmp_path, root):
    (tmp_path / "course.py").write_text("mine = 7")
    late = "import course\nfrom course.door import budgets"
    assert imported(tmp_path, root, late, "course.mine, budgets.CELL_TEXT > 0") == "7 True"


def test_where_nothing_is_beside_ours_are_found(tmp_path, root):
    assert imported(tmp_path, root, "import helpers", "helpers.__name__") == "helpers"
