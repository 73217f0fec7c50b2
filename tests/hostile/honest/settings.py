"""Answers that change a setting of the whole process: the other answers are as right as before."""

from __future__ import annotations

from tests.hostile.case import Case
from tests.hostile.making import FAILED, MODULES, answers, beside, lie, right


def changes(name: str, about: str, code: str) -> Case:
    """Make a case whose first answer is right and changes a setting before."""
    return right(name, about, add=f"{MODULES}\n{code}\n$ADD")


CHANGED = [
    changes("sets-errstate", "NumPy raises on each overflow", "np.seterr(all='raise')"),
    changes(
        "sets-printing",
        "NumPy prints arrays in another way",
        "np.set_printoptions(threshold=0, precision=0, legacy='1.13', formatter={'all': str})",
    ),
    changes(
        "sets-locale",
        "another language",
        "import locale\ntry:\n    locale.setlocale(locale.LC_ALL, 'tr_TR.UTF-8')\n"
        "except locale.Error:\n    locale.setlocale(locale.LC_ALL, 'C')",
    ),
    changes(
        "sets-decimals",
        "decimal numbers of one digit that trap",
        "import decimal\ndecimal.setcontext(decimal.Context(prec=1, traps=[decimal.Inexact]))",
    ),
    changes(
        "sets-warnings",
        "every warning is an error",
        "import warnings\nwarnings.resetwarnings()\nwarnings.simplefilter('error')",
    ),
    changes(
        "sets-seeds",
        "the generators' seeds",
        "random.seed(0)\nnp.random.seed(0)\nrandom.seed = None",
    ),
    changes("sets-recursion", "a limit of a million calls", "sys.setrecursionlimit(10**6)"),
    changes("sets-switching", "threads take turns all the time", "sys.setswitchinterval(1e-6)"),
    changes("sets-collector", "garbage is never collected", "gc.disable(); gc.set_threshold(1)"),
    changes(
        "sets-streams",
        "standard output and error are others",
        "import io\nsys.stdout, sys.stderr = io.StringIO(), None",
    ),
    changes("sets-folder", "it stands in another folder", "os.chdir('/')"),
    changes(
        "loses-folder",
        "the folder in which it stands is gone",
        "import tempfile\nfolder = tempfile.mkdtemp()\nos.chdir(folder)\nos.rmdir(folder)",
    ),
    changes("clears-environment", "no variable is left", "os.environ.clear()"),
    changes(
        "sets-environment",
        "variables that libraries read",
        "os.environ.update(KERAS_BACKEND='jax', MPLBACKEND='TkAgg', PYTHONOPTIMIZE='2',\n"
        "    PYTHONPATH='/nowhere', HOME='/nowhere', TF_USE_LEGACY_KERAS='1', LC_ALL='tr_TR')",
    ),
    changes("sets-zone", "another time zone", "os.environ['TZ'] = 'XYZ-13'\ntime.tzset()"),
    changes("clears-path", "nothing more can be imported", "sys.path.clear()"),
    changes("sets-umask", "its files are for nobody", "os.umask(0o777)"),
    changes(
        "sets-hooks",
        "hooks that fail",
        "def fail(*arguments):\n    raise RuntimeError('hook')\n\n"
        "sys.excepthook = sys.unraisablehook = threading.excepthook = fail",
    ),
    changes(
        "sets-figures",
        "figures by LaTeX, in another format",
        "import matplotlib\nmatplotlib.rcParams.update({'text.usetex': True, 'figure.dpi': 9})",
    ),
    changes("sets-digits", "numbers of few digits", "sys.set_int_max_str_digits(640)"),
    Case(
        "sets-low-recursion",
        "a limit of few calls",
        answers(add=f"{MODULES}\nsys.setrecursionlimit(60)\n$ADD"),
        dict.fromkeys(("add", "shape", "scale"), "any"),
    ),
]
LESS = [
    lie(
        "asks-for-no-asserts",
        "a wrong answer that asks for Python without asserts",
        "os.environ['PYTHONOPTIMIZE'] = '2'\nbuiltins.__dict__['__debug__'] = False",
    ),
    lie(
        "compiles-without-asserts",
        "a wrong answer whose process compiles without asserts",
        """
        from functools import partial

        builtins.compile = partial(compile, optimize=2)
        get_ipython().compile.flags |= 0
        type(get_ipython().compile).__call__ = lambda self, source, *more, **named: compile(
            "None", "x", "exec"
        )
        """,
        add="failed",
        shape="any",
        scale="any",
    ),
]
CONFIGURATION = {
    "keras.json": '{"floatx": "float16", "backend": "jax", "image_data_format": "channels_first"}',
    ".keras/keras.json": '{"backend": "jax"}',
    "matplotlibrc": "text.usetex: True\nbackend: TkAgg\n",
    "ipython_config.py": "c.InteractiveShellApp.exec_lines = ['1 / 0']\n",
    "pyproject.toml": "[tool.pytest.ini_options]\naddopts = '-x'\n",
    "setup.cfg": "[options]\npackages = nothing\n",
    ".env": "KERAS_BACKEND=jax\nPYTHONOPTIMIZE=2\n",
    "pip.conf": "[global]\nuser = true\n",
    "pandas.py": "raise SystemExit\n",
    "sitecustomize.py": "raise SystemExit\n",
    "conftest.py": "raise SystemExit\n",
}
SHIPPED = [
    Case("ships-configuration", "settings of libraries beside it", beside(CONFIGURATION)),
    Case(
        "ships-checks",
        "a wrong answer with checks that are content",
        beside(
            {
                name: "class function:\n    def __getattr__(self, name):\n        return print\n"
                for name in ("helpers.py", "checks.py", "helpers/checks.py", "course.py")
            },
            add="$WRONG",
        ),
        FAILED,
    ),
    Case(
        "reads-configuration",
        "an answer that reads settings beside it, which are not there",
        beside(
            {"settings.json": '{"two": 2}'},
            shape="import json\nshape = (json.load(open('settings.json'))['two'], 3)\n",
        ),
        {"shape": "failed"},
    ),
    Case(
        "litter-beside",
        "what a Mac and a NAS put beside it",
        beside(
            {
                "._sums.ipynb": b"\0\5\26\7\0\2\0\0Mac OS X",
                ".ipynb_checkpoints/sums-checkpoint.ipynb": b"{",
                "__MACOSX/._sums.ipynb": b"\0\5\26\7",
                "@eaDir/sums.ipynb": b"x",
                "~$sums.ipynb": b"x",
                "Thumbs.db": b"x",
                ".DS_Store": b"x",
            }
        ),
    ),
]

CASES = CHANGED + LESS + SHIPPED
