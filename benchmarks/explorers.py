"""How much processor time a step of each explorer takes, from a slider's new value to a PNG file.

    python benchmarks/explorers.py [--states 12] [NAME ...]

A reader moves a slider and waits: 0.15 s a step is the bound, on one quiet core and at the
resolution that the page gets. Every explorer is shown, and then asked for some states spread over
its sweep, none of them twice: what a first visit has to work out is in it. Printed are the first
step, the median, the greatest and the size of the file. The exit status is 1 where one is above.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from helpers import plotting  # noqa: E402

from tests.explorers import every  # noqa: E402

BOUND = 0.15  # seconds


def measure(explorer, states: int) -> tuple[list[float], int]:
    """Return the seconds of some steps, and the bytes of the largest file."""
    shown, *found = dict.fromkeys(map(explorer.held, explorer.sweep()))
    explorer.drawn(shown)  # what a reader waits for when the cell runs
    seconds, largest = [], 0
    for state in found[:: max(1, len(found) // states)]:
        began = time.process_time()
        drawn = explorer.drawn(state)
        seconds.append(time.process_time() - began)
        largest = max(largest, len(drawn.png))
    return seconds, largest


def main() -> int:
    """Print a row for each explorer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help="only these explorers")
    parser.add_argument("--states", type=int, default=12, help="how many of each")
    asked = parser.parse_args()
    plotting.use_style()
    explorers = every()
    late = []
    print(f"{'explorer':14}{'first':>9}{'median':>9}{'greatest':>10}{'file':>9}")
    for name in asked.names or sorted(explorers):
        seconds, largest = measure(explorers[name], asked.states)
        median = statistics.median(seconds)
        late += [name] * (max(seconds) > BOUND)
        row = f"{name:14}{seconds[0]:7.3f} s{median:7.3f} s{max(seconds):8.3f} s"
        print(f"{row}{largest / 1024:6.0f} KB", flush=True)
    print(f"above {BOUND} s: {', '.join(late) or 'none'}")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main())
