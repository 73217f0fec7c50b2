"""A process that stands by: graders take branches of it, and find what they find without it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import pytest

from course.cli import main
from course.grading.engine.warmth import WARMTH
from course.proof import promises
from course.warm import branches, ready
from course.warm.branches import SOCKET, Branch
from course.warm.client import Nursery
from course.warm.runtime import runtime_folder
from course.warm.standby import MOST, Standby
from course.warm.stems import Stem
from tests.builders import function, make_course, test_cell
from tests.grading.engine.processes import alive, descendants, wait_for
from tests.sandbox.conftest import BOUNDS

ROOT = Path(__file__).resolve().parents[2]
SECTION = "01-one"
CELLS = [
    function("double", "double(x)", "return 2 * x"),
    test_cell("double-test", "assert double(2) == 4", "assert double(5) == 10", points=2),
]
# A grader that says when its session has a process that would go on, and is then killed.
GRADER = """
import sys
from pathlib import Path
from course.warm.client import Nursery
from tests.sandbox.conftest import BOUNDS
with Nursery([], bounds=BOUNDS, guests=False) as nursery, nursery.session(Path(sys.argv[1])) as one:
    one.run("import subprocess; subprocess.Popen(['sleep', '600'])", 20)
    print(type(nursery.students._process).__name__, flush=True)
    one.run("while True: pass", 600)
