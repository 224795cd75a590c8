"""The lines of 电子确认 under a record: who confirmed, by which account, when, with which digest (records §9.4).

Honest words: 电子确认, never 电子签名.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from agreement.records import confirms
from agreement.words import Record
from desk.case_file import CaseFile
from desk.outcome_facts import ConfirmationFact
from records.conventions import LANGUAGE, channel, second, word
from texts.say import sentences

MESSAGE: Final = 40  # signs of a platform's id
# Event → whose tap it was, as the records name them: a row for each that `agreement/records.py` has under a record.
CONFIRMED_BY: Final[Mapping[str, str]] = {
    "agree": "signer.representative",
    "confirm_request": "signer.representative",
    "solved": "signer.customer",
    "no_objection": "signer.customer",
    "urgent": "signer.customer",
    "resort": "signer.customer",
    "done": "signer.engineer",
    "accept": "signer.lead",
    "reject": "signer.lead",
    "test": "signer.engineer",
    "close": "signer.desk",
    "archive": "signer.archivist",
}
SHOWN: Final = 16  # digits of a digest, enough to compare by eye


def lines_under(record: Record, attempt: int, case: CaseFile) -> tuple[str, ...]:
    """The lines for that record, oldest first."""
    events = {one.id: one for one in case.events}
    with_events = ((one, events[one.event_id]) for one in case.confirmations)
    return tuple(
        _line(case, one)
        for one, event in with_events
        if confirms(record, attempt, event.name, in_round=event.round, of_try=event.data.get("attempt"))
    )


def _line(case: CaseFile, one: ConfirmationFact) -> str:
    where = channel(one.channel) if one.channel else word("cell.online")
    return word(
        "cell.confirmed_line",
        signer=word(CONFIRMED_BY[one.event]),
        name=one.by.name if one.by is not None else word("cell.unknown"),
        where=_bound(where, one.bound_how),
        at=second(one.at, case.zone),
        zone=f"UTC{one.at.astimezone(case.zone):%z}"[:6],
        what=word(f"event.{one.event}"),
        digest=one.digest[:SHOWN],
        more="".join(_more(one)),
    )


def _bound(where: str, how: str) -> str:
    """微信，账号已绑定（邀请码）."""
    known = sentences(LANGUAGE).get(f"bound_how.{how}", how)
    return word("cell.bound", where=where, how=known) if how else where


def _more(one: ConfirmationFact) -> Iterator[str]:
    """What stood on the screen, the platform's own id of the tap, the number of the confirmation."""
    if one.shown_digest:
        yield word("cell.confirmed_shown", digest=one.shown_digest[:SHOWN])
    if one.message:
        yield word("cell.confirmed_message", message=one.message[:MESSAGE])
    if one.number:
        yield word("cell.confirmed_number", number=one.number)
