"""A student's function is called in the student's process, and seems to be here."""

from __future__ import annotations

import inspect
import time

from helpers.checks import CheckFailed, function

import numpy as np
import pandas as pd
import pytest

from course.judging.crossing import Over, Refused
from course.judging.crossing.errors import RemoteError


def fetch(peer, name: str = "f"):
    return peer.fetch([name])[name]


def test_it_has_a_name_a_text_and_parameters(student):
    f = fetch(student('def f(x, y: int = 2, *rest, k=None):\n    """Say."""'))
    assert (f.__name__, f.__doc__) == ("f", "Say.")
    assert str(inspect.signature(f)) == "(x, y: int = 2, *rest, k=None)"


def test_it_takes_and_returns_plain_data(student):
    f = fetch(student("def f(x, *, by):\n    return [x * by, {'shape': x.shape}]"))
    product, about = f(np.arange(3), by=2)
    assert product.tolist() == [0, 2, 4] and about == {"shape": (3,)}


def test_what_it_changes_is_changed_in_place(student):
    f = fetch(student("def f(a, l, d, t):\n    a[0] = 9; l.append(3); d.pop('x'); t[0][1] = 7"))
    whole = np.zeros((2, 3))
    listed, mapped, within = [1, 2], {"x": 1, "y": 2}, ([0, 0],)
    f(whole[:, 1], listed, mapped, within)
    assert whole.tolist() == [[0, 9, 0], [0, 0, 0]]
    assert (listed, mapped, within) == ([1, 2, 3], {"y": 2}, ([0, 7],))


def test_a_table_that_it_changes_is_changed_in_place(student):
    f = fetch(
        student(
            "def f(frame, series):\n"
            "    frame['sum'] = frame.a + frame.b\n"
            "    frame.drop(columns='b', inplace=True)\n"
            "    frame.loc[5] = 7\n"
            "    series.pop(0)"
        )
    )
    frame, series = pd.DataFrame({"a": [1, 2], "b": [3, 4]}), pd.Series([1, 2], name="s")
    f(frame, series)
    expected = pd.DataFrame({"a": [1, 2, 7], "sum": [4, 6, 7]}, index=[0, 1, 5])
    pd.testing.assert_frame_equal(frame, expected)
    pd.testing.assert_series_equal(series, pd.Series([2], index=[1], name="s"))


def test_a_check_finds_that_it_changes_its_input(student):
    f = fetch(student("def f(image):\n    image += 1\n    return image"))
    with pytest.raises(CheckFailed, match="changes its input"):
        function(f).returns((np.zeros(2),), np.ones(2))


@pytest.mark.parametrize(
    ("raised", "kind", "text"),
    [
        ("ValueError('no', 3)", ValueError, "('no', 3)"),
        ("NotImplementedError", NotImplementedError, ""),
        ("KeyError('k')", KeyError, "'k'"),
        ("np.exceptions.AxisError(5, 2)", IndexError, "axis 5 is out of bounds"),
        ("type('Mine', (LookupError,), {})('own words')", LookupError, "own words"),
        ("SystemExit(3)", RemoteError, "3"),
        ("KeyboardInterrupt()", RemoteError, ""),
        ("UnicodeDecodeError('ascii', b'x', 0, 1, 'bad')", RemoteError, "bad"),
    ],
)
def test_what_it_raises_is_raised_here(student, raised, kind, text):
    f = fetch(student(f"import numpy as np\ndef f():\n    raise {raised}"))
    with pytest.raises(kind) as found:
        f()
    assert text in str(found.value)
    assert type(found.value).__name__ == raised.split("(")[0].split(".")[-1].replace("type", "Mine")


def test_a_name_error_tells_its_name(student):
    with pytest.raises(NameError) as found:
        fetch(student("def f():\n    return missing"))()
    assert found.value.name == "missing"


def test_functions_cross_both_ways(student):
    h = fetch(student("def f(g, x):\n    total = g(x)\n    return lambda y: total + y"))
    assert h(lambda x: 10 * x, 2)(3) == 23


