"""A few seconds of benchmarks/fuzz.py, the same ones each time."""

from __future__ import annotations

import subprocess
import sys

import pytest


@pytest.mark.parametrize("seed", [2026])
def test_nothing_that_a_session_sends_does_more_than_be_refused(root, seed):
    line = [sys.executable, str(root / "benchmarks" / "fuzz.py"), "--seconds", "120"]
    line += ["--seed", str(seed), "--rounds", "1600"]
    done = subprocess.run(line, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "1,600 rounds, 0 faults" in done.stdout
