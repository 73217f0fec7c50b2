"""Plain data crosses with its exact types; anything else arrives as what equals nothing."""

from __future__ import annotations

import collections
import random
import struct
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from course.judging.crossing import Malformed, Refused, decode, encode
from course.judging.crossing.errors import describe_error, error_of
from course.judging.crossing.limits import MAX_BYTES
from course.judging.crossing.opaque import is_opaque

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.complex_numbers()
    | st.text(st.characters())
    | st.binary()
    | st.just(...)
    | st.builds(slice, st.none() | st.integers(), st.integers(), st.none())
    | st.builds(range, st.integers(-99, 99), st.integers(-99, 99))
)
keys = st.integers() | st.text() | st.booleans() | st.tuples(st.integers(), st.text())
numbers = arrays.arrays(
    arrays.scalar_dtypes() | arrays.unicode_string_dtypes() | arrays.byte_string_dtypes(),
    arrays.array_shapes(min_dims=0, min_side=0),
)
values = st.recursive(
    scalars | numbers,
    lambda inner: (
        st.lists(inner)
        | st.lists(inner).map(tuple)
        | st.dictionaries(keys, inner)
        | st.sets(keys)
        | st.frozensets(keys)
    ),
    max_leaves=20,
)


def same(a, b) -> bool:
    """Tell whether two values are equal to the last bit, types included."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray | np.generic):
        a, b = np.asarray(a), np.asarray(b)  # of a long double not every byte is used
        bits = a.dtype.str == "<f16" or a.tobytes() == b.tobytes()
        return bits and (a.dtype, a.shape, repr(a)) == (b.dtype, b.shape, repr(b))
    if isinstance(a, float):
        return struct.pack("d", a) == struct.pack("d", b) or (a != a and b != b)
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, dict):
        return same(list(a), list(b)) and same(list(a.values()), list(b.values()))
    return a == b


@given(values)
@settings(max_examples=300, deadline=None)
def test_plain_data_arrives_as_it_was(value):
    assert same(decode(encode(value)), value)


@pytest.mark.parametrize(
    "value",
    [
        2**4000,
        -(2**63),
        [2**63] * 9,
        list(range(100)),
        [0.5, float("nan"), float("-inf"), -0.0] * 5,
        [True] * 20,
        np.array(5),
        np.zeros((0, 3), "float32"),
        np.arange(6).reshape(2, 3)[::-1, ::2],
        np.array([("a", 1, True)], dtype=[("x", "U3"), ("y", "<i2", (2,)), ("z", "?")]),
        np.array(["2020-02-29", "NaT"], "M8[D]"),
        np.timedelta64(5, "ms"),
        np.longdouble(0.1),
        np.str_(""),
        np.arange(3).astype(">i4"),
        int,
        np.uint8,
        np.dtype("float32"),
        ValueError,
        pytest.param("\ud800", id="surrogate"),
    ],
)
def test_unusual_plain_data_arrives_as_it_was(value):
    assert same(decode(encode(value)), value)


def test_the_order_of_an_array_and_its_guard_against_writing_arrive():
    value = np.asfortranarray(np.ones((2, 3)))
    value.flags.writeable = False
    found = decode(encode(value))
    assert found.flags.f_contiguous and not found.flags.writeable
    assert decode(encode(np.ones(3))).flags.writeable


def test_an_array_of_objects_arrives_part_by_part():
    ragged = np.empty(2, object)
    ragged[:] = [[1, 2], [3]]
    found = decode(encode(ragged))
    assert found.dtype == object and found.tolist() == [[1, 2], [3]]


class Liar(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


@pytest.mark.parametrize(
    "value",
    [
        Liar(1),
        np.ones(2).view(np.matrix),
        np.ma.array([1]),
        collections.OrderedDict(a=1),
        collections.namedtuple("P", "x")(1),
        type("S", (str,), {})("a"),
        (x for x in ()),
        np.random.default_rng(1),
    ],
)
def test_what_is_of_no_plain_type_arrives_as_what_equals_nothing(value):
    found = decode(encode(value))
    assert is_opaque(found) and not callable(found)
    assert found != found and (found == found) is False and found != value
    assert type(found).__name__ == type(value).__name__
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(found)


def test_what_contains_itself_is_refused():
    value = []
    value.append(value)
    with pytest.raises(Refused, match="deep"):
        encode(value)


def test_what_doubles_at_each_level_is_refused():
    value = [0]
    for _ in range(40):
        value = [value, value]
    with pytest.raises(Refused, match="values"):
        encode(value)


@pytest.mark.parametrize(
    "value",
    [
        np.broadcast_to(np.int8(1), (MAX_BYTES, 100)),
        np.broadcast_to(np.int8(1), (MAX_BYTES + 1,)),
        pytest.param("x" * (MAX_BYTES + 1), id="text"),
        pytest.param(1 << (8 * 2**17), id="long"),
    ],
)
def test_what_is_too_large_is_refused_before_it_is_copied(value):
    with pytest.raises(Refused):
        encode(value)


SAMPLES = [
    encode(x)
    for x in (
        [1, "a", {"k": (2.5, None)}, {1, 2}],
        [np.ones((2, 3)), np.array(["ab"]), np.float32(1), np.array([(1, 2)], "i4,i2")],
        [list(range(20)), b"xyz", 1 << 90, slice(1, 2), range(5), object(), len, ValueError],
    )
]


@given(st.binary(max_size=200))
@settings(max_examples=500, deadline=None)
def test_random_bytes_are_malformed_or_plain_data(data):
    with suppress(Malformed):
        decode(data)


@given(st.integers(0, 2**32))
@settings(max_examples=500, deadline=None)
def test_mutated_messages_are_malformed_or_plain_data(number):
    rng = random.Random(number)
    data = bytearray(rng.choice(SAMPLES))
    for _ in range(rng.randint(1, 6)):
        data[rng.randrange(len(data))] = rng.choice([0, 255, rng.randrange(256), *b"lamtzOGfo<"])
    del data[rng.choice([len(data), rng.randrange(len(data))]) :]
    with suppress(Malformed):
        decode(bytes(data))


def array(dtype: bytes, shape: tuple, data: bytes) -> bytes:
    """Return the message of an array that may be none."""
    head = b"as" + struct.pack("!I", len(dtype)) + dtype + encode(shape)
    return head + b"\0" + struct.pack("!Q", len(data)) + data


@pytest.mark.parametrize(
    "data",
    [
        array(b"|O", (1,), bytes(8)),
        array(b"O", (1,), bytes(8)),
        array(b"<f8", (2**40,), bytes(8)),
        array(b"<f8", (-1,), bytes(8)),
        array(b"|b1", (1,), b"\2"),
        array(b"<U1", (1,), b"\xff\xff\xff\x7f"),
        array(b"|V0", (2**39,), b""),
        array(b"f8,O", (1,), bytes(16)),
        b"l\xff\xff\xff\xff",
        b"s\xff\xff\xff\xff",
        b"l\0\0\0\1" * 60 + b"N",
        b"z\0\0\0\1l\0\0\0\0",
        b"C\0\0\0\4eval",
        b"G\0\0\0\2ost\0\0\0\1N",
        b"<" + bytes(8),
        b"NN",
        b"",
    ],
)
def test_a_crafted_message_is_malformed(data):
    with pytest.raises(Malformed):
        decode(data)


def test_keys_that_are_slow_to_tell_apart_are_malformed():
    few = {*range(2_000), *(n * (2**61 - 1) for n in range(90))}
    assert decode(encode(few)) == few
    many = {*range(2_000), *(n * (2**61 - 1) for n in range(200))}
    for value in (many, frozenset(many), dict.fromkeys(many)):
        with pytest.raises(Malformed, match="too alike"):
            decode(encode(value))


@pytest.mark.parametrize("argument", [10**6_000, -(10**6_000), "x" * 10**6, 3], ids="1234")
def test_an_exception_crosses_whatever_it_holds(argument):
    told = describe_error(ValueError(argument))
    assert decode(encode(told))[0] == "ValueError" and isinstance(error_of(told), ValueError)
