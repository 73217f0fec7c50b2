"""With something that stands by, a command comes to what it comes to alone, whatever changes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from course.folder import open_course
from course.grading.engine import warmth
from course.grading.engine.warmth import Warmth
from course.grading.foresight import foresee
from course.grading.grade import grading
from course.grading.jobs import Options, to_come
from course.processes import wire
from course.warm import branches, ready, runtime, standby
from course.warm.branches import SOCKET
from course.warm.client import Nursery
from course.warm.imports import imports_in
from tests.builders import code, make_course
from tests.grading.engine.processes import alive, wait_for
from tests.sandbox.conftest import BOUNDS
from tests.sandbox.test_ahead import CELLS, ROOT, nursery_of, run

SERVER = "wsgiref.simple_server"  # which a package does not import by itself
SECTIONS = ("01-one", "02-two")
NEEDS_ROOT = pytest.mark.skipif(os.getuid() != 0, reason="only root can be another user")


@pytest.fixture
def place(monkeypatch):
    """Return where a socket may be; whatever stands by there ends with the test."""
    folder = Path(tempfile.mkdtemp(prefix="by"))  # a socket's path is short
    monkeypatch.setenv(SOCKET, str(folder / "s"))
    yield folder / "s"
    ready.end()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def environment(place):
    """Return the environment of commands that may find what stands by."""
    return os.environ | {"PYTHONPATH": str(ROOT), SOCKET: str(place)}


@pytest.fixture
def course(tmp_path):
    """Return a course with a right answer; its configuration reads a module and a file."""
    (tmp_path / "course").mkdir()
    found = make_course(tmp_path / "course", {"01-one": {"one": CELLS}})
    folder = found.submitted("anna", "01-one")
    folder.mkdir(parents=True)
    shutil.copy(found.section("01").notebooks[0], folder / "one.ipynb")
    return found


def warmed(root: Path, environment: dict, *options: str) -> None:
    done = run("warm", "--minutes", "5", *options, folder=root, environment=environment)
    assert done.returncode == 0, done.stderr


# --- What is imported ----------------------------------------------------------------------------


def test_a_branch_knows_no_module_that_another_course_has_imported(place, tmp_path):
    ready.start(5)
    for sessions in (True, False):
        ready._prepare(([f"import {SERVER}"], sessions))
    with (
        Nursery([], bounds=BOUNDS, guests=False) as nursery,
        nursery.session(tmp_path) as session,
    ):
        result = session.run(f"import wsgiref; {SERVER}", 20)
    assert result.error[0] == "AttributeError"


FORGETS = "import wsgiref; wsgiref.simple_server; return 2 * x"


@pytest.mark.parametrize("together", [True, False])
def test_nor_one_that_another_section_imports(tmp_path, together):
    cells = {"01-one": {"one": CELLS}, "02-two": {"two": [code(f"import {SERVER}"), *CELLS]}}
    course = make_course(tmp_path, cells)
    for section in course.sections:
        for student in ("anna", "bert"):
            folder = course.submitted(student, section.name)
            folder.mkdir(parents=True)
            text = section.notebooks[0].read_text().replace("return 2 * x", FORGETS)
            (folder / section.notebooks[0].name).write_text(text)
    # The other first, whose nursery is still there.
    batches = [course.sections[::-1]] if together else [[one] for one in course.sections[::-1]]
    verdicts = {
        (graded.attempt.section, row.verdict)
        for batch in batches
        for graded in grading(course, batch, Options(bounds=BOUNDS))
        for row in graded.attempt.rows
    }
    assert verdicts == {("01-one", "failed"), ("02-two", "passed")}


def test_a_section_that_is_not_there_yet_keeps_nobody_from_another(course):
    (course.source / "02-two").mkdir()
    (course.root / "course").mkdir(exist_ok=True)
    text = "".join(f'[[section]]\nname = "{name}"\ntitle = "{name}"\n' for name in SECTIONS)
    (course.root / "course" / "syllabus.toml").write_text(text)
    again = open_course(course.root)
    assert [one.attempt.section for one in grading(again, again.pick(["01"]), Options())]
    assert to_come(again) == again.pick(["01"])
    foresee(course.root)


@pytest.mark.parametrize("imports", [("import json",), (f"import {SERVER}", "import json")])
def test_what_goes_on_has_a_nursery_for_each(tmp_path, imports):
    """As a worker of a cluster, or a `--watch` while a lesson is changed."""
    own = Warmth()
    try:
        for wanted in ((f"import {SERVER}", "import json"), imports):
            own.prepare(wanted, BOUNDS, ())
            with own.session(wanted, tmp_path, BOUNDS) as session:
                result = session.run(f"import wsgiref; {SERVER}", 20)
        assert result.status == ("ok" if SERVER in imports[0] else "error")
    finally:
        own.end()


def test_a_notebook_that_is_none_imports_nothing(tmp_path):
    for number, text in enumerate(("{}", "[]", "3", '{"cells": [{}]}', '{"cells": 5}')):
        path = tmp_path / f"{number}.ipynb"
        path.write_text(text)
        assert imports_in([path]) == ()


# --- The course's configuration ------------------------------------------------------------------

CONFIG = """
import os, sys
from pathlib import Path
here = str(Path(__file__).parent)
sys.path.insert(0, here)
import settings_of_this_course
os.environ.setdefault("NAMED_BY_A_CONFIGURATION", settings_of_this_course.NAME)
c = get_config()
c.CourseDirectory.course_id = os.environ["NAMED_BY_A_CONFIGURATION"]
"""


def configured(root: Path, name: str) -> Path:
    root.mkdir(exist_ok=True)
    make_course(root, {"01-one": {"one": CELLS}})
    (root / "nbgrader_config.py").write_text(CONFIG)  # not before: to make a course reads it
    (root / "settings_of_this_course.py").write_text(f"NAME = {name!r}\n")
    return root


def test_a_configuration_leaves_nothing_where_commands_are_forked(tmp_path):
    root = configured(tmp_path, "one")
    before = dict(os.environ), list(sys.path), set(sys.modules)
    foresee(root)
    assert (dict(os.environ), list(sys.path)) == before[:2]
    assert "settings_of_this_course" not in sys.modules


def test_each_command_has_its_own_courses_configuration_as_it_is_now(environment, tmp_path):
    one, other = configured(tmp_path / "one", "first"), configured(tmp_path / "other", "second")
    warmed(one, environment)

    def database(root: Path) -> str:
        done = run("export", "--format", "csv", folder=root, environment=environment)
        assert done.where == "forked", done.stderr
        return identifier(root)

    assert (database(one), database(other)) == ("first", "second")
    (one / "settings_of_this_course.py").write_text("NAME = 'changed'\n")
    (one / "gradebook.db").unlink()
    assert database(one) == "changed"


def identifier(root: Path) -> str:
    line = ["import sqlite3, sys", "base = sqlite3.connect(sys.argv[1])"]
    line.append("print(*base.execute('select id from course').fetchone())")
    told = [sys.executable, "-c", "\n".join(line), str(root / "gradebook.db")]
    return subprocess.run(told, capture_output=True, text=True, check=True).stdout.strip()


def test_one_that_leaves_processes_behind_holds_nothing_up(tmp_path):
    make_course(tmp_path, {"01-one": {"one": CELLS}})
    left = tmp_path / "left"
    line = "import os, time\npid = os.fork()\nif not pid: time.sleep(600)\n"
    line += f"open({str(left)!r}, 'w').write(str(pid))\n"
    (tmp_path / "nbgrader_config.py").write_text(line)
    foresee(tmp_path)
    wait_for(lambda: not alive(int(left.read_text())), "the end of what it left")


@pytest.mark.parametrize("config", ["raise SystemExit(3)", "import os; os._exit(1)", "1 +"])
def test_one_that_ends_or_fails_stops_no_rehearsal(tmp_path, config):
    make_course(tmp_path, {"01-one": {"one": CELLS}})
    (tmp_path / "nbgrader_config.py").write_text(config)  # not before: to make a course reads it
    foresee(tmp_path)


# --- Who asks ------------------------------------------------------------------------------------


def test_another_checkout_runs_its_own_code(environment, course, tmp_path):
    del environment["PYTHONPATH"]
    warmed(course.root, environment)
    copied = tmp_path / "checkout"
    copied.mkdir()
    for name in ("course", "helpers"):
        shutil.copytree(ROOT / name, copied / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "vision_course.py", copied)
    for folder, where in ((copied, "here"), (ROOT, "forked")):  # which is first on Python's path
        done = run("list", "--course", str(course.root), folder=folder, environment=environment)
        assert (done.returncode, done.where) == (0, where), done.stderr


BECOMES = """
import os, sys, tempfile
import vision_course
from course.warm import commands
from course.warm.serving import Request
tempfile.gettempdir()  # as something may have done that was imported
vision_course.run = lambda: print(tempfile.gettempdir())
waits, begin = os.pipe()
reads, report = os.pipe()
os.write(begin, b"g")
streams = [["utf-8", "strict", False]] * 3
told = {"mask": 0o22, "arguments": [], "path": sys.path, "package": None, "streams": streams}
told |= {"folder": ".", "environment": os.environ | {"TMPDIR": sys.argv[1]}}
commands.become(Request(told, [os.dup(n) for n in range(3)] + [waits], report, {}))
"""


def test_folders_are_made_where_this_command_has_them(tmp_path):
    line = [sys.executable, "-c", BECOMES, str(tmp_path)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == f"{tmp_path}\n", done.stderr


def test_who_has_given_up_has_nothing_run_later(environment, course, place, tmp_path):
    """The nursery may be busy for long; meanwhile the command has run by itself."""
    warmed(course.root, environment)
    os.kill(nursery := nursery_of(environment), signal.SIGSTOP)
    try:
        told = tmp_path / "told"
        ends = []
        for name in ("closed", "silent"):
            lease = branches.connect()
            waits, begin = os.pipe()
            with told.open("w") as out:
                files = (0, out.fileno(), 2, waits)
                wire.send(lease, asked(course.root, environment), files)
            os.close(waits)
            ends.append(begin)
            if name == "closed":
                time.sleep(0.2)  # it is in the nursery's queue
                lease.close()
    finally:
        os.kill(nursery, signal.SIGCONT)
    answer = wire.receive(lease, 20)  # of the one that has not left, and does not say "begin"
    assert alive(answer["pid"]) and told.read_text() == ""
    os.close(ends[1])
    wait_for(lambda: not alive(answer["pid"]), "the end of a fork that was not wanted")
    assert told.read_text() == ""
    os.close(ends[0])
    lease.close()


def test_what_has_been_sent_to_a_nursery_that_is_busy_holds_no_pipe_open(environment, course):
    warmed(course.root, environment)
    os.kill(nursery := nursery_of(environment), signal.SIGSTOP)
    try:
        reads, writes = os.pipe()
        lease = branches.connect()
        waits, begin = os.pipe()
        wire.send(lease, asked(course.root, environment), (0, writes, 2, waits))
        os.close(writes)
        os.close(waits)
        time.sleep(0.2)
        lease.close()
        os.set_blocking(reads, False)

        def has_ended() -> bool:
            with suppress(BlockingIOError):
                return os.read(reads, 1) == b""
            return False

        wait_for(has_ended, "the end of the pipe")
    finally:
        os.kill(nursery, signal.SIGCONT)
    os.close(reads)
    os.close(begin)
    assert run("list", folder=course.root, environment=environment).where == "forked"


def asked(root: Path, environment: dict) -> dict:
    """Return the request for a command that prints, as a process of that environment sends it."""
    line = "import json, sys; sys.argv = ['course', 'list']; import vision_course\n"
    line += "from course.warm.ahead import _request; print(json.dumps(_request()))"
    done = subprocess.run(
        [sys.executable, "-c", line],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


WRITES = """
import os
from course.warm.commands import _open_streams
_open_streams([["utf-8", "strict", through] for through in (False, {through}, True)])
print("a line", end="")
os._exit(0)
"""


@pytest.mark.parametrize(("through", "told"), [(True, "a line"), (False, "")])
def test_a_stream_is_as_unbuffered_as_the_one_who_asks_has_it(through, told):
    line = [sys.executable, "-c", WRITES.format(through=through)]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == told


# --- One of them, where it is named --------------------------------------------------------------


def test_of_several_that_are_started_at_once_one_stands_by(place):
    line = "from course.warm import ready; print(ready.start(5))"
    starts = [
        subprocess.Popen([sys.executable, "-c", line], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    told = {process.communicate(timeout=60)[0] for process in starts}
    assert told == {f"{ready.tell()['pid']}\n"}
    assert os.listdir(place.parent) == [place.name]


def test_a_second_start_says_how_long_it_stays(place):
    ready.start(5)
    ready.start(0.001)
    wait_for(lambda: ready.tell() is None, "its end by itself")


def test_it_answers_before_it_ends(place, monkeypatch):
    ended = []

    class Ending(standby.Standby):
        def __init__(self):
            self._over, self._where, self._mark = False, place, None

        def withdraw(self):
            pass

    one = Ending()
    monkeypatch.setattr(standby.wire, "send", lambda *given: ended.append(one._over))
    one._answer(None, {"do": "end"}, [])
    assert ended == [False] and one._over


def test_a_file_that_is_no_socket_is_not_taken_for_one(place):
    place.write_text("a gradebook")
    with pytest.raises(Exception, match="no socket"):
        ready.start(5)
    assert place.read_text() == "a gradebook"


def test_a_relative_place_is_one_from_here(place, monkeypatch):
    monkeypatch.chdir(place.parent)
    monkeypatch.setenv(SOCKET, "s")
    ready.start(5)
    assert ready.tell() and place.is_socket()


def test_without_a_sandbox_nothing_stays(environment, course, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    bare = environment | {"PATH": str(tmp_path / "bin")}
    done = run("warm", folder=course.root, environment=bare)
    assert done.returncode == 1 and "bubblewrap" in done.stderr
    assert not Path(environment[SOCKET]).exists()


LISTENS = """
import os, socket, sys
os.setuid(65534)
with socket.socket(socket.AF_UNIX) as sock:
    sock.bind(sys.argv[1])
    sock.listen()
    print("listens", flush=True)
    with sock.accept()[0] as other:
        print(len(other.recv(100)), flush=True)
