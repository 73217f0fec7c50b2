"""In CI a missing program is a failure; elsewhere its tests are skipped, and it is named."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parent / "conftest.py"
ROOT = CONFTEST.parent.parent
MARKERS = "[pytest]\nmarkers =\n    browser\n    sandbox\n    chinese\n"

GONE = """
from tests.tools import TOOLS, Tool
for mark in TOOLS:
    TOOLS[mark] = Tool(lambda mark=mark: f"{mark} is missing", f"get {mark}")
"""
HERE = """
from tests.tools import TOOLS, Tool
TOOLS.update({mark: Tool(str, "") for mark in TOOLS})
"""


def run_pytest(folder: Path, source: str, **variables: str) -> str:
    """Run pytest on `source` under the course's conftest; return its last line."""
    return told_by_pytest(folder, source, **variables)[-1]


def told_by_pytest(folder: Path, source: str, *, there: bool = True, **variables: str) -> list[str]:
    """Run pytest on `source` where every program is there, or none; return what it writes."""
    source = (HERE if there else GONE) + source
    shutil.copy(CONFTEST, folder)
    (folder / "pytest.ini").write_text(MARKERS, encoding="utf-8")
    (folder / "test_it.py").write_text(source, encoding="utf-8")
    outside = {k: v for k, v in os.environ.items() if k not in {"CI", "COURSE_CI"}}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env=outside | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()


SKIPPED_INSIDE = "import pytest\n@pytest.mark.{mark}\ndef test_a(): pytest.skip('no tool')\n"
SKIPPED_BY_MARK = (
    "import pytest\n"
    "@pytest.mark.skipif(True, reason='no tool')\n@pytest.mark.sandbox\ndef test_a(): pass\n"
)
SKIPPED_MODULE = "import pytest\npytest.importorskip('no_such_module')\ndef test_a(): pass\n"
SKIPPED_UNMARKED = "import pytest\ndef test_a(): pytest.skip('not on this system')\n"
EXPECTED_FAILURE = "import pytest\n@pytest.mark.xfail\n@pytest.mark.browser\ndef test_a(): 1 / 0\n"


@pytest.mark.parametrize("variable", ["CI", "COURSE_CI"])
@pytest.mark.parametrize("mark", ["browser", "sandbox"])
def test_a_skip_inside_a_guarded_test_fails_in_ci(tmp_path, mark, variable):
    source = SKIPPED_INSIDE.format(mark=mark)
    assert run_pytest(tmp_path, source, **{variable: "1"}).startswith("1 failed")


def test_a_skip_by_mark_is_no_pass_in_ci(tmp_path):
    assert run_pytest(tmp_path, SKIPPED_BY_MARK, COURSE_CI="1").startswith("1 error")


def test_a_skipped_module_is_an_error_in_ci(tmp_path):
    assert run_pytest(tmp_path, SKIPPED_MODULE, COURSE_CI="1").startswith("1 error")


@pytest.mark.parametrize("source", [SKIPPED_INSIDE.format(mark="browser"), SKIPPED_MODULE])
def test_a_skip_is_a_skip_on_a_developers_machine(tmp_path, source):
    assert run_pytest(tmp_path, source).startswith("1 skipped")


def test_other_skips_stay_skips_in_ci(tmp_path):
    assert run_pytest(tmp_path, SKIPPED_UNMARKED, COURSE_CI="1").startswith("1 skipped")


def test_an_expected_failure_stays_one_in_ci(tmp_path):
    assert run_pytest(tmp_path, EXPECTED_FAILURE, COURSE_CI="1").startswith("1 xfailed")


TWO_TOOLS = """
import pytest
@pytest.fixture
def costly(): raise AssertionError("made in vain")
@pytest.mark.browser
@pytest.mark.parametrize("n", range(3))
def test_a(n, costly): pass
@pytest.mark.sandbox
def test_b(): pass
def test_c(): pass
"""


def test_a_missing_program_is_named_once_with_its_remedy_and_nothing_is_made(tmp_path):
    told = told_by_pytest(tmp_path, TWO_TOOLS, there=False)
    assert told.count("browser is missing: 3 tests skipped (get browser)") == 1
    assert told.count("sandbox is missing: 1 test skipped (get sandbox)") == 1
    assert not [line for line in told if "chinese" in line]
    assert told[-1].startswith("1 passed, 4 skipped")


def test_a_missing_program_is_an_error_in_ci(tmp_path):
    last = told_by_pytest(tmp_path, TWO_TOOLS, there=False, COURSE_CI="1")[-1]
    assert last.startswith("1 passed, 4 errors")
