"""The questions a flow can ask, to import from one place; each file is named for how they are answered."""

from conversations.engine.asking import Option, Question
from conversations.engine.choosing import NEW_NAME, Choice, Confirm, Mark, Single, Someone, Sorting
from conversations.engine.dates import Side
from conversations.engine.gathering import Content, Location, Papers, Photos, Spot
from conversations.engine.moments import Day, Moment, WordsOrMoment
from conversations.engine.summary import Summary, Sure
from conversations.engine.wording import Afterword, Number, Phone, Place, Text

__all__ = [
    "NEW_NAME",
    "Afterword",
    "Choice",
    "Confirm",
    "Content",
    "Day",
    "Location",
    "Mark",
    "Moment",
    "Number",
    "Option",
    "Papers",
    "Phone",
    "Photos",
    "Place",
    "Question",
    "Side",
    "Single",
    "Someone",
    "Sorting",
    "Spot",
    "Summary",
    "Sure",
    "Text",
    "WordsOrMoment",
]
