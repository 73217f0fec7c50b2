"""A command that runs in a fork of what stands by: nobody can tell, but by the time it takes."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from course.cli import TERMINATED, rehearse
from course.errors import INTERRUPTED
from course.folder import open_course
from course.grading.engine.work import foresee
from course.grading.grade import grade
from course.processes import wire
from course.warm.ahead import COMMANDS, GONE
from course.warm.branches import SOCKET
from course.warm.commands import conditions
from tests.builders import function, make_course, test_cell
from tests.downloads import handed_in, zip_of
from tests.grading.engine.processes import alive, children, mentioned_in, wait_for

ROOT = Path(__file__).resolve().parents[2]
CELLS = [
    function("double", "double(x)", "return 2 * x"),
    test_cell("double-test", "assert double(2) == 4", "assert double(5) == 10", points=2),
]
# The command, which tells at its end whether it was run in a fork.
LINE = """
import sys
sys.argv[0] = "course"
import vision_course
code = vision_course.main()
print("forked" if "course.cli" not in sys.modules else "here", file=sys.stderr)
sys.exit(code)
"""


def hear() -> None:
    """Hear Ctrl-C, also where these tests run behind a shell that has them deaf to it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


HEARING = {"preexec_fn": hear}


def line_of(*arguments: str) -> list[str]:
    return [sys.executable, "-c", LINE, *arguments]


def run(*arguments: str, folder: Path, environment: dict, **options) -> subprocess.CompletedProcess:
    """Run a command in a process of its own, and take what it told of that from its words."""
    options = {"capture_output": True, "text": True, "timeout": 120} | HEARING | options
    done = subprocess.run(line_of(*arguments), cwd=folder, env=environment, **options)
    *words, done.where = (done.stderr or "?").splitlines()
    done.stderr = "\n".join(words)
    return done


@pytest.fixture(scope="module")
def standing():
    """Have a process stand by for these commands; return their environment."""
    folder = Path(tempfile.mkdtemp(prefix="by"))  # a socket's path is short
    environment = os.environ | {"PYTHONPATH": str(ROOT), SOCKET: str(folder / "s")}
    make_course(folder, {"01-one": {"one": CELLS}})
    done = run("warm", "--minutes", "5", folder=folder, environment=environment)
    assert done.returncode == 0, done.stderr
    yield environment
    run("warm", "--end", folder=folder, environment=environment)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def course(tmp_path):
    """Return a course's folder, with a submission that is right and one that is not."""
    found = make_course(tmp_path, {"01-one": {"one": CELLS}})
    for student, answer in (("anna", "return 2 * x"), ("bert", "return x * x")):
        folder = found.submitted(student, "01-one")
        folder.mkdir(parents=True)
        text = found.section("01").notebooks[0].read_text()
        (folder / "one.ipynb").write_text(text.replace("return 2 * x", answer))
    return tmp_path


@pytest.fixture
def fork(standing):
    """Return a function that waits for the fork of a command, and returns its number."""
    front = nursery_of(standing)

    def find() -> int:
        (found,) = wait_for(lambda: [p for p in children(front) if alive(p)], "a command's fork")
        return found

    return find


def nursery_of(environment: dict) -> int:
    """Return the process of which commands are forked."""
    there = mentioned_in("cmdline", "course.warm.commands")
    (found,) = there & mentioned_in("environ", f"{SOCKET}={environment[SOCKET]}") - {
        pid for pid in there if parent_of(pid) in there
    }
    return found


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        ("list", "--json", "-"),
        ("list", "--help"),
        ("list", "99"),
        ("grade", "--such"),
        ("grade", "--force", "--seed", "1"),
        ("grade", "--student", "nobody"),
        ("feedback", "--student", "anna"),
        ("report", "01"),
        ("export", "--format", "csv"),
        ("similar", "01"),
        ("collect", "nothing.zip"),
        ("collect", "download.zip"),
    ],
    ids=" ".join,
)
def test_a_fork_says_and_does_what_the_command_does(standing, course, arguments):
    zip_of(course / "download.zip", {"carl/01-one/one.ipynb": handed_in()})
    alone = standing | {SOCKET: ""}
    done = run("grade", "--seed", "1", folder=course, environment=alone)
    assert done.where == "here" and done.returncode == 0
    before = course.parent / "before"
    shutil.copytree(course, before)
    one = run(*arguments, folder=course, environment=alone)
    after = listed(course)
    shutil.rmtree(course)
    before.rename(course)
    other = run(*arguments, folder=course, environment=standing)
    assert (one.where, other.where) == ("here", "forked")
    told = [(done.returncode, done.stdout, done.stderr) for done in (one, other)]
    assert told[0] == told[1]
    assert listed(course) == after


