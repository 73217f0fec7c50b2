"""A student's copy of the release: new things come in, no answer is ever lost."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

import nbformat
import pytest

from course.errors import CourseError
from course.lab import jupyterlab as lab_module
from course.lab.jupyterlab import command, prepare
from course.lab.working_copy import refresh
from tests.builders import code, edit_cell, make_course, markdown, write_notebook
from tests.ports import unused_port

STUB = "def blur(image):\n    raise NotImplementedError"
ANSWER = "def blur(image):\n    return image"


@pytest.fixture
def release(tmp_path):
    folder = tmp_path / "release"
    cells = [markdown("# Blur", id="title"), code(STUB, id="blur")]
    write_notebook(folder / "02-blur" / "blur.ipynb", cells)
    return folder


@pytest.fixture
def work(tmp_path, release):
    refresh(release, tmp_path / "work")
    return tmp_path / "work"


def said(release, work) -> list[str]:
    return [str(change) for change in refresh(release, work)]


def answer(work, name="blur.ipynb", text=ANSWER):
    edit_cell(work / "02-blur" / name, "blur", STUB, text)


def renew(release, *, title="# Blur, better", extra=None):
    cells = [markdown(title, id="title"), code(STUB, id="blur")]
    cells += [code(extra, id="extra")] if extra else []
    write_notebook(release / "02-blur" / "blur.ipynb", cells)


def source(path, cell="blur") -> str:
    return next(c.source for c in nbformat.read(path, as_version=4).cells if c.id == cell)


def test_the_first_time_everything_is_new(release, tmp_path):
    assert said(release, tmp_path / "work") == ["02-blur/blur.ipynb is new."]
    copied = tmp_path / "work" / "02-blur" / "blur.ipynb"
    assert copied.read_bytes() == (release / "02-blur" / "blur.ipynb").read_bytes()


def test_the_second_time_nothing_is(release, work):
    assert said(release, work) == []


def test_an_answer_stays_and_nothing_is_said_while_the_release_is_the_same(release, work):
    answer(work)
    assert said(release, work) == []
    assert source(work / "02-blur" / "blur.ipynb") == ANSWER


def test_a_new_section_and_new_files_come_in(release, work):
    write_notebook(release / "03-pool" / "pool.ipynb", [code("1")])
    (release / "02-blur" / "cat.png").write_bytes(b"picture")
    assert said(release, work) == ["02-blur/cat.png is new.", "03-pool/pool.ipynb is new."]


def test_a_notebook_without_answers_gives_way_to_a_newer_release(release, work):
    renew(release)
    (sentence,) = said(release, work)
    assert "yours had no answers" in sentence
    assert source(work / "02-blur" / "blur.ipynb", "title") == "# Blur, better"


def test_a_notebook_that_was_only_run_has_no_answers(release, work):
    path = work / "02-blur" / "blur.ipynb"
    nb = nbformat.read(path, as_version=4)
    nb.cells[1].execution_count = 3
    nb.cells[1].outputs = [nbformat.v4.new_output("stream", text="ran")]
    nbformat.write(nb, path)
    renew(release)
    (change,) = refresh(release, work)
    assert change.what == "updated"


def test_an_answered_notebook_is_kept_and_the_newer_one_put_beside_it(release, work):
    answer(work)
    renew(release, extra="print('more')")
    (sentence,) = said(release, work)
    assert sentence == (
        "02-blur/blur.ipynb has a newer version: added 1 cell (extra), changed 1 cell (title). "
        "Yours is kept; see 02-blur/blur (new).ipynb."
    )
    assert source(work / "02-blur" / "blur.ipynb") == ANSWER
    assert source(work / "02-blur" / "blur (new).ipynb", "extra") == "print('more')"


def test_what_was_said_once_is_not_said_again(release, work):
    answer(work)
    renew(release)
    refresh(release, work)
    assert said(release, work) == []


def test_an_answer_in_the_newer_version_is_not_overwritten_either(release, work):
    answer(work)
    renew(release)
    refresh(release, work)
    answer(work, "blur (new).ipynb", "better = 1")
    renew(release, title="# Blur, best")
    (sentence,) = said(release, work)
    assert "see 02-blur/blur (new 2).ipynb" in sentence
    assert source(work / "02-blur" / "blur (new).ipynb") == "better = 1"
    assert source(work / "02-blur" / "blur.ipynb") == ANSWER


def test_a_newer_version_without_answers_gives_way_to_the_newest(release, work):
    answer(work)
    for title in ("# Better", "# Best"):
        renew(release, title=title)
        refresh(release, work)
    assert sorted(p.name for p in (work / "02-blur").iterdir()) == [
        "blur (new).ipynb",
        "blur.ipynb",
    ]
    assert source(work / "02-blur" / "blur (new).ipynb", "title") == "# Best"


def test_a_deleted_notebook_comes_back_fresh(release, work):
    answer(work)
    (work / "02-blur" / "blur.ipynb").unlink()
    assert said(release, work) == ["02-blur/blur.ipynb is new."]


def test_files_of_the_students_own_are_left_alone(release, work):
    (work / "02-blur" / "mine.py").write_text("x = 1")
    renew(release)
    refresh(release, work)
    assert (work / "02-blur" / "mine.py").read_text() == "x = 1"


@pytest.mark.parametrize("damage", ["{", "[]", '{"cells": [1]}', '{"cells": [{"source": 1}]}', ""])
def test_a_damaged_notebook_counts_as_an_answer(release, work, damage):
    (work / "02-blur" / "blur.ipynb").write_text(damage)
    renew(release)
    (change,) = refresh(release, work)
    assert change.what == "beside"
    assert (work / "02-blur" / "blur.ipynb").read_text() == damage


def test_without_its_memory_it_takes_everything_for_answers(release, work):
    for path in sorted((work / ".release").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    renew(release)
    (change,) = refresh(release, work)
    assert change.what == "beside"


def test_a_picture_that_the_student_changed_is_kept(release, work):
    (release / "02-blur" / "cat.png").write_bytes(b"picture")
    refresh(release, work)
    (work / "02-blur" / "cat.png").write_bytes(b"mine")
    (release / "02-blur" / "cat.png").write_bytes(b"newer picture")
    (change,) = refresh(release, work)
    assert change.beside == "02-blur/cat (new).png"
    assert (work / "02-blur" / "cat.png").read_bytes() == b"mine"


def test_a_course_without_a_release_is_told_how_to_make_one(tmp_path):
    course = make_course(tmp_path, {"01-one": {"one": [code("1")]}})
    with pytest.raises(CourseError, match="course release"):
        prepare(course)


def test_jupyterlab_is_asked_for_folder_port_and_no_browser(tmp_path):
    line = command(tmp_path, False, 9000, False, ["--ip=x"])
    assert line[:3] == [sys.executable, "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={tmp_path}" in line and line[-1] == "--ip=x"
    assert {"--port=9000", "--no-browser"} <= set(line)


def test_root_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    course = make_course(tmp_path, {"01-one": {"one": [code("1")]}})
    with pytest.raises(CourseError, match="allow-root"):
        lab_module.lab(course)


def get(address: str) -> bytes:
    """Wait until a server answers."""
    end = time.monotonic() + 120
    while True:
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:
                return answer.read()
        except (urllib.error.URLError, ConnectionError):
            assert time.monotonic() < end, f"{address} does not answer"
            time.sleep(0.5)


@pytest.fixture
def started(tmp_path):
    """Start `course lab` for real, and end it."""
    processes, port = [], unused_port()

    def start(*options):
        line = [sys.executable, "-m", "course.cli", "--course", str(tmp_path), "lab"]
        line += [*options, "--no-browser", "--port", str(port), "--", "--allow-root"]
        line += ["--IdentityProvider.token=secret", "--ServerApp.port_retries=0"]
        log = (tmp_path / "lab.log").open("w")
        processes.append((subprocess.Popen(line, stdout=log, stderr=log), log))
        return f"http://127.0.0.1:{port}/{{}}?token=secret"

    yield start
    for process, log in processes:
        process.terminate()
        process.wait(60)
        log.close()


@pytest.mark.slow
def test_students_get_their_copy_in_a_real_jupyterlab(tmp_path, release, started):
    make_course(tmp_path, {"02-blur": {"blur": [code("1")]}})
    address = started()
    listed = json.loads(get(address.format("api/contents")))["content"]
    assert sorted(entry["name"] for entry in listed) == ["02-blur", "START.ipynb"]
