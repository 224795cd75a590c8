"""Erasing a person from the archive: what named them is kept without their name, and the chain still adds up.

A link covers a salted digest. With its salt dropped nobody can tell any more what it covered, nor guess it; the link
itself stays, and so does every link after it. What was erased is named by number in a link of its own, so that nothing
can be removed by merely calling it erased. The redacted edition is sealed anew behind.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from agreement.canonical import canonical_json
from agreement.chain import NAMED_BY_EVER, Sealed, sha256
from desk import erasing_sources, erasing_talks
from desk.chaining import ToSeal, add
from desk.redacting import GONE, Redaction, redaction
from desk.sealed_contents import masked
from desk.sealing import contents_of
from desk.sitting import Sitting
from storage.tables import (
    Account,
    Archived,
    Attachment,
    ChainLink,
    EarlierSelf,
    Event,
    Person,
    RecordEdition,
    Ticket,
)

GIVEN: Final = ("assign", "hand_over")  # events that name whom the case was given to


@dataclass(frozen=True)
class Erased:
    """What was done: the links that lost their salt, and names of files that nothing needs any more."""

    links: tuple[int, ...]
    files: tuple[str, ...]


def erase(sitting: Sitting, person_id: int, *, reason: str) -> Erased:
    """Take this person's name, phone, accounts and files out of the archive, of what was said and sent, and of the
    list of people."""
    people = _selves(sitting, person_id)
    words = _words(sitting, people)
    theirs = frozenset(one.id for one in people)
    found, files = [], []
    tickets = _tickets(sitting, theirs)
    archived = set(sitting.session.scalars(select(Archived.ticket_id).where(Archived.ticket_id.in_(tickets))))
    for ticket in tickets.values():
        digests = erasing_sources.reword(sitting, ticket, words)
        if ticket.id not in archived:
            continue
        gone, sealed_anew = _case(sitting, ticket, theirs, words, digests)
        found.append((ticket, gone, sealed_anew))
        files += [one.sha256 for one in gone if one.kind in {Sealed.PRINT.value, Sealed.ATTACHMENT.value}]
    numbers = tuple(one.n for _, gone, _ in found for one in gone)
    if numbers:
        _seal(sitting, found, numbers, reason)
    files += _not_archived(sitting, theirs, words)
    for person in people:
        files += erasing_talks.forget(sitting, person.id, words, list(tickets))
        erasing_sources.forget_places(sitting, person.id)
        person.name, person.phone = GONE, ""
    sitting.session.flush()
    return Erased(numbers, tuple(_unneeded(sitting, files)))


def named(session: Session, text: str) -> list[int]:
    """The people of this name, or of this id."""
    if text.isdecimal():
        return list(session.scalars(select(Person.id).where(Person.id == int(text))))
    return list(session.scalars(select(Person.id).where(Person.name == text).order_by(Person.id)))


def _selves(sitting: Sitting, person_id: int) -> list[Person]:
    """The person, and who they were by a name of their own before an invite said who they are."""
    earlier = select(EarlierSelf.person_id).where(EarlierSelf.became_id == person_id)
    query = select(Person).where(or_(Person.id == person_id, Person.id.in_(earlier))).order_by(Person.id)
    found = list(sitting.session.scalars(query))
    if person_id not in {one.id for one in found}:
        raise LookupError(f"no person {person_id}")
    return found


def _words(sitting: Sitting, people: Sequence[Person]) -> Redaction:
    """What names this person in a text. Another's name that holds theirs stays: 李建国 is not 李建."""
    theirs = [one.id for one in people]
    accounts = sitting.session.scalars(select(Account.external).where(Account.person_id.in_(theirs)))
    parts = [part for one in people for part in _named_by(one)]
    parts += [one for external in accounts for one in (external, masked(external))]
    longer = or_(*(Person.name.contains(one.name, autoescape=True) for one in people))
    return redaction(parts, sitting.session.scalars(select(Person.name).where(longer, Person.id.not_in(theirs))))


def _named_by(person: Person) -> tuple[str, ...]:
    phone = person.phone
    return person.name, phone, f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else ""


def _with(theirs: Set[int]) -> ColumnElement[bool]:
    """Reported, acted, or was given the case by 指派 or 转交, also where they never did a thing in it."""
    acted = select(Event.ticket_id).where(Event.actor_id.in_(theirs))
    given = select(Event.ticket_id).where(Event.name.in_(GIVEN), Event.data["to"].as_integer().in_(theirs))
    own = or_(Ticket.reporter_id.in_(theirs), Ticket.assignee_id.in_(theirs))
    return or_(own, Ticket.id.in_(acted), Ticket.id.in_(given))


def _tickets(sitting: Sitting, theirs: Set[int]) -> dict[int, Ticket]:
    """The cases in which the person had a part, by id: archived, ended or open."""
    query = select(Ticket).where(_with(theirs)).order_by(Ticket.id).with_for_update()
    return {ticket.id: ticket for ticket in sitting.session.scalars(query)}


