"""Send the judge and the coordinator everything that a session can send, made wrong at random.

    python benchmarks/fuzz.py [--seconds 600] [--seed 1] [--only models ...]

A child process with limits does what tests/judging/fuzzing.py describes, round by round; its
parent sees a crash, a hang and memory that grows. A round that failed is
told with its number, and `--first NUMBER --rounds 1` repeats it.
"""

from __future__ import annotations

import argparse
import mmap
import os
import random
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the targets are a part of the tests

BUSY = 30.0  # processor seconds in one round: it goes round in circles
ASLEEP = 300.0  # seconds in one round, on a machine that others use as well
MEMORY = 3 * 2**30  # beyond what is there when everything is imported
GROWTH = 600 * 2**20  # of what stays, over all rounds
ENOUGH = 20  # faults, after which it stops
PLACE = struct.Struct("!QQ")  # the round, and how many are done


def child(options: argparse.Namespace, note: Path) -> int:
    """Do rounds until the time is over; return 1 where one raised what it must not."""
    with note.open("r+b") as file:
        place = mmap.mmap(file.fileno(), PLACE.size)
    from course.judging.crossing import prepare

    prepare()
    from tests.judging.fuzzing import Fuzzer

    fuzzer = Fuzzer()
    names = options.only or list(fuzzer.targets)
    size = resident()
    most = size + MEMORY + address_space()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    sys.setrecursionlimit(3_000)
    end = time.monotonic() + options.seconds
    faults, number, done = 0, options.first, Counter()
    while number < options.first + options.rounds and time.monotonic() < end and faults < ENOUGH:
        rng = random.Random(f"{options.seed}-{number}")
        name = names[number % len(names)]
        place[:] = PLACE.pack(number, 1)
        try:
            fuzzer.targets[name](rng)
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            faults += 1
            print(f"round {number}, {name}:", *traceback.format_exception(error)[-4:], sep="\n")
        done[name] += 1
        number += 1
        if number % 500 == 0 and resident() > size + GROWTH:
            print(f"round {number}: {resident() - size:,} bytes more than at the beginning")
            faults += 1
            break
    grown = (resident() - size) >> 20
    print(f"{sum(done.values()):,} rounds, {faults} faults, {grown} MiB grown:", dict(done))
    return 1 if faults else 0


def resident() -> int:
    """Return the bytes of memory that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


def address_space() -> int:
    """Return the bytes of address space that this process has."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def watch(options: argparse.Namespace) -> int:
    """Have a child do rounds; after a crash or a hang another goes on behind it."""
    end, faults = time.monotonic() + options.seconds, 0
    while time.monotonic() < end and faults < ENOUGH:
        with tempfile.NamedTemporaryFile() as note:
            note.write(PLACE.pack(options.first, 0))
            note.flush()
            left = max(1, int(end - time.monotonic()))
            line = [sys.executable, __file__, "--child", note.name, "--seed", str(options.seed)]
            line += ["--first", str(options.first), "--rounds", str(options.rounds)]
            line += ["--seconds", str(left), *(["--only", *options.only] if options.only else [])]
            quiet = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
            process = subprocess.Popen(line, env=os.environ | quiet)
            hung = _wait(process, Path(note.name))
            at, begun = PLACE.unpack(Path(note.name).read_bytes())
        code = process.returncode
        if code in (0, 1) and not hung:
            return 1 if code or faults else 0
        how = "hung" if hung else f"ended with {code}"
        print(f"round {at} {how}" if begun else f"the child {how} before the first round")
        faults += 1
        options.rounds -= at + 1 - options.first
        options.first = at + 1
        if not begun or options.rounds <= 0:
            break
    return 1


def _wait(process: subprocess.Popen, note: Path) -> bool:
    last, since, used = b"", time.monotonic(), 0.0
    while process.poll() is None:
        time.sleep(0.2)
        now = note.read_bytes()
        if now != last or not PLACE.unpack(now)[1]:
            last, since, used = now, time.monotonic(), _processor_seconds(process.pid)
        busy = _processor_seconds(process.pid) - used > BUSY
        if busy or time.monotonic() - since > ASLEEP:
            process.send_signal(signal.SIGKILL)
            process.wait()
            return True
    return False


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has just ended
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Read the options and run."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--rounds", type=int, default=10**9)
    parser.add_argument("--only", nargs="*")
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        code = child(options, options.child)
        sys.stdout.flush()
        os._exit(code)  # TensorFlow takes its time to go, and nobody waits for a judge to do so
    return watch(options)


if __name__ == "__main__":
    sys.exit(main())
