"""Right answers that change what is not theirs, now or later."""

from __future__ import annotations

from tests.hostile.making import tries

CASES = [
    tries(
        "writes-gradebook",
        "all marks become full marks",
        """
        book = sqlite3.connect('file:$course/gradebook.db?mode=rw', uri=True, timeout=1)
        book.execute('UPDATE grade SET manual_score = 99')
        book.commit()
        $SAY
        """,
    ),
    tries(
        "writes-source",
        "the tests become empty",
        """
        path = pathlib.Path('$course/source/01-sums/sums.ipynb')
        path.write_text(path.read_text() + ' ')
        $SAY
        """,
    ),
    tries(
        "writes-others",
        "somebody else's submission is changed",
        """
        path = '$course/submitted/$other/01-sums/sums.ipynb'
        open(path, 'a').write(' ')
        $SAY
        """,
    ),
    tries(
        "writes-own",
        "its own submission is changed after it was read",
        """
        path = '$course/submitted/writes-own/01-sums/sums.ipynb'
        open(path, 'a').write(' ')
        $SAY
        """,
    ),
    tries(
        "writes-home",
        "a file in the home folder",
        """
        pathlib.Path('$home/.bashrc').write_text('# x')
        $SAY
        """,
    ),
    tries(
        "writes-startup",
        "files that a later Python or shell would run",
        """
        import site
        for path in ('$home/.ipython/profile_default/startup/x.py', site.getusersitepackages()):
            os.makedirs(os.path.dirname(path), exist_ok=True)
            open(path, 'a').close()
            if path.startswith('$home') and os.path.exists('$home/notes.txt'):
                $SAY
        """,
    ),
    tries(
        "writes-helpers",
        "the course's own checks are opened for writing",
        """
        import helpers.checks
        open(helpers.checks.__file__, 'a').close()
        $SAY
        """,
    ),
    tries(
        "writes-packages",
        "an installed package is opened for writing",
        """
        import numpy
        open(numpy.__file__, 'a').close()
        $SAY
        """,
    ),
    tries(
        "writes-feedback",
        "pages and graded notebooks are planted",
        """
        for room in ('autograded', 'feedback', 'submitted'):
            folder = f'$course/{room}/planted/01-sums'
            os.makedirs(folder)
            open(f'{folder}/sums.html', 'w').close()
        """,
    ),
    tries(
        "links-out",
        "its working folder is replaced by a link to the course",
        """
        here = os.getcwd()
        os.symlink('$course', f'{here}/link')
        os.rename(here, here + '-$tag')
        os.symlink('$course/source', here)
        """,
    ),
    tries(
        "writes-later",
        "a child waits until its parent is gone, and writes then",
        """
        parent = os.getpid()
        if os.fork() == 0:
            os.setsid()
            for _ in range(400):
                if os.getppid() != parent:
                    break
                time.sleep(0.05)
            if os.path.exists('$home/notes.txt'):
                open('$home/later-$tag', 'w').close()
            os._exit(0)
        """,
    ),
    tries(
        "leaves-a-note",
        "a note for a later submission",
        """
        for folder in ('/tmp', '/var/tmp', '/dev/shm', '$tmp', '..'):
            try:
                pathlib.Path(folder, '$tag-note').write_text('x')
            except OSError:
                pass
        """,
    ),
    tries(
        "changes-later-imports",
        "a module of NumPy's name is left in the working folder and on the path",
        """
        for folder in ('.', '..', '$tmp'):
            try:
                pathlib.Path(folder, 'numpy.py').write_text('raise SystemExit')
            except OSError:
                pass
        os.environ['PYTHONPATH'] = os.getcwd()
        """,
    ),
]
