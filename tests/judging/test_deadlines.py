"""Whoever never reads, never writes, or stops in the middle holds nobody up."""

from __future__ import annotations

import json
import os
import re
import socket
import struct
import time

import pytest

from course.processes import wire
from course.processes.wire import STUDENTS


@pytest.fixture
def ends():
    near, far = socket.socketpair()
    with near, far:
        yield near, far


def within(seconds: float, kind: type, what) -> None:
    began = time.monotonic()
    with pytest.raises(kind):
        what()
    assert time.monotonic() - began < seconds


def test_a_message_to_one_who_does_not_read_is_too_late(ends):
    near, _ = ends
    within(3, wire.TooLate, lambda: wire.send(near, {"run": "x" * 10**7}, seconds=0.2))


def test_files_to_one_who_does_not_read_are_too_late_too(ends):
    near, _ = ends
    with pytest.raises(wire.TooLate):
        for _ in range(100):
            wire.send(near, "x" * 10**6, (0,), seconds=0.2)


def test_files_arrive_with_their_message(ends):
    near, far = ends
    reads, writes = os.pipe()
    wire.send(near, {"do": "open"}, (reads,))
    message, files = wire.receive_with_files(far, 2)
    os.write(writes, b"!")
    assert message == {"do": "open"} and os.read(files[0], 1) == b"!"
    for file in (reads, writes, *files):
        os.close(file)


@pytest.mark.parametrize(
    "start", [b"", b"\0\0", struct.pack("!Q", 100), struct.pack("!Q", 9) + b"{"]
)
def test_a_message_that_stops_in_the_middle_is_too_late(ends, start):
    near, far = ends
    far.sendall(start)
    within(3, wire.TooLate, lambda: wire.receive(near, 0.2))
    if start:
        far.sendall(start)
        within(3, wire.TooLate, lambda: wire.receive_with_files(near, 1, 0.2))


def test_a_student_may_say_less_than_we_say_to_each_other(ends):
    near, far = ends
    far.sendall(struct.pack("!Q", STUDENTS.bytes + 1))
    within(3, wire.TooLarge, lambda: wire.receive(near, 5, STUDENTS))


def test_values_are_counted_before_they_are_made(ends):
    near, far = ends
    wire.send_bytes(far, b'{"outputs": [' + b"{}," * STUDENTS.values + b"{}]}", 5)
    within(3, wire.TooLarge, lambda: wire.receive(near, 5, STUDENTS))
    few = json.dumps({"text": ",:[{" * 20_000}).encode()
    wire.send_bytes(far, few, 5)
    assert wire.receive(near, 5, STUDENTS) == json.loads(few)


LISTEN = """
import json
from course.processes import wire
plain, words = wire.receive_bytes, [""]

def noting(*args):
    message = plain(*args)
    if message[:1] == b"{":
        words.append(json.loads(message)["word"])
    return message

wire.receive_bytes = noting
"""
FORGE = """
import json, os, socket, struct, time
word = globals().get("words", [""])[-1]
reply = json.dumps({"status": "ok", "outputs": [], "word": word}).encode()
for number in range(3, 60):
    try:
        with socket.socket(fileno=os.dup(number)) as other:
            other.send(struct.pack("!Q", len(reply)) + reply, socket.MSG_DONTWAIT)
    except OSError:
        pass
time.sleep(100)
"""


def test_a_cell_that_answers_for_itself_and_sleeps_does_not_hold_up_the_next(sessions, tmp_path):
    with sessions(tmp_path, {}) as session:
        assert session.run(LISTEN, 20).status == "ok"
        assert session.run(FORGE, 20).status == "ok"
        began = time.monotonic()
        assert session.run(f"x = '{'x' * 1_500_000}'", 1).status == "timeout"
        assert time.monotonic() - began < 10


def test_an_answer_that_does_not_know_the_word_of_its_question_ends_the_session(sessions, tmp_path):
    with sessions(tmp_path, {}) as session:
        assert session.run(FORGE, 20).status == "killed"


def test_nothing_is_sent_or_awaited_beside_the_wire(root):
    """A call of a socket's own methods would have no deadline."""
    calls = re.compile(r"\.(sendall|recv|recv_into|sendmsg|send_fds|recv_fds|makefile)\(")
    known = {"wire.py", "serving.py"}  # the last one drains its own wake-up pipe
    for folder in ("warm", "crossing"):
        for path in (root / "course" / folder).glob("*.py"):
            if path.name not in known:
                assert not calls.search(path.read_text(encoding="utf-8")), path
