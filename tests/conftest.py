"""What every test needs: the root of the course, quiet libraries, and no silent skips.

A test says by a mark which program it needs that pip cannot install. Where that is missing the test
is skipped, and one line a program says so at the end; in CI it fails.
"""

import gc
import itertools
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import course  # noqa: F401  before anything imports nbformat: see course.deferred
from course.processes.cores import threads
from tests.tools import TOOLS, trouble

# Set before any test module is imported: these are read once, at import.
os.environ.setdefault("MPLBACKEND", "Agg")  # no test opens a window
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")  # TensorFlow's start-up notes, not its errors
# Several workers share the cores: threads for each core in each of them would wait for one another.
for name, value in threads(1).items():
    os.environ.setdefault(name, value)
# What stands by on this machine for its user's own grading is none of a test's business.
os.environ["COURSE_STANDBY"] = ""
# The garbage collector looks less often: it takes a third of the time in which Keras is imported.
gc.set_threshold(50_000, 20, 20)

ROOT = Path(__file__).resolve().parent.parent
STRICT = bool(os.environ.get("COURSE_CI") or os.environ.get("CI"))


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the folder that holds course/, helpers/ and source/."""
    return ROOT


@pytest.fixture
def looks_at(monkeypatch):
    """Return a block that counts how often any field of a class's instances is read."""

    @contextmanager
    def counting(kind: type) -> Iterator[Callable[[], int]]:
        count, read = itertools.count(), kind.__getattribute__
        with monkeypatch.context() as patch:
            patch.setattr(
                kind, "__getattribute__", lambda one, name: (next(count), read(one, name))[1]
            )
            yield lambda: next(count)

    return counting


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Hand the tests out to several workers so that all of them are busy to the end."""
    from tests.scheduling import Scheduling

    config.option.loadscopereorder = False  # by the number of tests in a file, which tells little
    return Scheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Put what takes longest first, where several workers share the tests."""
    if hasattr(config, "workerinput"):
        from tests.scheduling import place

        items.sort(key=lambda item: place(item.nodeid))


def pytest_collection_finish():
    """Have the garbage collector pass over what is imported by now: it stays, and is much."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Skip a test, before anything is made for it, where what it needs is missing."""
    for mark, tool in TOOLS.items():
        if item.get_closest_marker(mark) and (why := trouble(mark)):
            pytest.skip(f"{why} ({tool.remedy})")


def pytest_terminal_summary(terminalreporter):
    """Say once for each program that is missing how many tests were skipped for it."""
    reports = terminalreporter.stats.get("skipped", [])
    skipped = Counter(str(report.longrepr[2]) for report in reports)
    for mark, tool in TOOLS.items() if skipped else ():
        why = trouble(mark)
        if count := skipped[f"Skipped: {why} ({tool.remedy})"]:
            tests = "test" if count == 1 else "tests"
            terminalreporter.write_line(f"{why}: {count} {tests} skipped ({tool.remedy})")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Turn the skip of a test that needs a program into a failure in CI.

    On a developer's machine such a test may lack its tool; in CI the tool is installed, so a skip
    means that what the test guards is no longer guarded.
    """
    report = yield
    marks = [name for name in TOOLS if item.get_closest_marker(name)]
    expected_failure = hasattr(report, "wasxfail")  # pytest files an xfail under "skipped" too
    if STRICT and marks and report.skipped and not expected_failure:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{' and '.join(marks)} test skipped in CI: {reason}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Turn the skip of a whole test module into a failure in CI, for the same reason."""
    report = yield
    if STRICT and report.outcome == "skipped" and isinstance(collector, pytest.Module):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"test module skipped in CI: {reason}"
    return report
