"""What a word of a sentence may speak for."""

from enum import StrEnum, auto
from typing import Final


class Cue(StrEnum):
    """What a word of the sentence speaks for; each has its table [cues.<name>]."""

    HARD = auto()  # a fault whatever else is said: 报错, 黑屏
    SOFT = auto()  # something cannot be done: 打不开; slow and awkward things sound so too
    SLOW = auto()
    TIMEOUT = auto()
    HOWTO = auto()
    QUESTION = auto()  # asks something, not by itself of a system
    CLUMSY = auto()
    IMPROVE = auto()  # asks for something better, not what: 优化
    WISH = auto()
    SUGGESTION = auto()
    CONTRACT = auto()
    MISSING = auto()
    PROGRESS = auto()  # asks how a matter stands
    NEGLECT = auto()  # nobody came: asks so, unless it says loudly what is broken
    EARLIER = auto()  # refers to what was said or done before
    ALLUDES = auto()  # may do so, and stands in many a new matter too
    TRIED = auto()  # what the speaker did about it
    STILL = auto()
    SOLVED = auto()
    ANOTHER = auto()  # a new matter beside an old one
    REPORT = auto()
    THANKS = auto()
    CHAT = auto()  # manners
    TOPIC = auto()  # small talk
    NOTICE = auto()
    AMONG = auto()  # said among colleagues: praise
    THING = auto()  # names something that a matter can be about
    COMPLAINT = auto()  # a flag on any kind
    CALM = auto()
    PRESSING = auto()
    CROWD = auto()  # many wait
    NAMED = auto()  # no word but a fact: a system is named
    ABOUT = auto()  # no word but a fact: a system or a place is named
    BARE = auto()  # no word but a fact: short, and nothing is named


FACTS: Final = frozenset({Cue.NAMED, Cue.ABOUT, Cue.BARE})
