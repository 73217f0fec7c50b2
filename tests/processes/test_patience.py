"""A message that is there is taken, also by a process that could not look before the end."""

from __future__ import annotations

import socket

import pytest

from course.processes import wire
from course.processes.patience import Patience, await_message


@pytest.fixture
def ends():
    near, far = socket.socketpair()
    with near, far:
        yield near, far


def test_what_came_while_this_process_could_not_look_is_taken(ends):
    near, far = ends
    await_message(near, Patience(0, 0), lambda: wire.send(far, "done"))
    assert wire.receive(near) == "done"


def test_nothing_is_too_late(ends):
    with pytest.raises(wire.TooLate):
        await_message(ends[0], Patience(0, 0), lambda: None)


@pytest.mark.parametrize("seconds", [0, -1])
def test_after_the_end_one_look_is_taken(ends, seconds):
    near, far = ends
    with pytest.raises(wire.TooLate):
        wire.receive(near, seconds)
    wire.send(far, "done")
    assert wire.receive(near, seconds) == "done"
    wire.tell_senders(near, True)
    wire.send(far, "done")
    assert wire.receive_from(near, seconds)[0] == "done"


def test_who_drips_after_the_end_is_too_late(ends):
    near, far = ends
    far.sendall(b"\0\0")
    with pytest.raises(wire.TooLate):
        wire.receive(near, 0)
