"""Records on their way to a person: projected in the transaction, set outside it, kept as files by their content.

What is set depends on the sheet alone, so a file that is there already is the file; nothing is set twice.
"""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from agreement.days import begins
from agreement.records import is_of_the_house
from agreement.words import Record, Role
from bot.paper_links import PaperLink, PaperLinks
from conversations.engine.messages import File, MediaKind, Outgoing
from desk import handing_out
from desk.access import locked, relations
from desk.case_reading import case_file
from desk.events import looked_once
from desk.joining import actor_of
from desk.page_links import Pass
from desk.rulebook import Rulebook
from desk.showing import viewer
from desk.sitting import Sitting
from records import shelf
from records.confirmed import lines_under
from records.editions import Standing, standing
from records.grid import Copy, Printing, Sheet
from records.office import Office
from records.papers import Owed, open_cells
from records.sheets import sheet
from records.writing_pdf import press
from storage import sight, talk
from storage.leasing import Claimed
from texts.say import Say, render, say

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, kw_only=True)
class ReadyPaper:
    """One record ready to be set: what is set, how its file is called without an ending, what is said of it."""

    record: Record
    attempt: int
    name: str
    sheet: Sheet
    said: Say
    lacks: bool  # a required cell is still empty; told only to the vendor's people


@dataclass(frozen=True)
class Opened:
    """What a link opens, and the language of whom it is for."""

    paper: ReadyPaper
    language: str


@dataclass(frozen=True)
class ToSet:
    """A sheet and where its file will lie."""

    sheet: Sheet
    path: Path


