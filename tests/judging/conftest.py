"""A student's process with the judge's end of its socket in the test's own hands."""

from __future__ import annotations

import time

import pytest

from course.examining.examine import examine
from course.examining.progress import Limits
from course.examining.rebuild import with_answers
from course.judging.crossing import Peer, prepare
from tests.builders import code, notebook, solution, test_cell
from tests.lasting import Lasting

IMPORTS = code("import numpy as np\nfrom helpers import checks", id="imports")
QUICK = Limits(answer=5, test=3)


@pytest.fixture(scope="session", autouse=True)
def prepared():
    """Read as the judge does: everything that reading may need is there before."""
    prepare()


@pytest.fixture(scope="session")
def sessions():
    """Return a source of warm sessions."""
    with Lasting([IMPORTS]) as source:
        yield source


@pytest.fixture
def student(sessions, tmp_path):
    """Return a function that runs a cell of a student's and gives the judge's end."""
    with sessions(tmp_path, {}) as session:

        def run(source: str, seconds: float = 20) -> Peer:
            assert session.run(source, 20).status == "ok"
            peer = Peer(session.socket, trusted=True)
            peer.deadline = time.monotonic() + seconds
            return peer

        yield run


@pytest.fixture
def verdict(sessions, tmp_path):
    """Return a function from an answer, a test and other cells to verdict and message."""

    def judge(
        answer: str, visible: str = "", hidden: str = "", *before, limits: Limits = QUICK
    ) -> tuple[str, str]:
        stub = "f = None\n### BEGIN SOLUTION\nf = 1\n### END SOLUTION"
        cells = [IMPORTS, *before, solution("f", stub), test_cell("f-test", visible, hidden)]
        rebuilt = with_answers(notebook(cells), {"f": answer})
        outcomes, _ = examine(rebuilt, lambda: sessions(tmp_path, {}), limits)
        return outcomes[0].judgement.verdict, outcomes[0].judgement.message

    return judge
