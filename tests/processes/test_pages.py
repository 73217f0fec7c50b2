"""A process goes on with the same memory on larger pages, where the system has them."""

import platform
import subprocess
import sys
from pathlib import Path

CODE = """
import hashlib
from pathlib import Path
from course.processes.pages import enlarge

def large():
    text = Path("/proc/self/smaps_rollup").read_text()
    return int(text.partition("AnonHugePages:")[2].split()[0])

kept = [bytes([k % 251]) * 400 for k in range(100_000)]  # 40 MB of small pieces
told = lambda: hashlib.sha256(b"".join(kept)).hexdigest()
before, was = large(), told()
steps = sum(1 for _ in enlarge())
print(told() == was, steps > 0, large() > before)
"""
SETTING = Path("/sys/kernel/mm/transparent_hugepage/enabled")


def has_large_pages() -> bool:
    version = tuple(map(int, platform.release().split("-")[0].split(".")[:2]))
    return version >= (6, 1) and SETTING.exists() and "[never]" not in SETTING.read_text()


def test_what_is_there_stays_and_lies_on_large_pages():
    line = [sys.executable, "-c", CODE]
    done = subprocess.run(line, capture_output=True, text=True)
    assert done.stdout.split() == ["True", "True", str(has_large_pages())], done.stderr


def test_on_another_system_nothing_is_done(monkeypatch):
    from course.processes import pages

    def refuse(self: Path, *_: object) -> str:
        raise FileNotFoundError(self)

    monkeypatch.setattr(Path, "read_text", refuse)
    assert list(pages.enlarge()) == []
