"""What goes wrong with calibration and temperature.

The words are those of *slips* (see `helpers.checks.slips`): what was done, why it is wrong, what
the rule is. What a slip computes stands in the tests alone: a student can call all that is here,
and from many a wrong answer the right one is a short step.
"""

EQUAL_BINS = "All bins count alike: weigh each gap by the share of the answers in its bin."
GAPS_CANCEL = (
    "Gaps of opposite sign have cancelled, and what is left is one gap for all answers together: "
    "take the size of each bin's gap before you add them up."
)
BIN_CENTRES = (
    "You compared with the middle of each bin: its answers' own mean confidence may lie elsewhere."
)
EMPTY_BINS = "The mean of an empty bin is NaN, and so is a sum with it: skip such a bin."
LOST_ONE = "Answers with a confidence of exactly 1 are lost: they belong to the last bin."
SQUARED_GAPS = "The gaps are squared: their sizes were asked for."

TIMES_TEMPERATURE = "You multiplied by the temperature: logits are divided by it."
DIVIDED_PROBABILITIES = (
    "You divided the probabilities: when they are made to add up to 1 again, nothing has changed. "
    "Divide the logits, before the softmax."
)
OVER_PICTURES = "Each column adds up to 1: it is the rows, the pictures, that should."
OVERFLOWS = "Large logits overflow: take the largest of its row from each, before exp."

BY_ACCURACY = "Accuracy is the same at every temperature, so it cannot choose: compare the losses."
LARGEST_LOSS = "That is the temperature with the largest loss."
MEAN_PROBABILITY = (
    "You compared mean probabilities. The loss takes the logarithm of each first, so that a sure "
    "mistake weighs much."
)
HIGHEST_PROBABILITY = (
    "You took each picture's highest probability: the loss asks for that of the label, "
    "whatever was read."
)

BORDERS = (
    "A confidence on a border belongs to one bin alone, the lower one: above its lower end, up to "
    "and including its upper end."
)
NOT_ONE = (
    "A row does not add up to 1 exactly: a small number added to the denominator spoils it, and so "
    "does rounding."
)

ARGMAX_STAYS = (
    "Dividing a row by one positive number keeps its order, so the largest stays the largest."
)
TOP_FIVE_STAYS = "A row keeps its order: the five best are the same five."
CONFIDENCE_MOVES = "A higher temperature flattens every row, so the highest probability falls."
ERROR_MOVES = "Confidence moves and accuracy stays, so the gap between them moves."
RANKING_MOVES = (
    "Within a picture the order stays, but not between pictures: how fast a highest probability "
    "falls depends on all its rivals. Compare one strong rival with many weak ones."
)
