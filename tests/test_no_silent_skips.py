"""In CI the skip of a browser or sandbox test is a failure; elsewhere it is a skip."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).resolve().parent / "conftest.py"
MARKERS = "[pytest]\nmarkers =\n    browser\n    sandbox\n"


def run_pytest(folder: Path, source: str, **variables: str) -> str:
    """Run pytest on `source` under the course's conftest; return its last line."""
    shutil.copy(CONFTEST, folder)
    (folder / "pytest.ini").write_text(MARKERS, encoding="utf-8")
    (folder / "test_it.py").write_text(source, encoding="utf-8")
    outside = {k: v for k, v in os.environ.items() if k not in {"CI", "COURSE_CI"}}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=folder,
        env=outside | variables,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()[-1]


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
