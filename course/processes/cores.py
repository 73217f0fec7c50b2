"""The cores of this machine, and how many threads a process's libraries may start on them.

A library that starts a thread for each core waits for all of them at each of its steps. Where other
processes are at the same cores it waits for those, too, and busily: of two kernels on two cores
each then takes several times as long over small matrices.
"""

from __future__ import annotations

import os

# Each is read when its library is imported: OpenMP's, NumPy's here and on macOS.
BUSY = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
# TensorFlow's threads sleep while they wait, and take what others leave.
CALM = ("TF_NUM_INTEROP_THREADS", "TF_NUM_INTRAOP_THREADS")


def cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # macOS and Windows
        return os.cpu_count() or 1


def threads(count: int) -> dict[str, str]:
    """Return the variables by which a process's libraries start so many threads each."""
    return dict.fromkeys(BUSY + CALM, str(count))


def share(jobs: int) -> dict[str, str]:
    """Return the variables by which each of several processes keeps to its share of the cores.

    Parameters
    ----------
    jobs : int
        How many run at a time; a single one needs no variable.
    """
    return dict.fromkeys(BUSY, str(max(1, cores() // jobs))) if jobs > 1 else {}
