"""What a free sentence says: whether it is a report, and of what, where, how urgent. No model, no I/O."""

from conversations.understanding.reading import (
    complains,
    names_something,
    reads_as,
    said_without_names,
    sounds_settled,
    still_fails,
    understand,
)
from conversations.understanding.shapes import NO_NAMES, IsReport, Named, Surroundings, Understood
from conversations.understanding.two_places import likelier_place

__all__ = [
    "NO_NAMES",
    "IsReport",
    "Named",
    "Surroundings",
    "Understood",
    "complains",
    "likelier_place",
    "names_something",
    "reads_as",
    "said_without_names",
    "sounds_settled",
    "still_fails",
    "understand",
]
