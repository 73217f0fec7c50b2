"""What a temperature changes and what it leaves: the words of an exercise's properties."""

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
