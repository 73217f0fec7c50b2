"""How much processor time a step of each explorer takes, from a slider's new value to a PNG file.

    python benchmarks/explorers.py [--states 12] [NAME ...]

A reader moves a slider and waits: 0.15 s a step is the bound, on one core and at the resolution
that the page gets. Every explorer is asked for some states spread over its sweep; printed are the
median step, the greatest one and the size of the file. The exit status is 1 where a median is
above.
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
    found = list(dict.fromkeys(map(explorer.held, explorer.sweep())))
    chosen = found[:: max(1, len(found) // states)]
    explorer.drawn(chosen[0])  # what is kept from the first step on
    seconds, largest = [], 0
    for state in chosen:
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
    print(f"{'explorer':14}{'median':>9}{'greatest':>10}{'file':>9}")
    for name in asked.names or sorted(explorers):
        seconds, largest = measure(explorers[name], asked.states)
        median = statistics.median(seconds)
        late += [name] * (median > BOUND)
        print(f"{name:14}{median:7.3f} s{max(seconds):8.3f} s{largest / 1024:6.0f} KB", flush=True)
    print(f"above {BOUND} s: {', '.join(late) or 'none'}")
    return bool(late)


if __name__ == "__main__":
    sys.exit(main())