def listed(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def test_all_of_them_were_tried():
    (marks,) = (m for m in test_a_fork_says_and_does_what_the_command_does.pytestmark)
    assert {arguments[0] for arguments in marks.args[1]} == set(COMMANDS)


def test_files_have_the_rights_that_the_one_who_asks_gives_them(standing, course):
    for mask, rights in ((0o077, 0o600), (0o022, 0o644)):
        done = run("list", "--json", "out", folder=course, environment=standing, umask=mask)
        assert done.where == "forked" and (course / "out").stat().st_mode & 0o777 == rights
        (course / "out").unlink()


def less_memory() -> None:
    hear()
    resource.setrlimit(resource.RLIMIT_DATA, (2**36, 2**36))


def one_core() -> None:
    hear()
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def lower_priority() -> None:
    hear()
    os.nice(3)


def other_policy() -> None:
    hear()
    os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def deaf() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@pytest.mark.parametrize(
    "other",
    [
        {"environment": {"KERAS_BACKEND": "jax"}},
        {"environment": {"PYTHONOPTIMIZE": "1"}},
        {"environment": {"LC_ALL": "C"}},
        {"environment": {"HOME": "/nonexistent"}},
        {"environment": {SOCKET: ""}},
        {"preexec_fn": less_memory},
        {"preexec_fn": one_core},
        {"preexec_fn": lower_priority},
        {"preexec_fn": other_policy},
        {"preexec_fn": deaf},
    ],
    ids=lambda other: str(list(other.values())).partition(" at ")[0],
)
def test_who_is_another_runs_by_itself(standing, course, other):
    environment = standing | other.get("environment", {})
    how = {k: v for k, v in other.items() if k != "environment"}
    done = run("list", folder=course, environment=environment, **how)
    assert (done.returncode, done.where) == (0, "here"), done.stderr
    assert "01-one" in done.stdout


@pytest.mark.parametrize("place", ["/dev/fd/7", "/proc/self/fd/7"])
def test_who_names_an_open_file_of_its_own_runs_by_itself(standing, course, place):
    line = ["sh", "-c", 'exec 7> out; "$@"', "sh", *line_of("list", "--json", place)]
    how = {"stderr": subprocess.PIPE, "text": True} | HEARING
    done = subprocess.run(line, cwd=course, env=standing, **how)
    assert (done.returncode, done.stderr.split()[-1]) == (0, "here"), done.stderr
    assert "01-one" in (course / "out").read_text()


def test_what_nothing_reads_may_be_another(standing, course):
    environment = standing | {"OLDPWD": "/", "SSH_TTY": "/dev/pts/9", "COLUMNS": "70"}
    assert run("list", folder=course, environment=environment).where == "forked"


def test_a_stream_that_is_closed_is_no_reason_to_fail(standing, course):
    line = line_of("list", "--json", "out")
    done = subprocess.run(
        ["sh", "-c", '"$@" <&- >&-', "sh", *line], cwd=course, env=standing, **HEARING
    )
    assert done.returncode == 0 and "01-one" in (course / "out").read_text()


@pytest.fixture
def lasting(standing, course):
    """Return a command that goes on until it is told not to."""
    (course / "incoming").mkdir()
    line = line_of("grade", "--watch", "incoming")
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, **HEARING}
    how["process_group"] = 0  # as a shell starts it: one that could have it go on is its parent
    with subprocess.Popen(line, cwd=course, env=standing, **how) as process:
        assert "Waiting" in process.stderr.readline()
        yield process
        process.kill()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, TERMINATED)]
)
def test_it_hears_the_signals_of_the_one_who_asked(lasting, fork, number, code):
    pid = fork()
    lasting.send_signal(number)
    told = lasting.communicate(timeout=30)[1]
    assert lasting.returncode == code and "forked" in told
    assert ("Ctrl-C" in told) == (number == signal.SIGINT)
    assert not alive(pid)


def test_one_that_is_killed_by_a_signal_ends_who_asked_by_the_same(lasting, fork):
    os.kill(fork(), signal.SIGABRT)
    assert lasting.wait(30) == -signal.SIGABRT


def test_it_ends_with_who_asked(lasting, fork):
    pid = fork()
    lasting.kill()
    wait_for(lambda: not alive(pid), "the end of the fork")


def test_it_stops_and_goes_on_as_the_terminal_says(lasting, fork):
    pid = fork()
    lasting.send_signal(signal.SIGTSTP)
    for one in (pid, lasting.pid):
        wait_for(lambda one=one: state_of(one) == "T", "its stop")
    lasting.send_signal(signal.SIGCONT)
    for one in (pid, lasting.pid):
        wait_for(lambda one=one: state_of(one) in "SR", "its going on")


