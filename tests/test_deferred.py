"""What takes long to import is built where it is used, and does what it did."""

from __future__ import annotations

import subprocess
import sys

import pytest

BUILT = "'rfc3987_syntax.syntax_helpers' in sys.modules"
CHECK = (
    "schema = {'format': 'iri'}\n"
    "checker = jsonschema.Draft202012Validator.FORMAT_CHECKER\n"
    "valid = jsonschema.Draft202012Validator(schema, format_checker=checker).is_valid\n"
)


def told(code: str) -> str:
    """Run code in a process of its own and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_reading_notebooks_builds_none():
    code = "import course.notebook.reading, nbformat, jsonschema\n"
    code += "nbformat.validate(nbformat.v4.new_notebook())"
    assert told(f"{code}\nprint({BUILT})") == "False"


@pytest.mark.parametrize("first", ["import course", "pass"])
def test_an_address_is_checked_as_without_us(first):
    asked = "print(valid('http://例え.jp/ä'), valid('no address'), valid('a:b'), valid(3))"
    code = f"{first}\nimport jsonschema\n{CHECK}{asked}\nprint({BUILT})"
    assert told(code) == "True False True True\nTrue"


def test_its_other_names_are_there():
    code = "import course\nfrom rfc3987_syntax import parse\nimport rfc3987_syntax as all\n"
    code += "print(parse('iri', 'a:b').data, all.utils.__name__, hasattr(all, 'nothing'))"
    assert told(code) == "iri rfc3987_syntax.utils False"


def test_one_that_is_imported_already_stays():
    code = "import rfc3987_syntax as before\nimport course, rfc3987_syntax as after\n"
    assert told(f"{code}print(before is after, after.is_valid_syntax('iri', 'a:b'))") == "True True"


EXTENSIONS = "'nbgrader.server_extensions' in sys.modules"


def test_the_record_imports_no_extension_of_a_server():
    code = "import course.record.store, course.notebook.reading, course.grading.grade"
    assert told(f"{code}\nprint({EXTENSIONS})") == "False"


@pytest.mark.parametrize("first", ["import course", "pass"])
def test_nbgrader_says_of_itself_what_it_says_without_us(first):
    code = f"{first}\nimport nbgrader\n"
    code += "print(nbgrader.__version__, nbgrader._jupyter_server_extension_points(), "
    code += "nbgrader._load_jupyter_server_extension.__module__, hasattr(nbgrader, 'nothing'), "
    code += f"len(nbgrader._jupyter_labextension_paths()), {EXTENSIONS})"
    plain = told(f"pass\n{code.partition(chr(10))[2]}")
    assert told(code) == plain and plain.endswith("nbgrader False 1 True")


@pytest.mark.parametrize(
    "part", ["apps", "api", "exchange", "server_extensions.formgrader", "server_extensions"]
)
def test_each_of_its_parts_can_be_the_first(part):
    name = part.partition(".")[0]
    code = f"import course\nimport nbgrader.{part}\nimport nbgrader\n"
    code += f"from nbgrader import {name}\nimport nbgrader.apps.nbgraderapp\n"
    code += f"print(nbgrader.{part}.__name__, nbgrader.{name} is {name})"
    assert told(code) == f"nbgrader.{part} True"


def test_a_module_of_somebodys_own_that_is_called_so_is_theirs(tmp_path):
    (tmp_path / "nbgrader.py").write_text("def double(x):\n    return 2 * x\n")
    code = f"import course\nsys.path.insert(0, {str(tmp_path)!r})\n"
    assert told(f"{code}from nbgrader import *\nprint(double(4))") == "8"


ASKED = (
    "sorted(name for name in dir(keras.wrappers) if name[0] != '_')",
    "keras.wrappers.SKLearnClassifier.__mro__",
    "hasattr(keras.wrappers, 'nothing')",
    "tf.keras.wrappers.SKLearnRegressor",
    "__import__('tensorflow.keras.wrappers') and 'sklearn' in sys.modules or 'later'",
    "list(Pool(9).map(lambda name: getattr(keras.wrappers, name).__name__, THREE))",
)
# Each is asked first: in a fork of a process that has imported Keras, which takes seconds.
ASK = f"""
import keras, os, tensorflow as tf
from concurrent.futures import ThreadPoolExecutor as Pool
tf.keras.Model
print('sklearn' in sys.modules, flush=True)
THREE = ['SKLearnClassifier', 'SKLearnRegressor', 'SKLearnTransformer'] * 3
for asked in {ASKED!r}:
    if not os.fork():
        print(eval(asked), flush=True)
        os._exit(0)
    os.wait()
"""


@pytest.fixture(scope="module")
def wrappers() -> list[list[str]]:
    """Return what Keras tells of what joins it to scikit-learn, without us and with us."""
    return [told(first + ASK).splitlines() for first in ("", "import course\n")]


def test_keras_joins_no_scikit_learn_before_it_is_asked_to(wrappers):
    assert [lines[0] for lines in wrappers] == ["True", "False"]


@pytest.mark.parametrize("number", range(len(ASKED)), ids=ASKED)
def test_what_joins_them_is_there_for_whoever_asks(wrappers, number):
    plain, ours = (lines[1:] for lines in wrappers)
    assert len(plain) == len(ours) == len(ASKED)
    assert ours[number] in (plain[number], "later")


def test_reading_notebooks_and_the_record_import_no_tools_of_packaging():
    code = "import course.record.store, course.notebook.reading, course.grading.grade\n"
    assert told(f"{code}print('setuptools' in sys.modules)") == "False"


def test_nbgraders_utilities_still_unpack(tmp_path):
    code = "import course, zipfile, nbgrader.utils as utils\n"
    code += f"top = {str(tmp_path)!r}\n"
    code += "with zipfile.ZipFile(top + '/a.zip', 'w') as archive:\n"
    code += "    archive.writestr('x/y.txt', 'hello')\n"
    code += "print(utils.unpack_zipfile.__name__ and utils.unpack_archive(top + '/a.zip', top))\n"
    code += "import setuptools.archive_util as own\n"
    code += (
        "print(open(top + '/x/y.txt').read(), own.unpack_zipfile.__module__, own.default_filter)"
    )
    assert told(code).startswith("None\nhello setuptools.archive_util <function default_filter")


def test_a_package_that_cannot_begin_says_why_each_time():
    code = "import course, importlib, nbgrader\n"
    code += "from nbgrader import _version\n"
    code += "sys.modules['nbgrader.apps'] = None\n"
    code += "for attempt in range(2):\n"
    code += "    try:\n"
    code += "        nbgrader.no_such_name\n"
    code += "    except Exception as error:\n"
    code += "        print(type(error).__name__)\n"
    assert told(code).split() == ["ModuleNotFoundError"] * 2
