"""Right answers that leave something behind: threads, processes, files."""

from __future__ import annotations

from tests.hostile.making import survives

CASES = [
    survives(
        "thread",
        "a thread that never ends",
        """
        import threading, time
        threading.Thread(target=time.sleep, args=(600,)).start()
        """,
    ),
    survives(
        "at-exit",
        "what runs at the end never ends",
        """
        import atexit, time
        atexit.register(time.sleep, 600)
        """,
    ),
    survives(
        "child",
        "a child process that waits",
        """
        import subprocess
        subprocess.Popen(['sleep', '600'])
        """,
    ),
    survives(
        "child-of-its-own",
        "a child in a session of its own",
        """
        import subprocess
        subprocess.Popen(['sleep', '600'], start_new_session=True)
        """,
    ),
    survives(
        "daemon",
        "a daemon that waits for the next submission",
        """
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.closerange(0, 4096)
                os.chdir("/")
                time.sleep(600)
            os._exit(0)
        os.wait()
        """,
    ),
    survives(
        "shared-memory",
        "shared memory that outlives its process",
        """
        from pathlib import Path
        try:
            Path('/dev/shm/$tag-shm').write_text('x')
        except OSError:
            pass
        """,
    ),
    survives(
        "temporary-files",
        "files in every place for temporary ones",
        """
        import pathlib, tempfile
        for folder in ("/tmp", "/var/tmp", "/dev/shm", "/run", tempfile.gettempdir(), ".."):
            try:
                pathlib.Path(folder, "$tag-file").write_text("x")
            except OSError:
                pass
        """,
    ),
]
