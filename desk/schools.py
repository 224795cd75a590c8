"""Schools from a file: their rooms, each with the code of its QR, and the systems that a report may name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from agreement.school_file import Names, SchoolLine
from desk import seeding
from desk.seeding import Named
from desk.sitting import Sitting
from storage.tables import Asset, Room


@dataclass(frozen=True)
class RoomCode:
    """What the QR on a room's wall carries."""

    school: str
    room: str
    code: str


def enter(sitting: Sitting, lines: Sequence[SchoolLine], new_code: Callable[[], str]) -> list[RoomCode]:
    """Every room of these schools with its code. Entered again it keeps the code: the QR is on the wall.

    What the file no longer names stays, for tickets name it. `new_code` is the caller's: no randomness in acts.
    """
    codes = []
    for line in lines:
        school_id = seeding.school(sitting.session, sitting.now, line.name)
        codes += [RoomCode(line.name, one[0], _room(sitting, school_id, one, new_code)) for one in line.rooms]
        for names in line.systems:
            _system(sitting, school_id, names)
        sitting.rulebook.vocabulary.forget(school_id)
    sitting.session.flush()
    return codes


def _room(sitting: Sitting, school_id: int, names: Names, new_code: Callable[[], str]) -> str:
    found = sitting.session.scalar(select(Room).where(Room.school_id == school_id, Room.name == names[0]))
    if found is not None:
        found.aliases = list(names[1:])
        return found.code
    code = new_code()
    seeding.room(sitting.session, school_id, Named(name=names[0], aliases=names[1:], code=code))
    return code


def _system(sitting: Sitting, school_id: int, names: Names) -> None:
    found = sitting.session.scalar(select(Asset).where(Asset.school_id == school_id, Asset.name == names[0]))
    if found is not None:
        found.aliases = list(names[1:])
        return
    sitting.session.add(Asset(school_id=school_id, name=names[0], aliases=list(names[1:])))
