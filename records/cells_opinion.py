"""《用户意见反馈表》: what the customer said of the work, silence included (records §6)."""

from collections.abc import Sequence
from typing import Final

from agreement.words import CallOutcome, Record
from desk.case_file import CaseFile
from desk.happened import Happened
from desk.outcome_facts import OpinionFact
from records.cells import SIGNATURE, TEXT, Blank, Cell, Chosen, Field, choice, words
from records.conventions import CHANNELS, case_moment, moment, names, word
from records.letterhead import Letterhead
from records.telling_case import by_phone, line, signed

FIELDS: Final[dict[str, Field]] = {
    "school": TEXT,
    "project": TEXT,
    "order_number": TEXT,
    "engineers": TEXT,
    "served_at": TEXT,
    "work": TEXT,
    "mark": choice("5", "4", "3", "2", "1"),
    "items": TEXT,
    "solved": choice("yes", "partly", "no"),
    "words": TEXT,
    "way": choice("wechat", "web", "phone", "paper", "other"),
    "given_at": TEXT,
    "customer": SIGNATURE,
    "caller": TEXT,
    "call": TEXT,
    "measures": TEXT,
    "measures_by": TEXT,
    "measures_until": TEXT,
}
CALL = ("caller", "call")
MEASURES = ("measures", "measures_by", "measures_until")
NOBODY = (CallOutcome.UNREACHED, CallOutcome.WITHDRAWN)
REACHED = frozenset(one.value for one in CallOutcome if one not in NOBODY)
SOLVED = {"solved": "yes", "not_solved": "no"}


def cells(case: CaseFile, attempt: int, _head: Letterhead) -> dict[str, Cell]:
    """The opinion of that round: the reporter's last word, else that of whoever reported the same besides."""
    given = [one for one in case.opinions if one.round == attempt]
    own = [one for one in given if case.reporter is not None and one.by is not None and one.by.id == case.reporter.id]
    opinion = (own or given)[-1] if given else None
    done = [one for one in case.happened("done") if one.round == attempt]
    served = done[-1] if done else None
    return {
        "school": words(case.school),
        "project": words(case.project),
        "order_number": words(case.numbers.get((Record.WORK_ORDER, attempt), ""), Blank.NOT_APPLICABLE),
        "engineers": words(names(one.by for one in done if one.by)),
        "served_at": words(case_moment(case, served.at if served else None)),
        "work": words(served.words if served else ""),
        **_said(case, opinion),
        **_follow_up(case, attempt, opinion),
    }


def _said(case: CaseFile, opinion: OpinionFact | None) -> dict[str, Cell]:
    if opinion is None:
        empty = ("mark", "items", "solved", "words", "way", "given_at", "customer")
        return dict.fromkeys(empty, Blank.OPEN)
    if opinion.answer == "silence":
        return {
            "mark": Blank.NOT_APPLICABLE,
            "items": Blank.NOT_APPLICABLE,
            "solved": Chosen((), word("event.silence_stands")),
            "words": Blank.NOTHING,
            "way": Blank.NOT_APPLICABLE,
            "given_at": words(word("opinion.silent", at=moment(opinion.at, case.zone))),
            "customer": Blank.OPEN,
        }
    return {
        "mark": Chosen((str(opinion.mark),)) if opinion.mark else Blank.OPEN,
        "items": Blank.NOT_APPLICABLE,
        "solved": Chosen((SOLVED[opinion.answer],)),
        "words": words(opinion.words, Blank.NOTHING),
        "way": Chosen((opinion.channel if opinion.channel in CHANNELS else "other",)),
        "given_at": words(moment(opinion.at, case.zone)),
        "customer": signed(case, opinion.by, _event(case, opinion)),
    }


def _event(case: CaseFile, opinion: OpinionFact) -> Happened | None:
    """The tap itself. 没解决 on a closed case opens the next round, so its event counts there already."""
    found = [one for one in case.happened(opinion.answer) if one.at == opinion.at]
    return found[-1] if found else None


def _follow_up(case: CaseFile, attempt: int, opinion: OpinionFact | None) -> dict[str, Cell]:
    """Who called and what was said: after a low mark, and where the only answer came by phone (records §6)."""
    if opinion is not None and _is_low(case, opinion):
        calls = _calls(case, opinion)
        return {**_told(case, calls), **dict.fromkeys(MEASURES, Blank.OPEN)}
    answers = _answers_by_phone(case, attempt, opinion)
    none: dict[str, Cell] = dict.fromkeys((*CALL, *MEASURES), Blank.NOT_APPLICABLE)
    return none | _told(case, answers) if answers else none


def _told(case: CaseFile, calls: Sequence[Happened]) -> dict[str, Cell]:
    return {
        "caller": words(names(one.by for one in calls if one.by)),
        "call": words("\n".join(_called(case, one) for one in calls)),
    }


def _answers_by_phone(case: CaseFile, attempt: int, opinion: OpinionFact | None) -> list[Happened]:
    """Of somebody who stayed silent in chat: the silence stands as it was closed on, the call beside it. And of
    somebody whose very opinion came by phone."""
    if opinion is None or (opinion.answer != "silence" and opinion.channel != "phone"):
        return []
    return [
        one
        for one in case.happened("called_back")
        if one.round == attempt and one.at >= opinion.at and one.data.get("outcome") in REACHED
    ]


def _is_low(case: CaseFile, opinion: OpinionFact) -> bool:
    return opinion.mark is not None and opinion.mark <= case.low_mark


def _calls(case: CaseFile, opinion: OpinionFact) -> list[Happened]:
    """The calls that this mark brought about: those made before another low one came."""
    low = [one for one in case.opinions if _is_low(case, one)]
    return [
        call
        for call in case.happened("called_back")
        if next((one for one in reversed(low) if one.at <= call.at), None) is opinion
    ]


def _called(case: CaseFile, call: Happened) -> str:
    """2026-11-24 10:00 林客服：其他，希望备份安排在夜里，电话确认，记录人：林客服."""
    said = [word(f"call_outcome.{call.data.get('outcome')}"), *([call.words] if call.words else [])]
    if call.by is not None and call.data.get("outcome") in REACHED:
        said.append(by_phone(call.by))
    return line(case, call, "，".join(said))
