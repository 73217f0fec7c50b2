"""Right answers that look for what is not theirs, and print what they find."""

from __future__ import annotations

from tests.hostile.making import tries, tries_later

CASES = [
    tries(
        "reads-source",
        "the source notebook with its hidden tests",
        """
        for path in pathlib.Path('$course/source').rglob('*.ipynb'):
            print(path.read_text())
        """,
    ),
    tries_later(
        "reads-source-later",
        "the same, in a call",
        "print(pathlib.Path('$course/source/01-sums/sums.ipynb').read_text())",
    ),
    tries(
        "reads-nearby",
        "every notebook at or above the working folder",
        """
        here = pathlib.Path.cwd()
        for folder in (here, *here.parents[:-1]):
            for path in folder.glob('*.ipynb'):
                print(path.read_text())
        """,
    ),
    tries(
        "reads-gradebook",
        "the gradebook",
        """
        open('$course/gradebook.db', 'rb').read(16)
        $SAY
        """,
    ),
    tries(
        "reads-others",
        "what others handed in",
        """
        for path in glob.glob('$course/submitted/$other/**/*.ipynb', recursive=True):
            print(open(path).read())
        """,
    ),
    tries(
        "reads-graded",
        "what was graded already",
        """
        for path in glob.glob('$course/*/*/*/*.*'):
            print(open(path).read())
        """,
    ),
    tries("reads-home", "notes in the home folder", "print(open('$home/notes.txt').read())"),
    tries("reads-keys", "keys in the home folder", "print(open('$home/.ssh/id_ed25519').read())"),
    tries(
        "reads-own-home",
        "whatever the process takes for its home",
        """
        home = pathlib.Path.home()
        print([p.read_text() for p in home.rglob('*') if p.is_file() and p.stat().st_size < 999])
        """,
    ),
    tries("reads-environment", "environment variables", "print(dict(os.environ))"),
    tries(
        "reads-environments",
        "environment variables of all processes",
        """
        for path in glob.glob('/proc/[0-9]*/environ'):
            try:
                print(open(path, 'rb').read())
            except OSError:
                pass
        """,
    ),
    tries(
        "reads-commands",
        "command lines of all processes",
        """
        for path in glob.glob('/proc/[0-9]*/cmdline'):
            if b'grading.py' in open(path, 'rb').read():
                $SAY
        """,
    ),
    tries(
        "reads-roots",
        "the file system as other processes see it",
        """
        for path in glob.glob('/proc/[0-9]*/root$home/notes.txt'):
            print(open(path).read())
        """,
    ),
    tries(
        "reads-open-files",
        "files that its own process holds open",
        """
        for path in glob.glob('/proc/self/fd/*'):
            if os.path.realpath(path).startswith('$course'):
                $SAY
        """,
    ),
    tries(
        "reads-parent-memory",
        "its parent's memory",
        """
        if os.getppid():
            open(f'/proc/{os.getppid()}/mem', 'rb')
            $SAY
        """,
    ),
    tries(
        "reads-notes",
        "what an earlier submission left in a place for temporary files",
        """
        for folder in ('/tmp', '/var/tmp', '/dev/shm', '$tmp', '..'):
            for path in pathlib.Path(folder).glob('$tag*'):
                $SAY
        """,
    ),
]