"""


@NEEDS_ROOT
def test_another_users_socket_is_told_nothing(place):
    place.parent.chmod(0o777)
    line = [sys.executable, "-c", LISTENS, str(place)]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "listens\n"
        with pytest.raises(PermissionError, match="another user"):
            runtime.connect(str(place))
        assert process.stdout.readline() == "0\n"
        assert branches.connect() is None


def test_a_nursery_that_is_used_stays_and_of_the_others_two_do(monkeypatch):
    made = []

    class Light:
        alive = True

        def __init__(self, imports, bounds):
            self.imports, self.bounds = imports, bounds
            made.append(self)

        def wait(self):
            pass

        def close(self):
            self.alive = False

    monkeypatch.setattr(warmth, "Nursery", Light)
    one = warmth.Warmth()
    with one.held(("import a",), None, ()):
        for name in "bcd":
            with one.held((f"import {name}",), None, ()):
                pass
        assert [nursery.imports for nursery in made if nursery.alive] == [
            (f"import {name}",) for name in "acd"
        ]
    with one.held(("import e",), None, ()):
        pass
    assert [n.imports for n in made if n.alive] == [("import d",), ("import e",)]
    one.end()
    assert not any(nursery.alive for nursery in made)


@pytest.fixture
def probes(monkeypatch):
    """Return what is tried: the imports of the walls, and what they are to keep out of sight."""
    tried = []
    monkeypatch.setattr(
        warmth.promises, "require", lambda nursery, private: tried.append((nursery, private))
    )
    return tried


def test_walls_are_tried_of_each_nursery_and_for_each_course(probes, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    own = Warmth()
    try:
        for imports, private in (
            (("import json",), one),
            (("import json",), one),
            (("import ast",), one),
            (("import json",), other),
        ):
            with own.held(imports, BOUNDS, [str(private)]) as kept:
                kept.confirm()
        assert [private for _, private in probes] == [(one,), (one,), (other,)]
    finally:
        own.end()


def test_who_waits_for_slow_imports_keeps_nobody_else_waiting(probes, tmp_path):
    own = Warmth()
    slow = ("import time; time.sleep(3)",)
    try:
        with own.held((), BOUNDS, ()), ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(own.prepare, slow, BOUNDS, ())
            time.sleep(0.3)
            with own.session((), tmp_path, BOUNDS) as session:
                assert session.run("1 + 1", 20).status == "ok"
            assert not waiting.done()
    finally:
        own.end()


def test_too_many_sections_are_refused(environment, tmp_path):
    cells = {f"{number:02d}-one": {"one": CELLS} for number in range(1, ready.SECTIONS + 2)}
    course = make_course(tmp_path, cells)
    names = [section.name for section in course.sections]
    done = run("warm", *names, folder=tmp_path, environment=environment)
    assert done.returncode != 0 and f"Name {ready.SECTIONS} at most" in done.stderr