def _not_archived(sitting: Sitting, theirs: Set[int], words: Redaction) -> list[str]:
    """Closed records that no chain covers yet are made without the name; the files of their prints."""
    query = (
        select(RecordEdition)
        .join(Ticket, Ticket.id == RecordEdition.ticket_id)
        .where(_with(theirs), Ticket.id.not_in(select(Archived.ticket_id)))
        .order_by(RecordEdition.id)
        .with_for_update(of=RecordEdition)
    )
    prints: list[str] = []
    renamed: dict[str, str] = {}
    for edition in sitting.session.scalars(query):
        printed = edition.print_digest
        if _redacted(edition, words, renamed):
            prints.append(printed)
    return [one for one in prints if one]


def _case(
    sitting: Sitting, ticket: Ticket, theirs: Set[int], words: Redaction, digests: Mapping[str, str]
) -> tuple[list[ChainLink], list[ToSeal]]:
    """Redact what names the person, also by a digest of words with the name: old → new. (links that are erased, what
    is sealed in their place)."""
    rows = sitting.session.scalars(
        select(ChainLink).where(ChainLink.ticket_id == ticket.id, ChainLink.salt != "").order_by(ChainLink.n)
    ).all()
    editions = {
        one.id: one
        for one in sitting.session.scalars(select(RecordEdition).where(RecordEdition.ticket_id == ticket.id))
    }
    gone: list[ChainLink] = []
    anew: list[ToSeal] = []
    renamed: dict[str, str] = {}  # digests that 《归档记录》 prints
    for row in rows:
        if row.kind == Sealed.RECORD.value and row.edition_id is not None:
            made = _edition(row, editions[row.edition_id], words, renamed)
            gone += [row, *_print_of(rows, row)] if made is not None else []
            anew += [made] if made is not None else []
        elif row.kind in {Sealed.TIMELINE.value, Sealed.EVIDENCE.value}:
            text = words.canonical(erasing_sources.by_new_digests(row.content, digests), renamed)
            if text != row.content:
                gone.append(row)
                anew.append(_again(row, text))
        elif row.kind == Sealed.ATTACHMENT.value:
            sent = sitting.session.get(Attachment, row.attachment_id)
            if sent is not None and sent.person_id in theirs:
                sent.path, sent.digest, sent.name, sent.state = "", "", "", "erased"
                gone.append(row)
    return gone, anew


def _edition(
    row: ChainLink, edition: RecordEdition, words: Redaction, renamed: dict[str, str]
) -> ToSeal | None:
    """The edition without the person; None where it does not name them. Its print is made anew when asked for."""
    return _again(row, "", edition.digest) if _redacted(edition, words, renamed) else None


def _redacted(edition: RecordEdition, words: Redaction, renamed: dict[str, str]) -> bool:
    """Whether it named the person; it does not any more, and has another digest."""
    text = words.canonical(edition.content, renamed)
    if text == edition.content:
        return False
    digest = sha256(text.encode())
    renamed |= {edition.digest[:digits]: digest[:digits] for digits in NAMED_BY_EVER}
    edition.content, edition.digest, edition.print_digest = text, digest, ""
    return True


def _again(row: ChainLink, content: str, digest: str = "") -> ToSeal:
    """The redacted thing, beside the place of the old one."""
    stem, _, ending = row.path.rpartition(".")
    return ToSeal(
        kind=Sealed(row.kind),
        path=f"{stem}.redacted-{row.n}.{ending}",
        sha256=digest or sha256(content.encode()),
        ticket_id=row.ticket_id,
        edition_id=row.edition_id,
        content=content,
    )


def _print_of(rows: Sequence[ChainLink], record: ChainLink) -> list[ChainLink]:
    return [one for one in rows if one.kind == Sealed.PRINT.value and one.edition_id == record.edition_id]


def _seal(
    sitting: Sitting,
    found: Sequence[tuple[Ticket, list[ChainLink], list[ToSeal]]],
    numbers: tuple[int, ...],
    reason: str,
) -> None:
    """Drop the salts, say so in the chain, seal what stands in their place."""
    for _, gone, _ in found:
        for row in gone:
            row.salt = row.sha256 = row.content = ""
    said = canonical_json({"erased": list(numbers), "reason": reason, "at": sitting.now})
    first = sitting.now.strftime("%Y%m%d")
    erasure = ToSeal(
        kind=Sealed.ERASURE,
        path=f"erasures/{first}-{numbers[0]}.json",
        sha256=sha256(said.encode()),
        content=said,
    )
    sitting.session.flush()
    add(sitting, [erasure, *(one for _, _, anew in found for one in anew)])
    add(sitting, [one for ticket, gone, _ in found if gone for one in contents_of(sitting, ticket)])


def _unneeded(sitting: Sitting, files: Sequence[str]) -> list[str]:
    """Those names of files that no row speaks of any more: two people may have sent the same picture."""
    columns = (ChainLink.sha256, RecordEdition.print_digest, Attachment.digest)
    used = {
        one for column in columns for one in sitting.session.scalars(select(column).where(column.in_(files)))
    }
    return sorted(set(files) - used)
