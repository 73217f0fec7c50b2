"""Keras models: honest ones, and ones with code in them."""

from __future__ import annotations

from tests.hostile.case import MODEL, Case
from tests.hostile.making import answers, beside

FAILED = {"model": "failed"}


def _model(name: str, about: str, code: str, verdicts: dict[str, str] | None = None) -> Case:
    return Case(name, about, answers(MODEL, model=code), verdicts or {})


# Each ends a process, or fills its memory, in which it is built without a second look.
EXTREME = [
    ("pool", "a window of two billion pixels", "layers.MaxPooling2D(2**31 - 1)"),
    ("average", "the same, of averages", "layers.AveragePooling3D(2**31 - 1)"),
    ("strides", "strides of two billion", "layers.Conv2D(1, 1, strides=2**31)"),
    ("dilation", "a dilation of two billion", "layers.Conv2D(1, 3, dilation_rate=2**31)"),
    ("kernel", "a kernel of 2**40 weights", "layers.Conv2D(2**20, 2**20)"),
    ("units", "2**40 units", "layers.Dense(2**40)"),
    ("words", "a table of 2**60 numbers", "layers.Embedding(2**30, 2**30)"),
    ("padding", "a border of two billion", "layers.ZeroPadding2D(2**31)"),
    ("upsampling", "pictures enlarged two billion times", "layers.UpSampling3D(2**31)"),
    ("repeat", "a vector repeated two billion times", "layers.RepeatVector(2**31)"),
    ("reshape", "a shape of 2**60 numbers", "layers.Reshape((2**30, 2**30))"),
    ("heads", "attention with 2**31 heads", "layers.MultiHeadAttention(2**31, 2**31)"),
    ("cropping", "two billion pixels cut off", "layers.Cropping2D(2**31)"),
    ("resizing", "pictures of 2**31 x 2**31 pixels", "layers.Resizing(2**31, 2**31)"),
    ("infinite", "a rate that is infinite", "layers.LeakyReLU(float('inf'))"),
    (
        "tower",
        "pictures enlarged a thousand times, five times over",
        "keras.Sequential([Input((9, 9, 1)), *[layers.UpSampling2D(1000) for _ in range(5)]])",
    ),
]
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
    *[
        _model(
            f"extreme-{name}", about, f"from keras import Input, layers\nmodel = {code}\n", FAILED
        )
        for name, about, code in EXTREME
    ],
    _model(
        "extreme-told",
        "a usual layer that tells of windows of two billion pixels",
        """
        model = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.MaxPooling2D(2)])
        told = model.layers[0].get_config() | {"pool_size": [2**31 - 1] * 2, "strides": [2**31] * 2}
        model.layers[0].get_config = lambda: told
        """,
        FAILED,
    ),
    _model(
        "extreme-depth",
        "models within models, 40 deep",
        """
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
        for _ in range(40):
            model = keras.Sequential([keras.Input((4,)), model])
        """,
        {"model": "failed|passed"},
    ),
    _model(
        "extreme-number",
        "1,000 layers",
        """
        same = [keras.layers.Identity() for _ in range(1_000)]
        model = keras.Sequential([keras.Input((4,)), *same, keras.layers.Dense(3)])
        """,
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
