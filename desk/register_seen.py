"""The register of a period as one person may see it. Each look at somebody else's case is an event of that case.

It lists what 单据 would give: to the school's representative the own school, to the vendor's desk, leads, archivists
and managers every school. An engineer and a teacher may have other records of their cases, but not this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from agreement.days import begins, ends
from agreement.policy_file import DEFAULT
from agreement.records import ALL, GIVEN_TO
from agreement.words import Role
from desk.access import VENDOR
from desk.case_file import CaseFile
from desk.case_reading import case_file
from desk.events import looked
from desk.sitting import Actor, Sitting
from storage import register
from storage.register import Listed, Wanted
from storage.tables import Ticket

PAGE: Final = 50
MOST_FILED: Final = 2000  # cases in one file; more is for narrower days


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody looks for; days are the contract's, both included. `page` counts from 1."""

    since: date
    until: date
    school: int = 0
    kind: str = ""
    state: str = ""
    flag: str = ""
    words: str = ""
    page: int = 1


@dataclass(frozen=True, kw_only=True)
class LineSeen:
    """One case of the register."""

    ticket_id: int
    ordinal: int
    number: str
    reported_at: datetime
    school: str
    reporter: str
    assignee: str
    kind: str
    is_urgent: bool
    is_complaint: bool
    state: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RegisterSeen:
    """A page of it. `total` counts every page; `schools` are those to choose from."""

    lines: Sequence[LineSeen]
    total: int
    pages: int
    schools: Sequence[tuple[int, str]]


def may_read(actor: Actor) -> bool:
    """Whether there is a register for this person at all."""
    return schools_of(actor) != frozenset()


def look(sitting: Sitting, asked: Asked) -> RegisterSeen | None:
    """The page that was asked for; None for whoever may not read a register."""
    if not may_read(sitting.actor):
        return None
    wanted = _wanted(sitting.actor, asked)
    total = register.count(sitting.session, wanted)
    found = register.listed(sitting.session, wanted, offset=(asked.page - 1) * PAGE, limit=PAGE)
    looked(sitting, [one.ticket for one in found], "register_seen")
    return RegisterSeen(
        lines=[_line(one) for one in found],
        total=total,
        pages=max(1, -(-total // PAGE)),
        schools=register.schools(sitting.session, schools_of(sitting.actor)),
    )


def take(sitting: Sitting, asked: Asked) -> Sequence[int] | None:
    """The tickets of exactly what was asked for, every page, to be taken away as a file.

    None for whoever may not, and where there are more than one file holds: nothing is left out unsaid.
    """
    wanted = _wanted(sitting.actor, asked)
    if not may_read(sitting.actor) or register.count(sitting.session, wanted) > MOST_FILED:
        return None
    found = [one.ticket for one in register.listed(sitting.session, wanted, offset=0, limit=MOST_FILED)]
    looked(sitting, found, "register_taken")
    return [one.id for one in found]


def cases(sitting: Sitting, ticket_ids: Sequence[int]) -> Sequence[CaseFile]:
    """These cases whole; they were `take`n by the same person just before."""
    found = (sitting.session.get(Ticket, one) for one in ticket_ids)
    return [case_file(sitting, one) for one in found if one is not None]


def is_of_the_vendor(actor: Actor) -> bool:
    """Whether what this person takes away stays in the house."""
    return schools_of(actor) is None


def schools_of(actor: Actor) -> frozenset[int] | None:
    """None is every school; empty, none."""
    if any(school is None and role in VENDOR and GIVEN_TO[VENDOR[role]] == ALL for school, role in actor.memberships):
        return None
    return frozenset(
        school for school, role in actor.memberships if school is not None and role is Role.REPRESENTATIVE
    )


def _wanted(actor: Actor, asked: Asked) -> Wanted:
    mine = schools_of(actor)
    chosen = frozenset({asked.school}) if asked.school else None
    return Wanted(
        since_at=begins(asked.since, DEFAULT.zone),
        until_at=ends(asked.until, DEFAULT.zone),
        schools=mine if chosen is None else chosen if mine is None else mine & chosen,
        kind=asked.kind,
        state=asked.state,
        flag=asked.flag,
        words=asked.words,
    )


def _line(one: Listed) -> LineSeen:
    ticket = one.ticket
    return LineSeen(
        ticket_id=ticket.id,
        ordinal=ticket.ordinal,
        number=ticket.number,
        reported_at=ticket.reported_at,
        school=one.school,
        reporter=one.reporter,
        assignee=one.assignee,
        kind=ticket.kind,
        is_urgent=ticket.is_urgent,
        is_complaint=ticket.is_complaint,
        state=ticket.state,
        text=ticket.text,
    )
