"""The archive as its page shows it: what was filed in a period, and to the archivist what waits for 归档.

Who may read the register may read this. Each look at somebody else's case is an event of that case.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from agreement.archive import ArchiveRules
from agreement.words import Role
from desk import catalogue
from desk.archiving_many import Batch, to_archive
from desk.catalogue import Days, Filed
from desk.events import looked
from desk.register_seen import may_read, schools_of
from desk.sitting import Sitting

PAGE: Final = 50
MOST_TAKEN: Final = 20_000  # cases in one file: some years of a large house


@dataclass(frozen=True, kw_only=True)
class ArchiveSeen:
    """A page of it. `waiting`: only to an archivist."""

    found: Sequence[Filed]
    total: int
    pages: int
    waiting: Batch | None


@dataclass(frozen=True)
class Taken:
    """The whole of what was asked for, and the rules that it was filed by."""

    found: Sequence[Filed]
    rules: ArchiveRules


def look(sitting: Sitting, days: Days, page: int) -> ArchiveSeen | None:
    """That page, counted from 1; None for whoever may not read the archive."""
    if not may_read(sitting.actor):
        return None
    theirs = _theirs(sitting, days)
    total = catalogue.count(sitting.session, theirs)
    found = catalogue.filed(sitting.session, theirs, offset=(page - 1) * PAGE, limit=PAGE)
    looked(sitting, [one.ticket for one in found], "catalogue_seen")
    waiting = to_archive(sitting) if Role.ARCHIVIST in sitting.actor.roles else None
    return ArchiveSeen(found=found, total=total, pages=max(1, -(-total // PAGE)), waiting=waiting)


def take(sitting: Sitting, days: Days) -> Taken | None:
    """Every page, as a file; None for whoever may not, and for more than one file holds."""
    theirs = _theirs(sitting, days)
    if not may_read(sitting.actor) or catalogue.count(sitting.session, theirs) > MOST_TAKEN:
        return None
    found = catalogue.filed(sitting.session, theirs)
    looked(sitting, [one.ticket for one in found], "catalogue_taken")
    return Taken(found, catalogue.rules_of(sitting.session, sitting.rulebook, found))


def _theirs(sitting: Sitting, days: Days) -> Days:
    return replace(days, schools=schools_of(sitting.actor))
