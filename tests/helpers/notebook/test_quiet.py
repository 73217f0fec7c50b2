"""A package that chatters while it is imported is silent, and its failures are not.

That TensorFlow is, a process in test_expected.py shows.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

CHATTER = "import os\nos.write(2, b'found no GPU')\nvalue = 3\n"


@pytest.fixture
def run(tmp_path):
    """Return a function that runs code beside a chattering package and returns the process."""

    def in_process(code: str, package: str = CHATTER) -> subprocess.CompletedProcess:
        (tmp_path / "chatterbox").mkdir()
        (tmp_path / "chatterbox" / "__init__.py").write_text(package)
        code = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)

    return in_process


TWICE = "quieten('chatterbox'); quieten('chatterbox')"
QUIETEN = f"from helpers.notebook.quiet import quieten; {TWICE}\n"


def test_the_import_is_silent_and_complete(run):
    done = run(QUIETEN + "import chatterbox; print(chatterbox.value, chatterbox.__path__ != [])")
    assert (done.stdout, done.stderr) == ("3 True\n", "")


def test_what_is_written_after_the_import_is_seen(run):
    done = run(QUIETEN + "import os, chatterbox; os.write(2, b'later')")
    assert done.stderr == "later"


def test_an_import_that_fails_tells_all(run):
    done = run(QUIETEN + "import chatterbox", CHATTER + "1 / 0")
    assert "found no GPU" in done.stderr and "ZeroDivisionError" in done.stderr


def test_without_it_the_package_chatters(run):
    assert run("import chatterbox").stderr == "found no GPU"


def test_a_package_that_is_not_there_is_not_found(run):
    done = run("from helpers.notebook.quiet import quieten; quieten('no_such')\nimport no_such")
    assert "ModuleNotFoundError" in done.stderr
