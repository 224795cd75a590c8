"""The names of a school's rooms and systems, remembered per process: every matter that is stated is read by them.

A school has some hundred of them and changes them once a term, so they are read again after a minute only.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, literal_column, select, union_all
from sqlalchemy.orm import Session

from storage.prepared import Prepared
from storage.tables import Asset, Room

AGE = timedelta(minutes=1)


@dataclass(frozen=True)
class Known:
    """Something with an id and the name that people use."""

    id: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Names:
    """The school's rooms and the systems delivered to it, with the other names that people use.

    One reading of them is a value of its own: whoever prepares something from it asks for that at every sentence.
    """

    rooms: tuple[Known, ...]
    systems: tuple[Known, ...]


class Vocabulary:
    """Every school's names as they were at most a minute ago. One per process."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[datetime, Names]] = {}

    def of(self, session: Session, school_id: int, now: datetime) -> Names:
        """The names of that school; none for one that is not there."""
        read_at, names = self._known.get(school_id, (None, None))
        if names is None or read_at is None or not timedelta(0) <= now - read_at < AGE:
            names = _read(session, school_id)
            self._known[school_id] = (now, names)
        return names

    def forget(self, school_id: int) -> None:
        """They were just changed: the next question reads the tables."""
        self._known.pop(school_id, None)


def _read(session: Session, school_id: int) -> Names:
    found: tuple[list[Known], list[Known]] = ([], [])
    for kind, one, name, aliases in NAMES.rows(session, {"school": school_id}):
        found[kind].append(Known(one, name, tuple(aliases)))
    return Names(*map(tuple, found))


NAMED: tuple[type[Room] | type[Asset], ...] = (Room, Asset)
NAMES = Prepared(
    union_all(
        *(
            select(literal_column(str(place), Integer()).label("kind"), table.id, table.name, table.aliases)
            .where(table.school_id == bindparam("school"))
            for place, table in enumerate(NAMED)
        )
    ).order_by("kind", "id")
)
