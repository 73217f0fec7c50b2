"""A fork of a wall joins its group: only out here can that be done, and its number be known."""

from __future__ import annotations

import socket

from course.processes import wire
from course.sandbox.bounds import Bounds
from course.sandbox.cgroups import Group, groups

JOIN_SECONDS = 60.0
HELPERS = 8  # processes of ours in a group, beside the student's


def open_group(bounds: Bounds | None, memory: int | None = None) -> Group | None:
    """Make a group with these bounds; None without bounds, or where groups cannot be had.

    Parameters
    ----------
    bounds : Bounds or None
    memory : int, optional
        Bytes, in place of those of a session.
    """
    there = groups() if bounds else None
    if there is None:
        return None
    try:
        return there.open(memory or bounds.memory, bounds.processes + HELPERS)
    except OSError:  # as many as the system allows: then the session counts for itself
        return None


def join(sock: socket.socket, group: Group) -> dict:
    """Put the fork at the other end of `sock` into a group, before it does anything else.

    Returns
    -------
    told : dict
        What it said; with "failed" there is no such fork.

    Raises
    ------
    Closed, TooLate
        When it is not there.
    """
    told, pid = wire.receive_from(sock, JOIN_SECONDS)
    if "failed" not in told:
        try:
            group.add(pid)
        except OSError:
            raise wire.Closed from None  # it has ended
        wire.send(sock, {"joined": True})
    return told


def be_joined(sock: socket.socket) -> None:
    """Say that this fork is there, and wait until it is in its group."""
    wire.send(sock, {"here": True})
    wire.receive(sock, JOIN_SECONDS)
