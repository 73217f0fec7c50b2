"""Keras models: honest ones, and ones with code in them."""

from __future__ import annotations

from tests.hostile.case import MODEL, Case
from tests.hostile.making import answers, beside

FAILED = {"model": "failed"}


def _model(name: str, about: str, code: str, verdicts: dict[str, str] | None = None) -> Case:
    return Case(name, about, answers(MODEL, model=code), verdicts or {})


BAIT = "cos\nsystem\n(S'touch /tmp/$tag-keras'\ntR."
CASES = [
    _model(
        "functional",
        "a functional model",
        """
        x = keras.Input((4,))
        model = keras.Model(x, keras.layers.Dense(3)(x))
        """,
    ),
    _model(
        "named",
        "layers with names and activations",
        """
        last = keras.layers.Dense(3, name="out", activation="linear")
        model = keras.Sequential([keras.Input((4,)), last])
        """,
    ),
    _model(
        "trained",
        "a model trained in the answer, not twice alike",
        """
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
        model.compile('sgd', 'mse')
        model.fit(np.random.rand(8, 4), np.random.rand(8, 3), verbose=0)
        """,
    ),
    _model(
        "log-lines",
        "TensorFlow's own log lines",
        """
        import tensorflow as tf
        tf.get_logger().setLevel('DEBUG')
        tf.get_logger().warning('slow')
        tf.print('a line past Python')
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
        """,
    ),
    _model(
        "summary",
        "the model's table is printed",
        """
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
        model.summary()
        """,
    ),
    _model(
        "lambda-layer",
        "a layer of code",
        """
        def cut(x):
            return x[:, :3]

        model = keras.Sequential([keras.Input((4,)), keras.layers.Lambda(cut)])
        """,
        FAILED,
    ),
    _model(
        "custom-layer",
        "a layer of the student's own that answers with the weights",
        """
        class Own(keras.layers.Layer):
            def build(self, shape):
                self.kernel = self.add_weight(shape=(4, 3))
                self.bias = self.add_weight(shape=(3,))

            def call(self, x):
                return x[:, :3] * 0

        model = keras.Sequential([keras.Input((4,)), Own()])
        """,
        FAILED,
    ),
    _model(
        "registered-layer",
        "such a layer under the name of a built-in one",
        """
        @keras.saving.register_keras_serializable(package="keras.layers", name="Dense")
        class Dense(keras.layers.Layer):
            def call(self, x):
                return x[:, :3]

        model = keras.Sequential([keras.Input((4,)), Dense()])
        """,
        FAILED,
    ),
    _model(
        "lying-model",
        "a model whose methods say what is expected",
        """
        class Lying(keras.Model):
            output_shape = (None, 3)

            def count_params(self):
                return 15

            def get_weights(self):
                return [np.zeros((4, 3)), np.zeros(3)]

            def call(self, x):
                return np.zeros((len(x), 3))

        model = Lying()
        """,
        FAILED,
    ),
    _model(
        "lying-instance",
        "a true model with other methods of its own",
        """
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, use_bias=False)])
        model.count_params = lambda: 15
        model.get_weights = lambda: [np.zeros((4, 3)), np.zeros(3)]
        model.__call__ = lambda x: np.zeros((len(x), 3))
        """,
        {"model": "failed|killed"},
    ),
    _model(
        "lying-config",
        "a configuration that names another class and module",
        """
        class Sly(keras.Sequential):
            def get_config(self):
                layer = {"module": "os", "class_name": "system", "config": "true"}
                return {"name": "os", "layers": [layer]}

        model = Sly([keras.Input((4,)), keras.layers.Dense(4)])
        """,
        FAILED,
    ),
    _model(
        "wrong-size",
        "two numbers come out",
        "model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])\n",
        FAILED,
    ),
    _model(
        "not-built",
        "a model that was never built",
        "model = keras.Sequential([keras.layers.Dense(3)])\n",
        FAILED,
    ),
    _model("a-layer", "a layer in place of a model", "model = keras.layers.Dense(3)\n", FAILED),
    _model("model-class", "the class in place of a model", "model = keras.Sequential\n", FAILED),
    Case(
        "train-dies",
        "the process ends in a training",
        answers(
            MODEL,
            train="""
            import os

            def train(x, y):
                os._exit(1)
            """,
        ),
        {"train": "killed"},
    ),
    Case(
        "keras-file-shipped",
        "saved models and pickles come with the notebook",
        beside(dict.fromkeys(("model.keras", "model.pkl", "model.npz"), BAIT), MODEL),
    ),
]