"""


@pytest.fixture
def place(monkeypatch):
    """Return where a socket may be; whatever stands by there ends with the test."""
    folder = tempfile.mkdtemp(prefix="by")  # a socket's path is short
    monkeypatch.setenv(SOCKET, os.path.join(folder, "s"))
    yield Path(folder, "s")
    ready.end()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def standing(place):
    """Have a process stand by that is ready; return its number."""
    pid = ready.start(5)
    ready.prepare([])
    return pid


def opened(**options) -> Nursery:
    return Nursery([], bounds=BOUNDS, guests=False, **options)


def are_branches(nursery: Nursery) -> set[bool]:
    sides = nursery.students, nursery.judges.parent
    return {isinstance(side._process, Branch) for side in sides}


def below(pid: int) -> set[int]:
    """Return the numbers of all processes below one that have not ended."""
    return {one for one in descendants(pid) if alive(one)}


def line_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def wait_until(true, seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.05)
    return true()


def test_the_promises_hold_in_a_branch(standing):
    with opened() as nursery:
        assert are_branches(nursery) == {True}
        found = promises.check(nursery, [ROOT])
    assert [promise for promise in found if not promise.held] == []


# What Matplotlib finds where it is imported: a shell that is there already is another thing.
FOUND = """
import matplotlib.pyplot as plt
hooks = get_ipython().events.callbacks["post_execute"]
print(plt.isinteractive(), plt.get_backend(), len(hooks))
"""


def test_a_branch_is_as_what_has_imported_by_itself(standing, tmp_path):
    told, imports = set(), ["import matplotlib.pyplot as plt"]
    ready.prepare(imports)
    for fresh in (True, False):
        given = {"bounds": BOUNDS, "guests": False, "fresh": fresh}
        with Nursery(imports, **given) as nursery:
            assert are_branches(nursery) == {not fresh}
            with nursery.session(tmp_path) as session:
                told.add(str(session.run(FOUND, 60).outputs))
    assert len(told) == 1 and "inline" in told.pop()


def test_graders_at_the_same_time_have_branches_of_their_own(standing, tmp_path):
    calm = below(standing)
    with opened() as one, opened() as other:
        for nursery in (one, other):
            assert are_branches(nursery) == {True} and nursery.alive
        with one.session(tmp_path) as session, other.session(tmp_path) as another:
            session.run("x = 1", 20)
            result = another.run("x", 20)
    assert result.error[0] == "NameError"
    assert not one.alive
    assert wait_until(lambda: below(standing) <= calm)


def test_with_a_grader_that_was_killed_its_branch_goes(standing, tmp_path):
    calm = below(standing)
    line = [sys.executable, "-c", GRADER, str(tmp_path)]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as grader:
        assert grader.stdout.readline() == "Branch\n"
        assert any(b"sleep" in line_of(pid) for pid in below(standing) - calm)
        grader.kill()
    assert wait_until(lambda: below(standing) <= calm)
    with opened() as nursery, nursery.session(tmp_path) as session:
        assert are_branches(nursery) == {True}
        assert session.run("1 + 1", 20).status == "ok"


def test_nothing_is_taken_where_all_is_to_be_new_or_nothing_is_named(standing, monkeypatch):
    with opened(fresh=True) as nursery:
        assert are_branches(nursery) == {False}
    monkeypatch.setenv(SOCKET, "")
    with opened() as nursery:
        assert are_branches(nursery) == {False}


def test_a_grader_in_other_control_groups_starts_its_own(standing, monkeypatch):
    monkeypatch.setattr(branches, "own_groups", lambda: "0::/elsewhere\n")
    with opened() as nursery:
        assert are_branches(nursery) == {False}


def test_where_a_socket_is_left_of_what_was_killed_another_stands_by(standing, place):
    os.kill(standing, signal.SIGKILL)
    assert wait_until(lambda: ready.tell() is None)
    assert place.exists()
    with opened() as nursery:
        assert are_branches(nursery) == {False}
    assert ready.start(5) != standing


def test_a_stem_whose_modules_have_changed_gives_no_branch(tmp_path):
    module = tmp_path / "lesson_of_ours.py"
    module.write_text("x = 1\n")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(tmp_path)])}
    wanted = {"line": [sys.executable, "-P", "-m", "course.warm.nursery"], "keeper": False}
    wanted |= {"environment": environment, "imports": ["import lesson_of_ours"]}
    stem = Stem(wanted)
    try:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            assert stem.ready(60)
            branch = stem.branch(theirs.fileno())
            assert branch is not None
            stem.end(branch)
            module.write_text("x = 22\n")
            assert stem.branch(theirs.fileno()) is None
    finally:
        stem.close()


class Fake:
    """Counts itself; of a stem the rest is tried above."""

    living = 0

    def __init__(self, wanted):
        self.users = 0
        Fake.living += 1

    def close(self):
        Fake.living -= 1


@pytest.fixture
def served(monkeypatch):
    """Return a server that stands by nowhere, with stems that only count."""
    monkeypatch.setattr("course.warm.standby.Stem", Fake)
    monkeypatch.setattr(Fake, "living", 0)
    with socket.socket(socket.AF_UNIX) as listener:
        yield Standby(listener, 5)


def test_a_stem_is_kept_for_what_is_asked_for_again(served):
    asked = {"patience": 0.0}
    assert served._stem("once", asked) is None
    assert served._stem("once", asked) is not None
    assert served._stem("waited for", {"patience": 1.0}) is not None
    assert Fake.living == 2


def test_of_many_stems_those_go_that_nobody_uses(served):
    asked = {"patience": 1.0}
    used = served._stem("used", asked)
    for number in range(2 * MOST):
        served._leave(served._stem(str(number), asked))
    assert Fake.living == MOST and used in served._stems.values()
    with served._lock:
        served._stems.clear()
    served._leave(used)
    assert Fake.living == MOST - 1  # what was put aside ends with its last user


def test_it_ends_when_nobody_came_for_long_and_waits_for_who_is_there(place):
    pid = ready.start(0.03)
    assert wait_until(lambda: ready.tell() is None)
    assert wait_until(lambda: not place.exists())
    pid = ready.start(5)
    ready.prepare([])
    with opened() as nursery:
        assert ready.end() == pid
        assert wait_until(lambda: ready.tell() is None)  # nobody else is served
        time.sleep(1.5)
        assert are_branches(nursery) == {True} and nursery.alive
        Path(f"/proc/{pid}").stat()
    assert wait_until(lambda: not alive(pid))


def test_it_ends_when_its_socket_is_gone_by_which_alone_it_is_found(standing, place):
    with opened() as nursery:
        place.unlink()
        time.sleep(2.5)
        assert are_branches(nursery) == {True} and alive(standing)  # somebody is served
    assert wait_until(lambda: not alive(standing))


def test_after_one_that_ends_another_stands_by_and_stays(standing, place):
    assert ready.end() == standing and not place.exists()
    another = ready.start(5)
    assert another != standing
    wait_for(lambda: not alive(standing), "the end of the first one")
    assert ready.tell()["pid"] == another and place.exists()


def test_the_command_has_it_stand_by_and_grades_are_the_same(place, tmp_path, capsys, monkeypatch):
    course = make_course(tmp_path, {SECTION: {"one": CELLS}})
    for student, answer in (("anna", "return 2 * x"), ("bert", "return x * x")):
        folder = course.submitted(student, SECTION)
        folder.mkdir(parents=True)
        text = (course.section("01").notebooks[0]).read_text()
        (folder / "one.ipynb").write_text(text.replace("return 2 * x", answer))
    monkeypatch.chdir(tmp_path)
    WARMTH.end()

    def verdicts() -> list[tuple]:
        out = tmp_path / "verdicts.jsonl"
        out.unlink(missing_ok=True)
        main(["grade", "--force", "--seed", "1", "--json", str(out), "--quiet"])
        WARMTH.end()
        rows = map(json.loads, out.read_text().splitlines())
        return sorted((row["student"], row["verdict"], row["message"]) for row in rows)

    alone = verdicts()
    assert main(["warm", "--minutes", "5"]) == 0
    assert "stands by" in capsys.readouterr().out
    assert verdicts() == alone and {row[1] for row in alone} == {"passed", "failed"}
    assert main(["warm", "--end"]) == 0
    assert "Ended" in capsys.readouterr().out
    assert wait_until(lambda: ready.tell() is None)
    assert main(["warm", "--end"]) == 0
    assert "none" in capsys.readouterr().out


def test_a_socket_may_have_the_longest_of_names_and_is_all_that_there_is(place, monkeypatch):
    longest = place.parent / ("s" * (107 - len(f"{place.parent}/")))
    monkeypatch.setenv(SOCKET, str(longest))
    ready.start(5)
    assert ready.tell() and os.listdir(place.parent) == [longest.name]
    ready.end()
    assert wait_until(lambda: os.listdir(place.parent) == [])


def test_it_listens_for_this_user_alone(standing, place):
    assert place.stat().st_mode & 0o077 == 0


def test_neither_a_session_nor_a_judge_reaches_it(standing, place, tmp_path):
    tried = f"""
