"""Sealing an archived case: every edition as content and as print, every attachment, then timeline, evidence and a
list of contents, so that none of them can be kept back unseen.

《归档记录》 lists where the others stand in the chain, so they are sealed first and it is sealed when it is closed; a
correction afterwards is another edition, sealed behind. Nothing that was sealed is ever sealed again.
"""

import json
import mimetypes
from collections.abc import Iterator, Sequence
from typing import Final

from sqlalchemy import select

from agreement.canonical import canonical_json
from agreement.chain import Sealed, sha256
from agreement.words import Record
from desk import sealed_contents
from desk.access import locked
from desk.chaining import ToSeal, add, new_salt
from desk.sitting import Sitting
from storage.tables import Archived, Attachment, ChainLink, RecordEdition, Ticket

EDITIONS: Final = Sealed.RECORD, Sealed.PRINT


def seal(sitting: Sitting, ticket_id: int) -> int:
    """Seal what this case holds and the chain does not yet. Returns how many links that made; 0 also before 归档."""
    ticket = locked(sitting, ticket_id)
    if sitting.session.scalar(select(Archived.id).where(Archived.ticket_id == ticket.id)) is None:
        return 0
    editions = _unsealed_editions(sitting, ticket)
    found = [*_records(ticket, editions), *_attachments(sitting, ticket)]
    if any(one.record == Record.ARCHIVE.value for one in editions):
        found += [_history(sitting, ticket, kind) for kind in (Sealed.TIMELINE, Sealed.EVIDENCE)]
    if not found:
        return 0
    add(sitting, found)
    if Sealed.TIMELINE in {one.kind for one in found}:
        add(sitting, contents_of(sitting, ticket))
    return len(found)


def folder(ticket: Ticket) -> str:
    """Where a case lies in an export. Nothing personal stands in a path: paths outlive an erasure."""
    return f"cases/{ticket.number}"


def _unsealed_editions(sitting: Sitting, ticket: Ticket) -> Sequence[RecordEdition]:
    sealed = select(ChainLink.edition_id).where(
        ChainLink.ticket_id == ticket.id, ChainLink.edition_id.is_not(None)
    )
    query = select(RecordEdition).where(
        RecordEdition.ticket_id == ticket.id, RecordEdition.id.not_in(sealed)
    )
    return sitting.session.scalars(query.order_by(RecordEdition.id)).all()


def _records(ticket: Ticket, editions: Sequence[RecordEdition]) -> Iterator[ToSeal]:
    for one in editions:
        place = f"{folder(ticket)}/records/{one.number}-{one.edition}"
        digests = {Sealed.RECORD: (one.digest, "json"), Sealed.PRINT: (one.print_digest, "pdf")}
        for kind, (digest, ending) in digests.items():
            if digest:
                path = f"{place}.{ending}"
                yield ToSeal(kind=kind, path=path, sha256=digest, ticket_id=ticket.id, edition_id=one.id)


def _attachments(sitting: Sitting, ticket: Ticket) -> Iterator[ToSeal]:
    """Those whose bytes are here; a place has none."""
    sealed = select(ChainLink.attachment_id).where(
        ChainLink.ticket_id == ticket.id, ChainLink.attachment_id.is_not(None)
    )
    query = select(Attachment).where(
        Attachment.ticket_id == ticket.id, Attachment.digest != "", Attachment.id.not_in(sealed)
    )
    for one in sitting.session.scalars(query.order_by(Attachment.id)):
        path = f"{folder(ticket)}/attachments/{one.id}{mimetypes.guess_extension(one.media_type) or ''}"
        yield ToSeal(
            kind=Sealed.ATTACHMENT, path=path, sha256=one.digest, ticket_id=ticket.id, attachment_id=one.id
        )


def _history(sitting: Sitting, ticket: Ticket, kind: Sealed) -> ToSeal:
    make = sealed_contents.timeline if kind is Sealed.TIMELINE else sealed_contents.evidence
    return _written(sitting, ticket, kind, make(sitting, ticket))


def contents_of(sitting: Sitting, ticket: Ticket) -> list[ToSeal]:
    """Every link of this case so far, by number, kind and path; from the second list on, announced.

    Each list holds the salt under which the next one will be announced: whoever has the list can look for that link,
    so that the next list and what is new in it cannot be kept back; whoever has not, learns nothing from it.
    """
    rows = sitting.session.execute(
        select(ChainLink.n, ChainLink.kind, ChainLink.path)
        .where(ChainLink.ticket_id == ticket.id)
        .order_by(ChainLink.n)
    )
    listed = [[n, kind, path] for n, kind, path in rows]
    content = canonical_json({"case": ticket.number, "links": listed, "next": new_salt()})
    contents = _written(sitting, ticket, Sealed.CASE, content)
    return [*_announced(sitting, ticket, contents.path), contents]


def _announced(sitting: Sitting, ticket: Ticket, path: str) -> Iterator[ToSeal]:
    before = sitting.session.scalar(
        select(ChainLink.content)
        .where(ChainLink.ticket_id == ticket.id, ChainLink.kind == Sealed.CASE.value)
        .order_by(ChainLink.n.desc())
        .limit(1)
    )
    if before is not None:
        yield ToSeal(
            kind=Sealed.NEXT,
            path=path.replace("/contents-", "/next-").replace(".json", ".txt"),
            sha256=sha256(path.encode()),
            ticket_id=ticket.id,
            content=path,
            salt=json.loads(before)["next"],
        )


def _written(sitting: Sitting, ticket: Ticket, kind: Sealed, content: str) -> ToSeal:
    """The next of this kind: timeline-1.json, timeline-2.json after a correction."""
    made = sitting.session.scalars(
        select(ChainLink.n).where(ChainLink.ticket_id == ticket.id, ChainLink.kind == kind.value)
    ).all()
    name = "contents" if kind is Sealed.CASE else kind.value
    path = f"{folder(ticket)}/{name}-{len(made) + 1}.json"
    return ToSeal(
        kind=kind, path=path, sha256=sha256(content.encode()), ticket_id=ticket.id, content=content
    )
