"""What whoever asked for a human said in the talk, and since when: the desk may have opened it again later."""

from dataclasses import dataclass
from datetime import datetime

from storage.tables import Talk


@dataclass(frozen=True)
class Line:
    """One message of whoever asked for the human, and when it was sent."""

    words: str
    at: datetime


def lines_of_asker(talk: Talk) -> list[Line]:
    """What whoever asked for a human wrote, on the account they asked from, whoever they turned out to be."""
    return [
        Line(str(one.get("typed", one["words"])), datetime.fromisoformat(one["at"]))
        for one in talk.words
        if one.get("account", talk.account_id if one["by"] == talk.person_id else None) == talk.account_id
    ]


def began_at(talk: Talk) -> datetime:
    """When the first words of whoever asked for a human were sent."""
    lines = lines_of_asker(talk)
    return lines[0].at if lines else talk.opened_at
