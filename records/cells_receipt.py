"""《客户回执》: a letter that says why nothing is maintained, and until when to object (records §4)."""

from typing import Final

from desk.case_file import CaseFile
from desk.happened import Happened
from desk.paper_facts import SentFact
from records.cells import SIGNATURE, TEXT, Blank, Cell, Chosen, Field, choice, words
from records.conventions import case_moment, channel, moment, word
from records.letterhead import Letterhead
from records.telling_case import last, signed

FIELDS: Final[dict[str, Field]] = {
    "school": TEXT,
    "contact": TEXT,
    "problem": TEXT,
    "reported_at": TEXT,
    "reason": TEXT,
    "until_at": TEXT,
    "hotline": TEXT,
    "vendor": TEXT,
    "sender": TEXT,
    "sent_at": TEXT,
    "way": TEXT,
    "delivery": TEXT,
    "objection": choice("none", "objects"),
    "customer": SIGNATURE,
    "seal": SIGNATURE,
}
QUOTED = 120  # characters of what was reported: the letter names the matter, the register holds it


def cells(case: CaseFile, _attempt: int, head: Letterhead) -> dict[str, Cell]:
    """The newest receipt of the case: objected to and sent again it is the next edition under its number."""
    sent = last(case.happened("decline"))
    answer = last(one for one in case.happened("no_objection", "object") if sent and one.id > sent.id)
    return {
        "school": words(case.school),
        "contact": words(case.reporter.name if case.reporter else ""),
        "problem": words(_quoted(case.text)),
        "reported_at": words(moment(case.reported_at, case.zone)),
        "hotline": words(
            word("receipt.hotline", hotline=head.hotline) if head.hotline else word("receipt.here")
        ),
        "vendor": words(head.vendor),
        "seal": Blank.OPEN,
        **_sending(case, sent),
        "delivery": words(_delivery(case, sent, answer)),
        "objection": _objection(answer),
        "customer": signed(case, answer.by if answer else None, answer),
    }


def _quoted(text: str) -> str:
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= QUOTED else one_line[: QUOTED - 1] + "…"


def _sending(case: CaseFile, sent: Happened | None) -> dict[str, Cell]:
    if sent is None or sent.by is None:
        return dict.fromkeys(("reason", "until_at", "sender", "sent_at", "way"), Blank.OPEN)
    ways = dict.fromkeys(channel(one.channel) for one in case.sent if one.event_id == sent.id)
    until = case.objection_until_at
    return {
        "reason": words(sent.words),
        "until_at": words(moment(until, case.zone) if until is not None else ""),
        "sender": words(sent.by.name),
        "sent_at": words(moment(sent.at, case.zone)),
        "way": words("、".join(ways)),
    }


def _delivery(case: CaseFile, sent: Happened | None, answer: Happened | None) -> str:
    """Filled when the matter is settled: when it arrived, and where nobody answered, until when nobody objected.

    No answer is not consent, and the letter that is sent out cannot tell yet that it arrived.
    """
    over = last(one for one in case.happened("objection_over") if sent and one.id > sent.id)
    if sent is None or (answer is None and over is None):
        return ""
    arrived = [one for one in case.sent if one.event_id == sent.id and one.sent_at is not None]
    said = [_arrival(case, one) for one in arrived[:1]]
    if answer is None and over is not None:
        said.append(word("receipt.silent", at=moment(over.at, case.zone)))
    return "，".join(said)


def _arrival(case: CaseFile, one: SentFact) -> str:
    return word("receipt.arrived", at=case_moment(case, one.sent_at), way=channel(one.channel))


def _objection(answer: Happened | None) -> Cell:
    if answer is None:
        return Blank.OPEN
    return Chosen(("none",)) if answer.name == "no_objection" else Chosen(("objects",), answer.words)
