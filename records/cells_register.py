"""《客户咨询/反馈登记表》: what was reported, when and how; closed with the first human answer (records §2)."""

from typing import Final

from agreement.words import Promise
from desk.case_file import CaseFile
from desk.happened import Happened
from desk.paper_facts import AttachedFact
from records.cells import PHONE, TEXT, Blank, Cell, Chosen, Field, choice, rows, table, words
from records.conventions import CHANNELS, moment, word
from records.letterhead import Letterhead
from records.telling_case import promised, urgency, where, with_department

FIELDS: Final[dict[str, Field]] = {
    "registered_at": TEXT,
    "registered_by": TEXT,
    "way": choice(*CHANNELS, "other"),
    "school": TEXT,
    "project": TEXT,
    "contract": TEXT,
    "contact": TEXT,
    "position": TEXT,
    "phone": PHONE,
    "place": TEXT,
    "reported_at": TEXT,
    "kind": choice(
        "consultation", "fault", "usability", "performance", "in_scope", "customised", "complaint"
    ),
    "urgency": choice("normal", "urgent"),
    "text": TEXT,
    "attached": TEXT,
    "wish": TEXT,
    "promises": table(3),
    "answer": TEXT,
    "answered_by": TEXT,
    "answered_at": TEXT,
    "passed_to": TEXT,
}
ANSWERS = ("acknowledge", "answered_at_once")
SAID_WITH_IT = ("answer", "ask", "done", "decline")  # an act of work that acknowledged by itself
KINDS_OF_FILE = ("photo", "voice", "video", "file", "location")
BEGUN_LATER = frozenset({Promise.PLAN_STEP, Promise.CUSTOM_START})  # no promise of the report


def cells(case: CaseFile, _attempt: int, _head: Letterhead) -> dict[str, Cell]:
    """The register's cells; one record for each case, whatever comes after."""
    answer = next(iter(case.happened(*ANSWERS)), None)
    first = [one for one in case.promises if one.round == 1 and one.promise not in BEGUN_LATER]
    return {
        "registered_at": words(moment(case.registered_at, case.zone)),
        "registered_by": words(_registered_by(case)),
        "way": Chosen((case.channel if case.channel in CHANNELS else "other",)),
        "school": words(case.school),
        "project": words(case.project),
        "contract": words(case.contract, Blank.NOT_APPLICABLE),
        "contact": words(case.reporter.name if case.reporter else ""),
        "position": words(_position(case), Blank.NOT_APPLICABLE),
        "phone": words(case.reporter.phone if case.reporter else ""),
        "place": words(where(case), Blank.NOT_APPLICABLE),
        "reported_at": words(moment(case.reported_at, case.zone)),
        "kind": _kind(case),
        "urgency": urgency(case, 1),
        "text": words(_text(case)),
        "attached": words(_attached(case, answer), Blank.NOTHING),
        "wish": Blank.NOT_APPLICABLE,
        "promises": rows(promised(case, first)),
        **_answered(case, answer),
    }


def _kind(case: CaseFile) -> Chosen:
    """投诉 is no kind but a tick of its own beside any (records §2)."""
    return Chosen((case.kind, "complaint")) if case.happened("complaint") else Chosen((case.kind,))


def _registered_by(case: CaseFile) -> str:
    reports = case.happened("report")
    by = reports[0].by if reports else None
    if by is not None and case.reporter is not None and by.id != case.reporter.id:
        return with_department(by)
    return word("cell.by_itself") + (word("cell.unconfirmed") if case.is_unconfirmed else "")


def _position(case: CaseFile) -> str:
    return (
        "、".join(word(f"role.{role.value}") for role in sorted(case.reporter.roles)) if case.reporter else ""
    )


def _text(case: CaseFile) -> str:
    """The words as filed; a correction by the reporter takes their place."""
    corrected = case.happened("edited")
    return corrected[-1].words if corrected else case.text


def _attached(case: CaseFile, answer: Happened | None) -> str:
    """What came along before anybody answered, by kind, each with the first digits of its digest."""
    until = answer.id if answer is not None else None
    events = {one.id for one in case.happened("report", "add") if until is None or one.id < until}
    found = [one for one in case.attached if one.event_id in events]
    lines = []
    for kind in KINDS_OF_FILE:
        if of_kind := [one for one in found if one.kind == kind]:
            listed = "、".join(_file(one) for one in of_kind)
            lines.append(word(f"attached.{kind}", count=len(of_kind), listed=listed))
    return "\n".join(lines)


def _file(one: AttachedFact) -> str:
    name = one.name or word("attached.unnamed")
    return f"{name}（{one.digest[:8]}）" if one.digest else name


def _answered(case: CaseFile, answer: Happened | None) -> dict[str, Cell]:
    if answer is None or answer.by is None:
        empty = ("answer", "answered_by", "answered_at", "passed_to")
        return dict.fromkeys(empty, Blank.OPEN)
    together = (one for one in case.happened(*SAID_WITH_IT) if one.at == answer.at and one.by == answer.by)
    first = next(together, None)  # later words of the same moment are no part of the answer
    said = [word(f"event.{answer.name}"), *([first.words] if first is not None and first.words else ())]
    engineer = next(iter(case.happened("acknowledge")), None)
    taken_by = engineer.by if engineer is not None else None
    return {
        "answer": words("：".join(said)),
        "answered_by": words(answer.by.name),
        "answered_at": words(moment(answer.at, case.zone)),
        "passed_to": words(with_department(taken_by) if taken_by is not None else ""),
    }
