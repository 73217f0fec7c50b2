"""How many threads a process's libraries may start, where others are at the same cores.

A library that starts a thread for each core waits for all of them at each of its steps. Beside
other processes it waits for those, too, and busily: of two kernels on two cores each then takes
several times as long over small matrices.
"""

from __future__ import annotations

# Each is read when its library is imported: OpenMP's, NumPy's here and on macOS.
BUSY = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
# TensorFlow's threads sleep while they wait, and take what others leave.
CALM = ("TF_NUM_INTEROP_THREADS", "TF_NUM_INTRAOP_THREADS")


def threads(count: int) -> dict[str, str]:
    """Return the variables by which a process's libraries start so many threads each."""
    return dict.fromkeys(BUSY + CALM, str(count))
