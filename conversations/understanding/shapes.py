"""What goes into the reading of a sentence and what comes out of it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from agreement.words import Kind


@dataclass(frozen=True)
class Named:
    """A room or a system of the school, with the other names people have for it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """The rooms and systems a sentence may mean: those of the speaker's schools.

    Prepared once per value (a hash lookup later), so build it once per school, not once per message.
    """

    rooms: tuple[Named, ...] = ()
    systems: tuple[Named, ...] = ()

    def __hash__(self) -> int:
        return self._hashed

    @cached_property
    def _hashed(self) -> int:
        """Of all names once: every sentence asks for what was prepared, several times."""
        return hash((self.rooms, self.systems))


class IsReport(StrEnum):
    """Does the sentence state a matter; `FOLLOWUP` is about one that was already reported."""

    YES = "yes"
    NO = "no"
    FOLLOWUP = "followup"


@dataclass(frozen=True)
class Understood:
    """A guess, to be shown to the speaker before anything counts.

    `place` and `system` are the school's own name where `room` or `asset` was found, else the words as
    said, else empty. `kinds` holds every kind, the likeliest (`kind`) first.
    """

    is_report: IsReport
    place: str
    room: Named | None
    system: str
    asset: Named | None
    kind: Kind
    kinds: tuple[Kind, ...]
    urgent: bool
    complaint: bool = False  # 投诉 is a flag on any kind


NO_NAMES: Final = Surroundings((), ())  # what words say without the names of any school
