"""Frames of pandas: columns added, categories, indexes of several levels, groups."""

from tests.builders import code
from tests.foreign.habit import Habit, answer, check, simple

SALES = code(
    "import pandas as pd\n\nsales = pd.DataFrame(\n"
    "    {'shop': ['a', 'b', 'a', 'b'], 'year': [1, 1, 2, 2], 'sold': [3, 4, 5, 6]}\n)",
    id="sales",
)

HABITS = [
    simple(
        "adds-a-column-in-place",
        "sales['twice'] = sales.sold * 2",
        "assert list(sales.columns) == ['shop', 'year', 'sold', 'twice']\n"
        "assert sales.twice.sum() == 36",
        "sales['twice'] = sales.sold + 2",
        SALES,
    ),
    simple(
        "must-leave-the-frame-alone",
        "def doubled(frame):\n    return frame.assign(sold=frame.sold * 2)",
        "assert doubled(sales).sold.sum() == 36\nassert sales.sold.sum() == 18",
        "def doubled(frame):\n    frame['sold'] *= 2\n    return frame",
        SALES,
    ),
    Habit(
        "categories",
        [
            SALES,
            answer("shops = sales.shop.astype('category')"),
            check(
                "assert shops.dtype == 'category'\nassert list(shops.cat.categories) == ['a', 'b']"
            ),
        ],
        wrong={"text": {"answer": "shops = sales.shop"}},
        right={"made": {"answer": "shops = pd.Series(pd.Categorical(sales.shop), name='shop')"}},
    ),
    Habit(
        "levels",
        [
            SALES,
            answer("table = sales.set_index(['shop', 'year']).sort_index()"),
            check(
                "assert table.index.names == ['shop', 'year']\n"
                "assert table.loc[('b', 2), 'sold'] == 6"
            ),
        ],
        wrong={
            "one": {"answer": "table = sales.set_index('shop')"},
            "swapped": {"answer": "table = sales.set_index(['year', 'shop'])"},
        },
    ),
    Habit(
        "groups",
        [
            SALES,
            answer("groups = sales.groupby('shop')"),
            check("assert groups.ngroups == 2\nassert groups.sold.sum()['a'] == 8"),
            answer("total = groups.sold.sum()", "total"),
            check(
                "pd.testing.assert_series_equal(\n"
                "    total, pd.Series([8, 10], pd.Index(['a', 'b'], name='shop'), name='sold')\n)",
                name="check-total",
            ),
        ],
        wrong={
            "by-year": {"answer": "groups = sales.groupby('year')"},
            "nameless": {"total": "total = pd.Series([8, 10], ['a', 'b'])"},
        },
    ),
    simple(
        "compares-frames",
        "def mean_by_shop(frame):\n"
        "    return frame.groupby('shop', as_index=False).agg(mean=('sold', 'mean'))",
        "expected = pd.DataFrame({'shop': ['a', 'b'], 'mean': [4.0, 5.0]})\n"
        "pd.testing.assert_frame_equal(mean_by_shop(sales), expected)",
        "def mean_by_shop(frame):\n    return frame.groupby('shop').agg(mean=('sold', 'mean'))",
        SALES,
    ),
    simple(
        "dates",
        "days = pd.to_datetime(pd.Series(['2026-03-01', '2026-03-02']))",
        "assert days.dt.day_name().tolist() == ['Sunday', 'Monday']",
        "days = pd.Series(['2026-03-01', '2026-03-02'])",
        SALES,
    ),
]
