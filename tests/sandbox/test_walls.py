"""Students' processes and judges live behind two walls that share nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from course.demo.samples import hand_in
from course.examining.examine import examine
from course.examining.rebuild import Rebuilder
from course.intake.submissions import parse_submission
from course.notebook.provenance import write_script
from tests.builders import code, function, notebook, test_cell
from tests.grading.engine.processes import alive, descendants, wait_for

NAMESPACES = ("mnt", "pid", "user", "ipc", "net", "uts")
# Leaves a note in every folder, of this process or another, that can be written.
NOTE = """
import os
def leave(name):
    places = ["/", "/tmp", "/dev/shm", "/session", os.getcwd(), os.path.expanduser("~")]
    for process in filter(str.isdigit, os.listdir("/proc")):
        places += [f"/proc/{process}/cwd", f"/proc/{process}/root/tmp", f"/proc/{process}/root"]
        places += [f"/proc/{process}/root/session", f"/proc/{process}/cwd/tmp"]
    for place in places:
        for inner in [place, *(f.path for f in entries(place))]:
            try:
                with open(os.path.join(inner, name), "w") as file:
                    file.write("raise SystemExit('a student was here')")
            except OSError:
                pass
def entries(place):
    try:
        return list(os.scandir(place))
    except OSError:
        return []
"""
# Returns all notes of that name that can be found from here.
FIND = """
import os
def find(name):
    found = []
    for top in ["/tmp", "/dev/shm", "/session", os.getcwd(), os.path.expanduser("~")]:
        found += [f for f, _, names in os.walk(top) if name in names]
    return found
"""


def innermost(pid: int) -> list[int]:
    """Return the processes behind a wall: those of our own program."""
    return [
        p
        for p in descendants(pid)
        if "course.warm.nursery" in Path(f"/proc/{p}/cmdline").read_text()
        and "bwrap" not in Path(f"/proc/{p}/comm").read_text()
        and "setpriv" not in Path(f"/proc/{p}/comm").read_text()
    ]


@pytest.fixture
def examination(nursery, tmp_path):
    """Return a function that examines one answer to a lesson with this test."""

    def run(answer: str, test: str, lesson: str = "") -> tuple[str, str]:
        cells = [code(lesson, id="lesson"), function("one", "one()", "return 1")]
        source = notebook([*cells, test_cell("one-test", test)])
        rebuilt = Rebuilder(source).rebuild(parse_submission(hand_in(source, {"one": answer})))
        ((outcome,), _) = examine(rebuilt, lambda: nursery.session(tmp_path))
        return outcome.judgement.verdict, outcome.judgement.message

    return run


@pytest.mark.parametrize("head", [(), ("x = 1",)], ids=["", "after a lesson"])
def test_students_and_judges_share_no_namespace_no_user_and_no_open_file(nursery, tmp_path, head):
    lesson = [code(text, id="lesson") for text in head]
    test = test_cell("t", "assert one() and x" if head else "assert one()")
    source = notebook([*lesson, function("one", "one()", "return 1"), test])
    with nursery.session(tmp_path) as session:
        assert not list(session.begin(write_script(source), head))
        assert len(session.ran) == len(head)
        sides = innermost(nursery.students.pid), innermost(nursery.judges.parent.pid)
        assert all(sides)
        for space in NAMESPACES:
            seen = [{os.readlink(f"/proc/{p}/ns/{space}") for p in side} for side in sides]
            assert seen[0].isdisjoint(seen[1]), space
        users = [{os.stat(f"/proc/{p}/task").st_uid for p in side} for side in sides]
        owners = [
            {Path(f"/proc/{p}/status").read_text().split("Uid:")[1].split()[0] for p in side}
            for side in sides
        ]
        assert users
        if os.getuid() == 0:
            assert owners[0].isdisjoint(owners[1])
        held = [
            {os.readlink(f"/proc/{p}/fd/{n}") for p in side for n in os.listdir(f"/proc/{p}/fd")}
            for side in sides
        ]
        assert held[0] & held[1] <= {"/dev/null"}


def test_a_judge_imports_from_places_that_nobody_can_write(examination):
    test = (
        "import os, sys\nassert one() == 1\n"
        "for entry in sys.path:\n"
        "    assert os.path.isabs(entry) and not os.access(entry, os.W_OK), (entry, sys.path)"
    )
    assert examination("def one(): return 1", test) == ("passed", "")


def test_a_section_s_own_module_is_imported_and_a_file_written_beside_it_is_not(nursery, tmp_path):
    (tmp_path / "tools.py").write_text("ONE = 1")
    lesson = "import tools\nopen('later.py', 'w').write('ONE = 2')"
    test = (
        "assert one() == tools.ONE\ntry:\n    import later\nexcept ImportError:\n    pass\n"
        "else:\n    raise AssertionError('imported what was written')"
    )
    cells = [code(lesson, id="lesson"), function("one", "one()", "return 1")]
    source = notebook([*cells, test_cell("one-test", test)])
    right = hand_in(source, {"one": "def one(): return 1"})
    rebuilt = Rebuilder(source).rebuild(parse_submission(right))
    ((outcome,), _) = examine(rebuilt, lambda: nursery.session(tmp_path))
    assert (outcome.judgement.verdict, outcome.judgement.message) == ("passed", "")


@pytest.mark.parametrize("name", ["planted_by_student.py", "note.txt"])
def test_what_a_student_writes_anywhere_is_found_by_no_judge_and_no_other_student(
    nursery, examination, tmp_path, name
):
    answer = f"{NOTE}\nleave({name!r})\ndef one(): return 1"
    test = f"{FIND}\nassert one() == 1\nassert find({name!r}) == [], find({name!r})"
    assert examination(answer, test) == ("passed", "")
    with nursery.session(tmp_path) as one, nursery.session(tmp_path) as other:
        assert one.run(f"{NOTE}\nleave({name!r})", 30).status == "ok"
        found = other.run(f"{FIND}\nimport json\nprint(json.dumps(find({name!r})))", 30)
        assert json.loads(found.outputs[0].text) == []


def test_a_judge_has_its_own_limit_of_memory(examination, nursery):
    large = 2 * nursery.bounds.judge
    test = (
        f"assert one() == 1\ntry:\n    large = bytearray({large})\nexcept MemoryError:\n    pass\n"
        "else:\n    raise AssertionError('too much')"
    )
    assert examination("def one(): return 1", test) == ("passed", "")


# A process of the session's own goes on when the session's first one has ended.
LEAVES = """
import os, subprocess, threading
left = subprocess.Popen(["sleep", "600"])
threading.Timer(0.2, os._exit, [0]).start()
"""


def test_with_its_own_process_a_session_ends_before_anybody_asks(nursery, session):
    def sleeping() -> set[int]:
        return {pid for pid in descendants(nursery.students.pid) if _name(pid) == "sleep"}

    assert session.run(LEAVES, 20).status == "ok"
    wait_for(lambda: not alive(session.process), "the end of the session's process")
    wait_for(lambda: not sleeping(), "the end of what it has left")
    assert session.run("1", 20).status == "killed"


def _name(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:  # it has gone meanwhile
        return ""


def test_a_session_is_one_fork_of_what_has_imported_everything(nursery, session):
    def large() -> set[int]:
        return {pid for pid in innermost(nursery.students.pid) if "numpy" in _mapped(pid)}

    before = large()
    assert session.run("1", 20).status == "ok"
    assert large() - before == {session.process}


def _mapped(pid: int) -> str:
    return Path(f"/proc/{pid}/maps").read_text()
