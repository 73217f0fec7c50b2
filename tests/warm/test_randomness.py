"""No two forks draw the same numbers, and many can train at once."""

import os

import pytest

from course.running.execution import environment
from course.warm.client import Nursery
from course.warm.owned import owned_nursery
from course.warm.starting import SOCKET
from tests.warm.conftest import Kernel

DRAW = (
    "import multiprocessing, random, uuid, numpy\n"
    "print(random.random(), numpy.random.rand(), uuid.uuid4(), uuid.uuid1(),"
    " multiprocessing.current_process().authkey.hex())"
)
TRAIN = """
import keras, numpy, tensorflow as tf
model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.Conv2D(2, 3),
                          keras.layers.Flatten(), keras.layers.Dense(1)])
model.compile('adam', 'mse')
history = model.fit(numpy.ones((64, 4, 4, 1)), numpy.ones(64), epochs=3, verbose=0)
assert history.history['loss'][-1] < history.history['loss'][0]
print(float(keras.random.normal(())), float(tf.random.normal(())), float(numpy.random.rand()))
"""


def all_differ(drawn: list[str]) -> bool:
    return all(
        len(set(column)) == len(drawn) for column in zip(*map(str.split, drawn), strict=True)
    )


def test_sibling_kernels_draw_different_numbers(start):
    assert all_differ([start("warm").run(DRAW) for _ in range(2)])


def test_sibling_grading_sessions_draw_different_numbers(tmp_path):
    drawn = []
    with Nursery(["import numpy"]) as nursery:
        for _ in range(2):
            with nursery.session(tmp_path) as session:
                drawn.append(session.run(DRAW, 30).outputs[0].text)
    assert all_differ(drawn)


@pytest.mark.slow
def test_many_kernels_train_at_once(monkeypatch, tmp_path):
    variables = environment(tmp_path) | {"TF_CPP_MIN_LOG_LEVEL": "3"}
    with owned_nursery(["import keras, tensorflow"], variables) as warm:
        monkeypatch.setenv(SOCKET, warm[SOCKET])
        kernels = [Kernel("warm", env=dict(variables)) for _ in range(6)]
        try:
            assert len({kernel.parent for kernel in kernels} - {os.getpid()}) == 1
            asked = [(kernel, kernel.client.execute(TRAIN)) for kernel in kernels]
            drawn = [finished(*one) for one in asked]
        finally:
            for kernel in kernels:
                kernel.close()
    assert all_differ(drawn), drawn


def finished(kernel: Kernel, asked: str) -> str:
    """Wait for the cell that runs; return what it printed."""
    reply = kernel.reply(asked, 200)
    assert reply["status"] == "ok", reply
    while (message := kernel.client.get_iopub_msg(timeout=10))["msg_type"] != "stream":
        pass
    return message["content"]["text"]