def test_a_function_that_was_lent_is_not_called_after_the_call(student):
    peer = student("kept = []\ndef f(g):\n    kept.append(g)\ndef again():\n    return kept[0](1)")
    fetch(peer)(lambda x: x)
    with pytest.raises(Over, match="killed"):
        fetch(peer, "again")()


def test_an_exception_of_a_lent_function_comes_back_itself_and_untold(student):
    peer = student(
        "said = []\ndef f(g):\n    try:\n        g()\n    except ValueError as e:\n"
        "        said.append(str(e))\n        raise\ndef told():\n    return said"
    )
    secret = ValueError("the expected value is 42")

    def fail():
        raise secret

    with pytest.raises(ValueError) as found:
        fetch(peer)(fail)
    assert found.value is secret
    assert fetch(peer, "told")() == [""]


def test_an_object_comes_back_to_the_one_who_made_it(student):
    peer = student(
        "class Net:\n    size = 7\ndef f():\n    return Net()\ndef g(net):\n    return net.size"
    )
    assert fetch(peer, "g")(fetch(peer)()) == 7


def test_calls_without_end_stop(student):
    f = fetch(student("def f(g):\n    return g(f)"))

    def g(h):
        return h(g)

    with pytest.raises(RecursionError):
        f(g)


@pytest.mark.parametrize(
    "source",
    [
        "while True: pass",
        "import time; time.sleep(99)",
        "import os, signal; os.kill(os.getpid(), 19)",
    ],
)
def test_a_call_has_a_deadline(student, source):
    f = fetch(student(f"def f():\n    {source}", seconds=1))
    began = time.monotonic()
    with pytest.raises(Over, match="timeout"):
        f()
    assert time.monotonic() - began < 10


def test_an_argument_that_is_not_taken_in_has_a_deadline(student):
    peer = student("def f(): pass\ndef stop():\n    import os; os.kill(os.getpid(), 19)", seconds=2)
    stop = fetch(peer, "stop")
    with pytest.raises(Over, match="timeout"):
        stop()
    peer.over, peer.deadline = "", time.monotonic() + 1
    with pytest.raises(Over, match="timeout"):
        stop(np.zeros(2**20))


def test_an_end_of_the_process_is_told(student):
    with pytest.raises(Over, match="killed"):
        fetch(student("def f():\n    import os; os._exit(0)"))()


@pytest.mark.parametrize(
    "result",
    [
        "np.broadcast_to(np.int8(1), (2 * 2**30,))",
        "'x' * 70_000_000",
        "eval('[' * 90 + ']' * 90)",
        "deep",
    ],
)
def test_a_result_too_large_or_deep_is_refused_and_the_next_call_works(student, result):
    source = "import numpy as np\ndeep = []\nfor _ in range(10_000): deep = [deep]\n"
    f = fetch(student(f"{source}def f(yes):\n    return {result} if yes else 5"))
    with pytest.raises(Refused):
        f(True)
    assert f(False) == 5


@pytest.mark.parametrize(
    "bytes_",
    ["b''", "b'R'", "b'Rl' + bytes([255] * 4)", "b'N'", "b'X'", "b'C' + bytes(99)", "bytes(50)"],
)
def test_nonsense_over_the_socket_ends_the_conversation(student, bytes_):
    forge = (
        "import os, struct\ndef f():\n"
        "    for fd in range(3, 64):\n        try:\n"
        f"            os.write(fd, struct.pack('!Q', len({bytes_})) + {bytes_})\n"
        "        except OSError:\n            pass\n    import time; time.sleep(9)"
    )
    with pytest.raises(Over, match="killed"):
        fetch(student(forge))()


def test_a_message_that_announces_too_much_ends_the_conversation(student):
    forge = (
        "import os, struct\ndef f():\n    for fd in range(3, 64):\n        try:\n"
        "            os.write(fd, struct.pack('!Q', 2**62))\n        except OSError: pass\n"
        "    import time; time.sleep(9)"
    )
    with pytest.raises(Over, match="killed"):
        fetch(student(forge))()


def test_a_value_of_too_many_parts_is_refused_and_ends_nothing(student):
    peer = student("x = [[0] * 10**6] * 3\ny = 5")
    with pytest.raises(Refused, match="x does not cross: more than"):
        fetch(peer, "x")
    assert fetch(peer, "y") == 5