class Papers:
    """Sets records for this house. One per process."""

    def __init__(self, office: Office, rulebook: Rulebook, links: PaperLinks, folder: Path) -> None:
        self._office = office
        self._rulebook = rulebook
        self._links = links
        self._folder = folder

    def along(
        self, session: Session, row: Claimed, out: Outgoing, now: datetime
    ) -> tuple[Outgoing, tuple[ToSet, ...]]:
        """The message with the files of the records that go along, and what must be set before it leaves.

        Asked again here: what the person may not have any more by now does not go.
        """
        wanted = row.body["papers"]
        ticket_id = int(wanted["ticket"])
        found = self.of(session, row.account_id, ticket_id, handing_out.from_json(wanted), now)
        files, to_set = [], []
        for one in found:
            path = self._folder / f"{_key(one.sheet)}.pdf"
            link = PaperLink(ticket_id, one.record, one.attempt, row.account_id)
            files.append(
                File(
                    kind=MediaKind.FILE,
                    name=f"{one.name}.pdf",
                    media_type=PDF,
                    path=str(path.resolve()),
                    link=self._links.url(link, now),
                )
            )
            to_set.append(ToSet(one.sheet, path))
        text = out.text or self._told(found, row, ticket_id, now)
        return replace(out, text=text, files=(*out.files, *files)), tuple(to_set)

    def _told(self, found: Sequence[ReadyPaper], row: Claimed, ticket_id: int, now: datetime) -> str:
        """What each is; where cells are empty, the way to the page on which they are completed."""
        if not any(one.lacks for one in found) or row.person_id is None:
            return _listed(found, row.language)
        one = Pass("case", str(ticket_id), row.person_id, row.language)
        link = say("record.fill_link", link=self._rulebook.links.make(one, now))
        return f"{_listed(found, row.language)}\n{render(link, row.language)}"

    def of(
        self, session: Session, account_id: int, ticket_id: int, wanted: handing_out.Papers, now: datetime
    ) -> list[ReadyPaper]:
        """Those of the records that the person of this account may have now."""
        who = talk.who_is(session, account_id)
        actor = actor_of(who, now)
        ticket = sight.ticket_seen(session, viewer(actor), ticket_id=ticket_id)
        if ticket is None:
            return []
        sitting = Sitting(session=session, rulebook=self._rulebook, actor=actor, at=now, now=now)
        held = relations(actor, ticket)
        may_have = handing_out.theirs(sitting, ticket, held)
        case = case_file(sitting, ticket)
        copy = Copy.HOUSE if is_of_the_house(held) else Copy.OUTSIDE
        return [
            self._ready(
                standing(record, attempt, case, self._office),
                Printing(
                    at=now,
                    copy=copy,
                    zone=case.zone,
                    under=lines_under(record, attempt, case),
                    verify_url=self._rulebook.verify_links.url(case.numbers[(record, attempt)]),
                ),
            )
            for record, attempt in wanted
            if (record, attempt) in may_have
        ]

    def opened(self, session: Session, link: PaperLink, now: datetime) -> Opened | None:
        """What the link opens for its person now; None for nothing."""
        found = self.of(session, link.account_id, link.ticket_id, ((link.record, link.attempt),), now)
        return Opened(found[0], talk.who_is(session, link.account_id).language) if found else None

    def look(self, session: Session, link: PaperLink, now: datetime) -> Opened | None:
        """The same; at another person's case it is an event of it, once a person, record and day."""
        found = self.opened(session, link, now)
        if found is not None:
            actor = actor_of(talk.who_is(session, link.account_id), now)
            sitting = Sitting(session=session, rulebook=self._rulebook, actor=actor, at=now, now=now)
            ticket = locked(sitting, link.ticket_id)
            zone = self._rulebook.policy(session, ticket.policy_id).zone
            what = {"record": link.record.value, "attempt": link.attempt}
            looked_once(sitting, ticket, "record_seen", begins(now.astimezone(zone).date(), zone), what)
        return found

    def _ready(self, one: Standing, how: Printing) -> ReadyPaper:
        form = self._office.forms.of(one.paper.record, *one.paper.form)
        owed = open_cells(one.paper, form) if how.copy is Copy.HOUSE and not one.is_void else ()
        return ReadyPaper(
            record=one.paper.record,
            attempt=one.paper.attempt,
            name=_file_name(one, form.title),
            sheet=sheet(one.paper, form, replace(how, edition=one.edition, is_void=one.is_void)),
            said=_said(one, owed),
            lacks=bool(owed),
        )

    async def set(self, wanted: Sequence[ToSet]) -> None:
        """Write the files that are not there yet, on a thread."""
        for one in wanted:
            await asyncio.to_thread(self._write, one)

    def _write(self, one: ToSet) -> None:
        if not one.path.is_file():
            shelf.write(one.path, press(self._office.fonts).pdf(one.sheet))

    async def pdf(self, one: Sheet) -> bytes:
        """The record as PDF."""
        return await asyncio.to_thread(press(self._office.fonts).pdf, one)

    async def pictures(self, one: Sheet) -> list[bytes]:
        """One PNG a page."""
        return await asyncio.to_thread(press(self._office.fonts).png, one)

    async def word_file(self, one: Sheet) -> bytes:
        """The record as DOCX."""
        from records.writing_docx import docx  # its library takes a tenth of the start, and few ask for it

        return await asyncio.to_thread(docx, one)


def _key(one: Sheet) -> str:
    """What is set depends on the sheet alone."""
    return hashlib.sha256(repr(one).encode()).hexdigest()


def _file_name(one: Standing, title: str) -> str:
    """维护任务单-WHRW-2026-000001, with -第2版 from the second edition on; a slash would be a folder."""
    name = f"{title.replace('/', '-')}-{one.paper.number}"
    if one.edition is None or one.edition.number == 1:
        return name
    return f"{name}-第{one.edition.number}版"


def _said(one: Standing, owed: Sequence[Owed]) -> Say:
    edition = one.edition
    still = say("register.void") if one.is_void else say("register.open")
    return say(
        "record.given",
        record=one.paper.record.value,
        number=one.paper.number,
        edition=say("cell.edition", edition=edition.number) if edition is not None else still,
        empty=_empty(owed),
    )


def _empty(owed: Sequence[Owed]) -> Say | str:
    """Cells that nobody filled yet, with who owes them: for those who can fill them."""
    if not owed:
        return ""
    by_role: dict[Role, list[str]] = {}
    for one in owed:
        by_role.setdefault(one.by, []).append(one.label)
    cells = [
        say("record.owed", cells="、".join(labels), by=say(f"role.{role.value}"))
        for role, labels in by_role.items()
    ]
    return say("record.empty", cells=cells)


def _listed(found: Sequence[ReadyPaper], language: str) -> str:
    if not found:
        return render(say("record.none"), language)
    return "\n".join(render(one.said, language) for one in found)
