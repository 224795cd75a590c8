"""The questions a flow can ask, to import from one place; each file is named for how they are answered."""

from conversations.engine.asking import Option, Question
from conversations.engine.choosing import Choice, Confirm, Mark, Single
from conversations.engine.dates import Side
from conversations.engine.gathering import Content, Location, Papers, Photos, Spot
from conversations.engine.moments import Day, Moment
from conversations.engine.summary import Summary, Sure
from conversations.engine.wording import Number, Phone, Place, Text

__all__ = [
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
    "Spot",
    "Summary",
    "Sure",
    "Text",
]
