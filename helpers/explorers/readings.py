"""How a character is read and what it means, for readers who know no Chinese."""

from helpers.handwriting import READINGS


def describe(character: str) -> str:
    """Say reading and meaning, as "mù, tree"; nothing for what is no character of the course."""
    return ", ".join(READINGS.get(character, ()))


def menu_names(classes: tuple[str, ...]) -> tuple[str, ...]:
    """Write each class for a menu: a character with its reading and meaning.

    A menu is drawn by the browser, which may have no font for a character: the reading stands
    beside it.
    """
    return tuple(f"{name}  {words}" if (words := describe(name)) else name for name in classes)
