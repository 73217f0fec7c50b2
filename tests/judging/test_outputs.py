"""Text and outputs of a session become what can be stored, written and shown; once, at the door."""

from __future__ import annotations

import base64
import json
import struct
import zlib

import nbformat
import pytest

from course.door.budgets import CELL_OUTPUTS, CELL_PICTURES, CELL_TEXT
from course.door.outputs import TOO_MUCH, cleaned, error_of, plain
from course.examining.fresh import KernelSession
from course.warm.answers import told

HALF = "\ud800"


def png(width: int = 2, height: int = 2) -> str:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        )

    head = chunk(b"IHDR", struct.pack("!IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return base64.b64encode(b"\x89PNG\r\n\x1a\n" + head + chunk(b"IEND", b"")).decode()


def display(**data: object) -> dict:
    return {"output_type": "display_data", "data": data, "metadata": {"a": [1]}, "transient": {}}


def only(output: dict) -> dict:
    """Return what is left of one output, in a notebook that can be written."""
    (found,) = cleaned([output])
    cell = nbformat.v4.new_code_cell(outputs=[nbformat.from_dict(found)])
    nb = nbformat.v4.new_notebook(cells=[cell])
    nbformat.validate(nb)
    nbformat.v4.writes(nb).encode()
    return found


@pytest.mark.parametrize("text", [HALF, f"a{HALF}b", "\0", "\x1b]0;title\x07", "\x08"])
def test_a_text_that_no_file_can_hold_becomes_one_that_it_can(text):
    for output in (
        {"output_type": "stream", "name": text, "text": text},
        display(**{"text/plain": text or "x"}),
        {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]},
    ):
        json.dumps(only(output), ensure_ascii=False).encode()
    name, words = error_of(text, text)
    f"{name}{words}{plain(text)}".encode()


def test_text_and_pictures_stay_and_what_could_be_active_goes():
    active = {
        "text/html": "<script>1</script>",
        "text/markdown": "<img onerror=x>",
        "text/latex": "$x$",
        "image/svg+xml": "<svg onload='x'/>",
        "application/javascript": "x",
        "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
    }
    output = display(**{"text/plain": ["a\n", "b"], "image/png": png() + "\n"}, **active)
    assert only(output)["data"] == {"text/plain": "a\nb", "image/png": png()}
    assert only(output)["metadata"] == {}
    assert cleaned([display(**active)]) == []


@pytest.mark.parametrize(
    "picture",
    [
        5,
        None,
        [1],
        {"a": 1},
        "<script>",
        base64.b64encode(b"<script>1</script>").decode(),
        base64.b64encode(b"\x89PNG\r\n\x1a\nnothing").decode(),
        png()[:-4] + "%%%%",
        png(60_000, 60_000),
        png(0, 5),
        "A" * (CELL_PICTURES + 4),
        HALF,
    ],
)
def test_a_picture_that_is_none_or_a_bomb_is_left_out(picture):
    found, *_ = cleaned([display(**{"text/plain": "x", "image/png": picture})])
    assert found["data"] == {"text/plain": "x"}


@pytest.mark.parametrize("data", [5, None, "x", [1], {"text/plain": 5}, {"text/plain": {"a": 1}}])
def test_a_display_of_nothing_is_left_out(data):
    for kind in ("display_data", "execute_result"):
        assert cleaned([{"output_type": kind, "data": data}]) == []


def test_what_is_too_much_is_cut_and_that_is_told():
    long = {"output_type": "stream", "name": "stdout", "text": "x" * (CELL_TEXT + 5)}
    found = cleaned([long, long])
    assert [len(o["text"]) for o in found] == [CELL_TEXT, len(TOO_MUCH)]
    many = cleaned([display(**{"text/plain": "x"})] * 3_000)
    assert len(many) == CELL_OUTPUTS + 1 and many[-1]["text"] == TOO_MUCH
    endless = {"output_type": "error", "ename": "E" * 999, "evalue": "x" * 10**6}
    (error,) = cleaned([endless | {"traceback": ["x" * 10**5] * 99}])
    assert len(json.dumps(error)) < 100_000


@pytest.mark.parametrize(
    "outputs",
    [None, 5, "x", {}, [None], [[]], ["x"], [{}], [{"output_type": "x"}], [{"output_type": []}]],
)
def test_what_is_no_output_at_all_is_no_answer(outputs):
    with pytest.raises(ValueError, match=r"output"):
        told({"word": "w", "status": "ok", "outputs": outputs}, 0, "w")


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"status": "ok"}, {"outputs": []}, {"status": "ok", "outputs": [], "error": 5}],
)
def test_what_is_no_answer_is_said_so(answer):
    answer = answer | {"word": "w"} if isinstance(answer, dict) else answer
    with pytest.raises(ValueError, match=r"form|output"):
        told(answer, 0, "w")


@pytest.mark.parametrize("word", [{}, {"word": ""}, {"word": None}, {"word": "v"}, {"word": ["w"]}])
def test_what_was_said_before_the_question_is_no_answer(word):
    with pytest.raises(ValueError, match=r"something else|form"):
        told({"status": "ok", "outputs": []} | word, 0, "w")


ODD = f"""
from IPython.display import display, HTML
print("{HALF.encode("unicode_escape").decode()}")
display({{"text/plain": 5}}, raw=True)
display({{"image/png": 7, "text/plain": "seen"}}, raw=True)
display(HTML("<script>1</script>"))
raise ValueError("\\ud800" * 9)
"""


def check(result) -> None:
    assert result.status == "error" and result.error[0] == "ValueError"
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=result.outputs)])
    nbformat.validate(nb)
    text = nbformat.v4.writes(nb)
    assert text.encode() and "seen" in text and "text/html" not in text


def test_a_warm_session_passes_that_door(sessions, tmp_path):
    with sessions(tmp_path, {}) as session:
        check(session.run(ODD, 30))
    with sessions(tmp_path, {}, apart=False) as session:
        check(session.test("f", ODD, 30))


@pytest.mark.slow
def test_a_fresh_kernel_passes_that_door(tmp_path):
    session = KernelSession(tmp_path)
    try:
        # The kernel itself ends at half a character; that is its cell's verdict, and no fault.
        check(session.run(ODD.replace(ODD.splitlines()[2], "").replace("ud800", "t"), 60))
        much = session.run(
            "from IPython.display import display\nfor i in range(2_000): display(i)", 60
        )
        assert len(much.outputs) <= CELL_OUTPUTS + 1
    finally:
        session.close()
