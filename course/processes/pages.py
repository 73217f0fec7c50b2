"""Large pages for a process that is forked again and again.

A fork copies the tables of its parent's own memory, an entry for each page of 4 KiB, and its end
takes them down again: for a process that has imported TensorFlow that is 70,000 entries, most of
the time that a session costs. A large page is one entry in place of 512. What a fork then writes
to is still copied in pages of 4 KiB.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from pathlib import Path

LARGE = 2 << 20  # bytes; where pages are larger the system refuses, and nothing is lost
COLLAPSE = 25  # MADV_COLLAPSE, of Linux 6.1: fill one now
# The memory of this process alone, which is no file's.
OWN = re.compile(r"^(\w+)-(\w+) rw-p \w+ 00:00 0 *(?:\[heap\])?$", re.M)


def enlarge() -> Iterator[None]:
    """Put this process's memory on large pages, one with each step; where it cannot be, nothing.

    A step takes half a millisecond or two.
    """
    try:
        madvise = ctypes.CDLL(None).madvise
        maps = Path("/proc/self/maps").read_text()
    except (OSError, AttributeError):  # another system
        return
    for start, end in ((int(a, 16), int(b, 16)) for a, b in OWN.findall(maps)):
        for place in range(-(-start // LARGE) * LARGE, end - LARGE + 1, LARGE):
            madvise(ctypes.c_void_p(place), ctypes.c_size_t(LARGE), COLLAPSE)
            yield
