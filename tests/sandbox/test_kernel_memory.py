"""What a session makes the kernel hold counts as its memory, by a group or by the watcher."""

from __future__ import annotations

import pytest

from course.sandbox import cgroups, groups
from course.warm.client import Nursery

from .conftest import BOUNDS

MORE = 3 * BOUNDS.memory
# Where the process may open no more, another goes on, and the first keeps what it has.
SOCKETS = f"""
import os, socket, time
kept, held = [], 0
while held < {MORE}:
    try:
        kept.append(socket.socketpair())
    except OSError:
        try:
            forked = os.fork()
        except OSError:  # as many processes as there may be: hold what there is
            time.sleep(60)
        if forked:
            time.sleep(60)
        for pair in kept:
            for end in pair: end.close()
        kept = [socket.socketpair()]
    end = kept[-1][0]
    end.setblocking(False)
    try:
        while True: held += end.send(bytes(60_000))
    except BlockingIOError:
        pass
time.sleep(60)
"""
# Reads where nothing was ever written: no page is used, but the kernel has to keep tables of them.
TABLES = """
import ctypes, mmap, os, time
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t] + 3 * [ctypes.c_int] + [ctypes.c_long]
size = 2**40
place = libc.mmap(None, size, 1, 0x4022, -1, 0)  # PROT_READ, private, anonymous, no reserve
libc.madvise(ctypes.c_void_p(place), ctypes.c_size_t(size), 15)  # no huge pages
for at in range(0, size, 2 * 2**20):
    ctypes.c_ubyte.from_address(place + at).value
time.sleep(60)
"""
# Pages that processes share belong to none of them, once they are out of their tables.
SHARED = f"""
import mmap, time
kept = []
for _ in range({MORE} >> 24):
    pages = mmap.mmap(-1, 1 << 24)
    pages.write(bytes(1 << 24))
    pages.madvise(mmap.MADV_DONTNEED)
    kept.append(pages)
time.sleep(60)
"""
SPIN = """
import os
for _ in range({}):
    if os.fork() == 0:
        os.setsid()
        while True: pass
"""


@pytest.fixture(params=["groups", "watcher"])
def counted(request, bwrap, monkeypatch):
    """Return a nursery whose sessions are counted by the kernel, or by their watchers."""
    if request.param == "watcher":
        monkeypatch.setattr(groups, "groups", lambda: None)
    elif cgroups.groups() is None:
        pytest.skip("this machine lets us make no group of processes")
    with Nursery([], bounds=BOUNDS, guests=False) as started:
        yield started


@pytest.mark.parametrize(
    "code", [SOCKETS, TABLES, SHARED], ids=["buffers of sockets", "page tables", "shared pages"]
)
def test_memory_of_the_kernel_s_is_a_session_s_memory(counted, tmp_path, code):
    with counted.session(tmp_path) as session:
        assert session.run(code, 40).status == "memory"


def test_a_neighbour_who_keeps_every_core_busy_costs_an_innocent_loop_no_verdict(counted, tmp_path):
    loop = "import time\nend = time.process_time() + 0.5\nwhile time.process_time() < end: pass"
    with counted.session(tmp_path) as noisy, counted.session(tmp_path) as quiet:
        assert noisy.run(SPIN.format(24), 20).status == "ok"
        assert quiet.run(loop, 2).status == "ok"


def test_an_endless_sleep_is_stopped_though_it_uses_no_core(counted, tmp_path):
    with counted.session(tmp_path) as session:
        assert session.run("import time\ntime.sleep(60)", 0.2).status == "timeout"
