"""Frames, series and indexes of pandas come out of the crossing as they went in."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_index_equal, assert_series_equal

from course.judging.crossing import frames
from course.judging.crossing.faults import Malformed

FRAME = pd.DataFrame(
    {
        "whole": [1, 2, 3, 4],
        "real": [1.5, np.nan, 3, 4],
        "text": ["x", None, "y", "z"],
        "mixed": np.array([1, "a", None, 2.5], object),
        "nothing": np.array([None] * 4, object),
        "truth": [True, False, True, True],
        "ordered": pd.Categorical(["u", "v", "u", None], categories=["v", "u"], ordered=True),
        "numbered": pd.Categorical([1, 2, 1, 2]),
        "day": pd.date_range("2026-03-01", periods=4),
        "zoned": pd.date_range("2026-03-28", periods=4, tz="Europe/Berlin"),
        "length": pd.to_timedelta([1, 2, 3, 4], unit="h"),
        "masked": pd.array([1, None, 3, 4], dtype="Int64"),
        "doubt": pd.array([True, None, False, True], dtype="boolean"),
    },
    index=pd.MultiIndex.from_product([["a", "b"], [1, 2]], names=["letter", "number"]),
)
PIVOT = FRAME.pivot_table(index="ordered", columns="truth", values="whole", observed=False)
GROUPED = FRAME.groupby("ordered", observed=False)[["whole", "real"]].agg(["mean", "sum"])


@pytest.mark.parametrize(
    "frame",
    [
        FRAME,
        PIVOT,
        GROUPED,
        FRAME.reset_index(),
        pd.DataFrame(),
        pd.DataFrame({"a": []}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
        pd.DataFrame({0: [1], "one": [2]}, index=[2.5]),
    ],
    ids=lambda frame: "x".join(map(str, frame.shape)),
)
def test_a_frame_comes_out_as_it_went_in(frame):
    found = frames.unpack("frame", frames.pack(frame).content)
    assert_frame_equal(found, frame, check_freq=False, check_exact=True)


@pytest.mark.parametrize("name", FRAME.columns)
def test_a_series_and_an_index_come_out_as_they_went_in(name):
    series = FRAME[name].reset_index(drop=True)
    found = frames.unpack("series", frames.pack(series).content)
    assert_series_equal(found, series, check_freq=False, check_exact=True)
    index = pd.Index(series)
    assert_index_equal(frames.unpack("index", frames.pack(index).content), index, exact=True)


@pytest.mark.parametrize("values", [pd.period_range("2026", periods=2), pd.arrays.SparseArray([1])])
def test_what_has_no_form_here_is_named(values):
    guest = frames.pack(pd.DataFrame({"a": values}))
    assert str(pd.Series(values).dtype) in guest.refused


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("index", ("labels", ("zoned", np.zeros(1, "M8[us]"), "../../etc/localtime"), None)),
        ("index", ("labels", ("zoned", np.zeros(1, "M8[us]"), ["UTC"]), None)),
        ("index", ("labels", ("masked", np.zeros(1), np.array([True]), "object"), None)),
        ("index", ("labels", ("classes", ["a"], np.array([1], "i1"), False), None)),
        ("index", ("levels", [["a"], ["b", "c"]], [None, None])),
        ("index", ("range", 0, 2, 0, None)),
        ("index", 3),
        ("series", (None, ("range", 0, 5, 1, None), [1])),
        ("frame", (("labels", ["a"], None), ("range", 0, 1, 1, None), [])),
    ],
)
def test_what_is_no_frame_is_refused(kind, content):
    with pytest.raises(Malformed):
        frames.unpack(kind, content)
