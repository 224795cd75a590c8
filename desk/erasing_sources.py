"""Erasing a person from what records are projected from: else the next edition would bring the name back.

Rows stay, with their moments and their authors' ids; only words in them change. What was confirmed and what was asked
for in writing has the digest of its text beside it: the text without the name has its own.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import select, update

from agreement.chain import sha256
from desk.redacting import Redaction
from desk.sitting import Sitting
from storage.search import bigrams
from storage.tables import (
    Acceptance,
    Attachment,
    Confirmation,
    Event,
    Finding,
    Opinion,
    Plan,
    PlanStep,
    RecordEdition,
    Review,
    SignIn,
    StrictTest,
    Table,
    Ticket,
    Visit,
    WorkOrder,
    WrittenRequest,
)

# Columns with words of people, of rows that belong to a ticket.
WORDS: Final[Mapping[type[Table], Sequence[str]]] = {
    Acceptance: ("words",),
    Attachment: ("name",),
    Confirmation: ("content", "shown"),
    Event: ("data",),
    Finding: ("words",),
    Opinion: ("words",),
    RecordEdition: ("reason",),
    Review: ("reason",),
    StrictTest: ("environment", "cases", "result"),
    WorkOrder: ("words",),
    WrittenRequest: ("words",),  # its text before all others: they have its digest
}
TICKET: Final = ("text", "place")
STEP: Final = ("what", "words")
# The digest that stands beside a text: table, text, digest.
DIGESTS: Final = (
    (Confirmation, "content", "digest"),
    (Confirmation, "shown", "shown_digest"),
    (WrittenRequest, "text", "digest"),
)


def reword(sitting: Sitting, ticket: Ticket, words: Redaction) -> Mapping[str, str]:
    """Take these words out of the ticket and of everything that was written about it.

    Old digest → new one of each text that has one and named the person: what is sealed names it by that.
    """
    if _changed(ticket, TICKET, words):
        ticket.search = bigrams(f"{ticket.text} {ticket.place} {ticket.system}")
    renamed = _requests(sitting, ticket, words)
    for table, columns in WORDS.items():
        for row in sitting.session.scalars(select(table).filter_by(ticket_id=ticket.id)):
            renamed |= _digested(row, _changed(row, columns, words, renamed))
    steps = select(PlanStep).join(Plan, Plan.id == PlanStep.plan_id).where(Plan.ticket_id == ticket.id)
    for step in sitting.session.scalars(steps):
        _changed(step, STEP, words)
    return renamed


def forget_places(sitting: Sitting, person_id: int) -> None:
    """Where the person's phone said they were, at 到场 and at 签到; that they were there stays."""
    gone = (
        update(Visit).where(Visit.person_id == person_id).values(place=None),
        update(SignIn).where(SignIn.person_id == person_id).values(spot={}),
    )
    for each in gone:
        sitting.session.execute(each)


def _requests(sitting: Sitting, ticket: Ticket, words: Redaction) -> dict[str, str]:
    """Old digest → new one of each written request that named the person: events and confirmations name it by that,
    and whoever guesses the name would find it by the old one."""
    renamed: dict[str, str] = {}
    for row in sitting.session.scalars(select(WrittenRequest).filter_by(ticket_id=ticket.id)):
        renamed |= _digested(row, _changed(row, ("text",), words))
    return renamed


def _changed(
    row: Table, columns: Sequence[str], words: Redaction, renamed: Mapping[str, str] | None = None
) -> frozenset[str]:
    """The columns that named the person; they do not any more."""
    changed = set()
    for column in columns:
        old = getattr(row, column)
        new = words.value(old, renamed)
        if isinstance(new, str):
            new = by_new_digests(new, renamed or {})
        if new != old:
            setattr(row, column, new)
            changed.add(column)
    return frozenset(changed)


def by_new_digests(text: str, renamed: Mapping[str, str]) -> str:
    """The same text, also JSON within JSON, with each of these digests as it is now."""
    for digest, digest_now in renamed.items():
        text = text.replace(digest, digest_now)
    return text


def _digested(row: Table, changed: frozenset[str]) -> dict[str, str]:
    """The digests beside the columns that changed are made anew: old → new."""
    renamed: dict[str, str] = {}
    for table, text, digest in DIGESTS:
        if isinstance(row, table) and text in changed:
            old = getattr(row, digest)
            setattr(row, digest, sha256(getattr(row, text).encode()))
            renamed |= {old: getattr(row, digest)} if old else {}
    return renamed
