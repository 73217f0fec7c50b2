"""What a session uses up has a limit, and reaching it has a verdict."""

from __future__ import annotations

import pytest

from course.demo.samples import hand_in
from course.examining.examine import examine
from course.examining.progress import Limits
from course.examining.rebuild import Rebuilder
from course.intake.submissions import parse_submission
from tests.builders import function, notebook, test_cell

from .conftest import BOUNDS

MORE = 2 * BOUNDS.memory
TWO = [
    function("large", "large()", "return 1"),
    test_cell("large-test", "assert large() == 1"),
    function("small", "small()", "return 2"),
    test_cell("small-test", "assert small() == 2"),
]


def ended(session, code: str, seconds: float = 30) -> tuple[str, str]:
    """Run a cell; return its status and the exception's name."""
    result = session.run(code, seconds)
    return result.status, (result.error or ("", ""))[0]


def test_an_array_that_is_too_large_raises_a_memory_error_and_the_session_goes_on(session):
    assert ended(session, f"import numpy\nnumpy.ones({MORE}, 'uint8')") == ("error", "MemoryError")
    assert ended(session, "1 + 1") == ("ok", "")


def test_a_list_that_grows_raises_a_memory_error(session):
    assert ended(session, "x = []\nwhile True: x.append(bytes(10**7))") == ("error", "MemoryError")


def test_shared_memory_that_grows_ends_the_session(session):
    code = f"import mmap\nm = mmap.mmap(-1, {MORE})\nfor i in range(0, {MORE}, 4096): m[i] = 1"
    assert ended(session, code) == ("memory", "")


def test_many_processes_that_are_large_together_end_the_session(session):
    code = f"""
import os, time
for _ in range(4):
    if os.fork() == 0:
        kept = bytearray({BOUNDS.memory // 2})
        time.sleep(30)
time.sleep(30)
"""
    assert ended(session, code) == ("memory", "")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("import os\nwhile True: os.fork() or os._exit(os.pause() or 0)", "BlockingIOError"),
        (
            "import threading\nstop = threading.Event()\n"
            "while True: threading.Thread(target=stop.wait, daemon=True).start()",
            "RuntimeError",
        ),
    ],
    ids=["processes", "threads"],
)
def test_processes_and_threads_are_limited(session, code, name):
    assert ended(session, code.replace("os.pause()", "__import__('signal').pause()")) == (
        "error",
        name,
    )


@pytest.mark.parametrize(
    "code",
    [
        f"open('x', 'wb').write(bytes({2 * BOUNDS.file}))",
        f"import os\nos.truncate(os.open('x', os.O_CREAT | os.O_RDWR), {2 * BOUNDS.file})",
        f"for i in range(99): open(f'/tmp/{{i}}', 'wb').write(bytes({BOUNDS.file // 2}))",
        "for i in range(999): open(f'/dev/shm/{i}', 'w').close()",
        "kept = [open('/dev/null') for _ in range(999)]",
    ],
    ids=["one file", "one file, not written", "all files", "number of files", "open files"],
)
def test_the_disk_is_limited_and_the_session_goes_on(session, code):
    assert ended(session, code) == ("error", "OSError")
    assert ended(session, "1 + 1") == ("ok", "")


@pytest.mark.parametrize(
    "code",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "import os; os._exit(0)",
        "exit()",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.abort()",
    ],
)
def test_a_process_that_ends_itself_is_killed_and_not_out_of_memory(session, code):
    assert ended(session, code) == ("killed", "")


@pytest.mark.parametrize(
    "forged",
    ["b'no json'", "b'[]'", "b'{}'", "b'[' * 10**6", '\'{"status": "ok", "outputs": 7}\'.encode()'],
)
def test_a_forged_answer_that_is_none_ends_the_session(session, forged):
    code = f"""
import os, socket
sock = next(n for n in range(3, 99) if os.path.lexists(f"/proc/self/fd/{{n}}"))
text = {forged}
os.write(sock, len(text).to_bytes(8, "big") + text)
"""
    assert ended(session, code) == ("killed", "")


def test_a_cell_that_refuses_to_stop_is_stopped(nursery, tmp_path):
    code = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\ntime.sleep(60)"
    with nursery.session(tmp_path) as session:
        assert ended(session, code, 0.2) == ("timeout", "")


def verdicts(nursery, folder, answer: str) -> list[str]:
    """Examine a submission with this answer to the first exercise and a right one."""
    source = notebook(TWO)
    answers = {"large": answer, "small": "def small():\n    return 2"}
    rebuilt = Rebuilder(source).rebuild(parse_submission(hand_in(source, answers)))
    outcomes, _ = examine(rebuilt, lambda: nursery.session(folder), Limits(answer=10, test=10))
    return [outcome.judgement.verdict for outcome in outcomes]


@pytest.mark.parametrize(
    "answer",
    [
        f"x = bytearray({MORE})\ndef large():\n    return 1",
        f"def large():\n    return len(bytearray({MORE}))",
        f"import mmap\nm = mmap.mmap(-1, {MORE})\nm[:] = b'1' * len(m)",
        f"import mmap\nm = mmap.mmap(-1, {MORE})\nfor i in range(0, {MORE}, 4096): m[i] = 1",
        f"def large():\n    import mmap\n    m = mmap.mmap(-1, {MORE})\n"
        f"    for i in range(0, {MORE}, 4096): m[i] = 1",
    ],
    ids=["cell raises", "call raises", "mixed", "cell is killed", "call is killed"],
)
def test_an_exercise_that_uses_up_the_memory_is_told_so_and_the_next_is_graded(
    nursery, tmp_path, answer
):
    assert verdicts(nursery, tmp_path, answer) == ["memory", "passed"]