def test_where_no_shell_can_have_it_go_on_it_is_not_stopped(standing, course, fork):
    """A process group of its own, whose parent is in another session: the system says no."""
    (course / "incoming").mkdir()
    line = line_of("grade", "--watch", "incoming")
    how = {"stderr": subprocess.PIPE, "text": True, "start_new_session": True} | HEARING
    with subprocess.Popen(line, cwd=course, env=standing, **how) as process:
        assert "Waiting" in process.stderr.readline()
        pid = fork()
        process.send_signal(signal.SIGTSTP)
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == INTERRUPTED
    assert not alive(pid)


def test_one_that_is_refused_by_the_system_is_run_here(standing, course, lasting, fork):
    """And what runs goes on: the nursery has not ended for it."""
    pid, nursery = fork(), nursery_of(standing)
    before = resource.prlimit(nursery, resource.RLIMIT_NOFILE)
    resource.prlimit(nursery, resource.RLIMIT_NOFILE, (8, before[1]))
    try:
        done = run("list", folder=course, environment=standing)
        assert (done.returncode, done.where) == (0, "here")
    finally:
        resource.prlimit(nursery, resource.RLIMIT_NOFILE, before)
    assert alive(pid) and lasting.poll() is None
    assert run("list", folder=course, environment=standing).where == "forked"


@pytest.mark.parametrize(
    "said", [{}, {"environment": {}}, {"environment": 3, "circumstances": {}}, {"pid": 1}]
)
def test_nonsense_ends_no_command(standing, course, lasting, fork, said):
    pid = fork()
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect(standing[SOCKET])
        wire.send(sock, {"do": "command"} | said)
        with pytest.raises(wire.Closed):
            wire.receive(sock, 30)
    assert alive(pid) and lasting.poll() is None
    assert run("list", folder=course, environment=standing).where == "forked"


def state_of(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_where_what_stands_by_is_killed_somebody_says_so(course):
    folder = Path(tempfile.mkdtemp(prefix="by"))
    environment = os.environ | {"PYTHONPATH": str(ROOT), SOCKET: str(folder / "s")}
    (course / "incoming").mkdir()
    try:
        run("warm", "--minutes", "5", folder=course, environment=environment)
        line = line_of("grade", "--watch", "incoming")
        how = {"stderr": subprocess.PIPE, "text": True, **HEARING}
        with subprocess.Popen(line, cwd=course, env=environment, **how) as process:
            assert "Waiting" in process.stderr.readline()
            os.kill(nursery_of(environment), signal.SIGKILL)
            told = process.communicate(timeout=30)[1]
        assert GONE in told and process.returncode == 1
        assert run("list", folder=course, environment=environment).where == "forked"  # of another
    finally:
        run("warm", "--end", folder=course, environment=environment)
        shutil.rmtree(folder, ignore_errors=True)


def test_modules_of_a_users_own_are_not_taken_for_ours(course, tmp_path):
    """PYTHONPATH comes before what is installed."""
    folder = Path(tempfile.mkdtemp(prefix="by"))
    for name in ("course", "helpers", "nbformat"):
        (folder / f"{name}.py").write_text("raise SystemExit('a module of the user')")
    path = os.pathsep.join([str(folder), str(ROOT)])
    environment = os.environ | {"PYTHONPATH": path, SOCKET: str(folder / "s")}
    try:
        done = run("warm", "--minutes", "5", folder=course, environment=environment)
        assert done.returncode == 0, done.stderr
        done = run("grade", folder=course, environment=environment)
        assert (done.returncode, done.where) == (0, "forked"), done.stderr
    finally:
        run("warm", "--end", folder=course, environment=environment)
        shutil.rmtree(folder, ignore_errors=True)


def test_all_is_rehearsed(course):
    """Where it failed, commands would take longer and nobody would know."""
    foresee.cache_clear()
    rehearse(str(course))
    assert foresee.cache_info().currsize == 1
    grade(open_course(course), open_course(course).sections, sandbox=False)
    assert foresee.cache_info().hits


def test_a_course_that_is_none_stops_no_rehearsal(tmp_path):
    rehearse(str(tmp_path))


# Tells which variables are read while commands are rehearsed.
READ = """
import json, os, sys
read = set()
class Environment(type(os.environ)):
    def __getitem__(self, name):
        read.add(name)
        return super().__getitem__(name)
    def __iter__(self):
        read.add("all of them")
        return super().__iter__()
os.environ.__class__ = Environment
from course.cli import rehearse
rehearse("source")
print(json.dumps(sorted(read)))
"""


def test_no_variable_that_is_read_at_import_is_overlooked():
    line = [sys.executable, "-c", READ]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True)
    read = dict.fromkeys(json.loads(done.stdout), "x")
    assert read and conditions({"environment": read, "circumstances": {}}) == read
