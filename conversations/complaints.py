"""Words that complain mark their ticket, whichever way they came: reported, added or passed on by the desk."""

from conversations.understanding import complains
from desk.complaining import complain
from desk.sitting import Sitting


def note(sitting: Sitting, ticket_id: int, words: str) -> None:
    """投诉 as a cue (vocabulary: a flag on any kind)."""
    if words and complains(words):
        complain(sitting, ticket_id, words=words)
