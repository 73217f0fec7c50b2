"""What commonly leads an answer to raise, by what Python and its libraries say of it."""

from __future__ import annotations

from helpers.checks.words import text_of

# A diagnosis is told of a hidden test as well, so it holds nothing that the student chose.
# By what Python and NumPy say of an index: not every one that is refused lies outside.
OUTSIDE = "An index lies outside of what it is used on: check the first and the last one."
INDEX_ERRORS = (
    ("too many indices", "There are more indices than axes: count the axes of what you index."),
    ("only integers", "An index is no whole number: a plain / gives a float, // does not."),
    ("out of bounds", OUTSIDE),
    ("out of range", OUTSIDE),
)
CALLED_OTHERWISE = (
    "A function is called with arguments that it does not take: compare their number and their "
    "names with what the task says of it."
)
LACKING = "A call lacks an argument that it cannot do without: the error names it."
NO_ATTRIBUTES = (
    "A dict has no such attribute: its parts are looked up by their keys, in brackets [ ]."
)
TEXT_OF_A_DTYPE = (
    "The name of a dtype is a text, and a text has no itemsize: np.dtype(...) makes a dtype of it."
)
NO_ARRAY = "Lists and tuples have nothing of the kind: np.array(...) makes an array of them."
UNKNOWN_NAME = (
    "A name is not known there: is it misspelt, or its cell not run? Grading runs the cells that "
    "exercises need, and none that only shows something."
)
NO_VALUE_YET = (
    "A variable has no value there: no branch of your `if` gave it one, or it is used before it is "
    "set."
)
ONE_BY_ONE = (
    "and, or, not and if want one truth value, and an array has many: write &, |, ~ between "
    "arrays, with each comparison in brackets, or ask for .any() or .all()."
)
UNPACKED = (
    "More or fewer values are taken apart than there are: a shape has one for each axis, a list "
    "one for each entry. Not every picture has channels, not every step has as many parts."
)
UNEQUAL = "Arrays are put together that differ in shape: look at the shape of each first."
MISFIT = (
    "Arrays meet whose shapes do not fit each other: look at the shape of each just before that "
    "line."
)
ONE_PLACE = (
    "Several numbers are put into one place: the array that they go into has an axis too few, or "
    "the index too many."
)
RESHAPED = (
    "reshape wants exactly as many numbers as the new shape holds: look at the shape just before "
    "it."
)
NOT_CALLED = "A function stands there without brackets behind it: so it is itself, and not called."
ONE_NUMBER = "math, int and float take one number: for arrays NumPy has functions of its own."
# What goes through a network that is being built, in the words of Keras's errors.
SYMBOLIC = "KerasTensor"
NOT_YET_NUMBERS = (
    "What goes through a network has no numbers while it is built. A layer is made first, and then "
    "called on it, in two pairs of brackets: layers.Conv2D(8, 3)(x)."
)
# By what Python and NumPy say of a value that does not suit.
TYPE_ERRORS = (
    ("required positional argument", LACKING),
    ("required keyword-only argument", LACKING),
    ("keyword argument", CALLED_OTHERWISE),
    ("positional argument", CALLED_OTHERWISE),
    ("ufunc 'bitwise_", "Each comparison needs its own brackets: & and | bind more tightly."),
    ("only 0-dimensional arrays can be converted", ONE_NUMBER),
    ("only length-1 arrays can be converted", ONE_NUMBER),  # in NumPy's older words
    ("__round__", "round takes one number: for arrays there is np.round."),
    (
        "'NoneType' object",
        "Something there is None: .sort() and .append() change a list and return None, and so does "
        "a function without a `return`.",
    ),
    ("'float' object cannot be interpreted as an integer", "A plain / gives a float: // does not."),
    ("real number, not 'function'", NOT_CALLED),
    ("real number, not 'method'", NOT_CALLED),
    ("unhashable type", "A list or an array can be no key and in no set: a tuple or a string can."),
)
VALUE_ERRORS = (
    ("is ambiguous", ONE_BY_ONE),
    ("values to unpack", UNPACKED),
    ("must have the same shape", UNEQUAL),
    ("could not be broadcast", MISFIT),
    ("could not broadcast", MISFIT),
    (
        "inhomogeneous shape",
        "The parts differ in length, so they make no array: look at the shape of each.",
    ),
    ("setting an array element with a sequence", ONE_PLACE),
    ("cannot reshape", RESHAPED),
)
ATTRIBUTE_ERRORS = (
    ("'dict' object has no", NO_ATTRIBUTES),
    ("'str' object has no attribute 'itemsize'", TEXT_OF_A_DTYPE),
    ("'list' object has no", NO_ARRAY),
    ("'tuple' object has no", NO_ARRAY),
)
# A class stands before those that it is one of.
RAISED = (
    (UnboundLocalError, (("", NO_VALUE_YET),)),
    (NameError, (("", UNKNOWN_NAME),)),
    (IndexError, INDEX_ERRORS),
    (AttributeError, ATTRIBUTE_ERRORS),
    (RecursionError, (("", "The function calls itself without end."),)),
    (TypeError, TYPE_ERRORS),
    (ValueError, VALUE_ERRORS),
)


def why_it_raises(error: Exception) -> str | None:
    """Return what commonly leads a function to raise `error`, or None."""
    text = text_of(error)
    if SYMBOLIC in text:
        return NOT_YET_NUMBERS
    for kind, table in RAISED:
        if isinstance(error, kind):
            return next((words for part, words in table if part in text), None)
    return None
