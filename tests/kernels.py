"""Kernels of tests are spoken to through files: a port may be another process's by the time.

Jupyter looks for free ports, lets go of them, and the kernel takes them a second later. Beside all
that another worker starts meanwhile, one kernel in some thousands finds that one of them is taken.
"""

from __future__ import annotations

import tempfile
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode


def by_files() -> dict[str, str]:
    """Return what the manager of one kernel, or of one after another, is to be told."""
    return {"transport": "ipc", "ip": str(Path(_folder().name, uuid.uuid4().hex[:12]))}


def execute(nb: NotebookNode, *, env: dict[str, str] | None = None, **options: Any) -> None:
    """Run a notebook with nbclient, which takes `options`, in a plain kernel."""
    manager = AsyncKernelManager(kernel_name="python3", **by_files())
    started = {} if env is None else {"env": env}
    NotebookClient(nb, km=manager, **options).execute(cleanup_kc=True, **started)


@cache
def _folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="kernels-", ignore_cleanup_errors=True)
