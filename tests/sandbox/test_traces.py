"""When a session ends, nothing of it is left: not for another session, not on this machine."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import pytest

FOLDERS = (".", "/tmp", "/dev/shm", "/session", "/session/home")
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork():
        os._exit(0)
    open("/proc/self/comm", "w").write({name!r})
    open("/tmp/ready", "w").close()
    time.sleep(600)
while not os.path.exists("/tmp/ready"):
    time.sleep(0.01)
"""


def named(name: str) -> list[str]:
    """Return the processes of this machine that have a name."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            if Path("/proc", process, "comm").read_text().strip() == name:
                found.append(process)
        except OSError:  # it has gone meanwhile
            continue
    return found


@pytest.mark.parametrize("end", ["1", "import os; os._exit(0)", "import time; time.sleep(60)"])
def test_a_daemon_ends_with_its_session_however_that_ends(nursery, tmp_path, end):
    name = f"daemon-{secrets.token_hex(3)}"
    with nursery.session(tmp_path) as session:
        assert session.run(DAEMON.format(name=name), 30).status == "ok"
        assert len(named(name)) == 1
        session.run(end, 0.2 if "sleep" in end else 30)
    assert named(name) == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_file_ends_with_its_session_and_no_other_session_sees_it(nursery, tmp_path, folder):
    with nursery.session(tmp_path) as one, nursery.session(tmp_path) as other:
        assert one.run(f"open({folder + '/left'!r}, 'w').write('x')", 10).status == "ok"
        assert other.run(f"open({folder + '/left'!r})", 10).error[0] == "FileNotFoundError"
    assert list(tmp_path.iterdir()) == [] and not os.path.exists("/tmp/left")


def test_two_sessions_cannot_meet_under_an_abstract_name_or_a_port(nursery, tmp_path):
    serve = "import socket\ns = socket.socket({})\ns.bind({})\ns.listen()"
    meet = "import socket\nsocket.socket({}).connect({})"
    for place in (("socket.AF_UNIX", r"'\0meeting'"), ("socket.AF_INET", "('127.0.0.1', 5555)")):
        with nursery.session(tmp_path) as one, nursery.session(tmp_path) as other:
            one.run(serve.format(*place), 10)
            assert other.run(meet.format(*place), 10).status == "error"


def test_named_semaphores_and_shared_memory_work_and_are_gone_afterwards(nursery, tmp_path):
    code = (
        "from multiprocessing import shared_memory\n"
        "memory = shared_memory.SharedMemory('left', create=True, size=4096)"
    )
    for _ in range(2):  # the second one would find the first one's name taken
        with nursery.session(tmp_path) as session:
            assert session.run(code, 10).status == "ok"
    assert not os.path.exists("/dev/shm/left")


def test_a_session_gets_a_copy_of_the_sections_files_and_changes_only_that(nursery, tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "data.txt").write_text("data")
    code = "from pathlib import Path\np = Path('deep/data.txt')\nold = p.read_text()\n"
    with nursery.session(tmp_path) as session:
        result = session.run(f"{code}p.write_text('changed')\nprint(old, p.read_text())", 10)
        assert result.outputs[0].text == "data changed\n"
    assert (tmp_path / "deep" / "data.txt").read_text() == "data"


def test_a_shell_command_and_a_pool_of_processes_work_inside(session):
    assert session.run("!echo from the shell", 30).outputs[0].text.split() == [
        "from",
        "the",
        "shell",
    ]
    code = (
        "from multiprocessing import get_context\n"
        "with get_context('fork').Pool(2) as pool: print(pool.map(abs, [-1, -2]))"
    )
    assert session.run(code, 30).outputs[0].text == "[1, 2]\n"