import os, socket
def reached():
    found = [name for name in {[str(place), str(runtime_folder())]!r} if os.path.exists(name)]
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(5)
        try:
            sock.connect({str(place)!r})
            found.append("connected")
        except OSError:
            pass
    found += [key for key in os.environ if key in ("COURSE_STANDBY", "COURSE_WARM_SOCKET")]
    return found + [line for line in open("/proc/net/unix") if {str(place)!r} in line]
print(reached())
"""
    with opened() as nursery, nursery.session(tmp_path) as session:
        assert are_branches(nursery) == {True}
        theirs = session.run(tried, 20)
        judge = nursery.judges.take(promises.NO_LESSON, tmp_path)
        judge.begin(session.socket)
        ours = judge.test(promises.TEST, tried, 0, 20, session)
        nursery.judges.give_back(judge)
    for result in (theirs, ours):
        assert result.status == "ok", result.error
        assert "".join(output.text for output in result.outputs) == "[]\n"
    with Nursery([], guests=False) as nursery, nursery.session(tmp_path) as session:
        (output,) = session.run(tried, 20).outputs  # without walls it is found
        assert str(place) in output.text and "connected" in output.text


def test_what_talks_nonsense_stops_nobody(standing, place):
    for said in (b"", b"\0" * 8, b"\xff" * 64, (3).to_bytes(8, "big") + b"[1]"):
        with socket.socket(socket.AF_UNIX) as sock:
            sock.connect(str(place))
            sock.sendall(said)
    with opened() as nursery:
        assert are_branches(nursery) == {True}


def test_many_at_once_are_served(standing):
    found: list[set[bool]] = []

    def grade() -> None:
        with opened() as nursery:
            nursery.wait()
            found.append(are_branches(nursery))

    threads = [threading.Thread(target=grade) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [{True}] * 4
