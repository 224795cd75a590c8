"""The lines of 电子确认 under a record: who confirmed, by which account, when, with which digest (records §9.4).

Honest words: 电子确认, never 电子签名. Whoever numbers the confirmations or knows more of them adds it here.
"""

from collections.abc import Mapping
from typing import Final

from agreement.words import Record
from desk.case_file import CaseFile, ConfirmationFact, Happened
from records.conventions import channel, second, word
from records.telling_case import CONFIRMED_BY

CONFIRMS: Final[Mapping[str, tuple[Record, ...]]] = {
    # event → the records under which its confirmation stands
    "agree": (Record.REVIEW, Record.WORK_ORDER),
    "solved": (Record.OPINION,),
    "accept": (Record.ACCEPTANCE,),
    "no_objection": (Record.RECEIPT,),
    "urgent": (Record.REGISTER,),
    "resort": (Record.REGISTER,),
    "test": (Record.WORK_ORDER,),
}
BY_ROUND: Final = frozenset({Record.WORK_ORDER, Record.OPINION})
SHOWN: Final = 16  # digits of a digest, enough to compare by eye


def lines_under(record: Record, attempt: int, case: CaseFile) -> tuple[str, ...]:
    """The lines for that record, oldest first."""
    events = {one.id: one for one in case.events}
    return tuple(
        _line(case, one)
        for one in case.confirmations
        if record in CONFIRMS.get(one.event, ()) and _belongs(record, attempt, events[one.event_id])
    )


def _belongs(record: Record, attempt: int, event: Happened) -> bool:
    if record is Record.ACCEPTANCE:
        return event.data.get("attempt") == attempt
    return event.round == attempt if record in BY_ROUND else True


def _line(case: CaseFile, one: ConfirmationFact) -> str:
    where = channel(one.channel) if one.channel else word("cell.online")
    return word(
        "cell.confirmed_line",
        signer=word(CONFIRMED_BY.get(one.event, "signer.engineer")),
        name=one.by.name if one.by is not None else word("cell.unknown"),
        where=word("cell.bound", where=where) if one.bound_how else where,
        at=second(one.at, case.zone),
        zone=f"UTC{one.at.astimezone(case.zone):%z}"[:6],
        what=word(f"event.{one.event}"),
        digest=one.digest[:SHOWN],
    )
