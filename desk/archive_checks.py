"""The four checks of a case, each named, with its result and a remark: asked before 归档, printed on 《归档记录》.

Pure: the case is read before. What stops a case stands in `agreement/archive.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Final

from agreement.archive import CHECKS, Check, Result, stops
from agreement.chain import sha256
from desk.case_file import CaseFile
from texts.say import Say, say

PROGRAMS: Final = frozenset(
    {".exe", ".com", ".bat", ".cmd", ".msi", ".scr", ".ps1", ".vbs", ".js", ".jar", ".apk", ".sh", ".dll", ".hta"}
    | {".lnk", ".pif", ".reg", ".wsf"}
)


@dataclass(frozen=True)
class Checked:
    """What one check came to; `remark` says what was found, empty where there is nothing to say."""

    check: Check
    result: Result
    remark: Say | str = ""

    @property
    def stops(self) -> bool:
        """Whether the case may not be archived now."""
        return stops(self.check, self.result)

    @property
    def said(self) -> Say | str:
        """What is missing in its own words; of another check its name before them."""
        if self.check is Check.RECORDS:
            return self.remark
        return say("check.line", check=say(f"check.{self.check.value}"), remark=self.remark)


def checked(case: CaseFile) -> tuple[Checked, ...]:
    """All checks of this case, in their order."""
    return tuple(RULES[check](case) for check in CHECKS)


def _records(case: CaseFile) -> Checked:
    missing = [
        say(
            "record.missing",
            record=one.record.value,
            what=say(one.what),
            owner=say(f"role.{one.owed_by.value}"),
        )
        for one in case.missing
    ]
    return _failed_if(Check.RECORDS, bool(missing), say("check.missing", what=missing))


def _numbers(case: CaseFile) -> Checked:
    """Each edition bears the number that its record was given, and no two records have one number."""
    wrong = [one for one in case.editions if case.numbers.get((one.record, one.attempt)) != one.number]
    given = list(case.numbers.values())
    return _failed_if(Check.NUMBERS, bool(wrong) or len(set(given)) < len(given), say("check.numbers_differ"))


def _cells(case: CaseFile) -> Checked:
    count = sum(len(one.left_open) for one in case.newest().values())
    return _noted_if(Check.CELLS, count, "check.cells_open")


def _attachments(case: CaseFile) -> Checked:
    states = [one.state for one in case.attached]
    if "wanted" in states:
        return Checked(
            Check.ATTACHMENTS, Result.WAITING, say("check.attachments_wanted", count=states.count("wanted"))
        )
    return _noted_if(Check.ATTACHMENTS, states.count("failed"), "check.attachments_failed")


def _digests(case: CaseFile) -> Checked:
    wrong = [one.number for one in case.editions if sha256(one.content.encode()) != one.digest]
    wrong += [one.number for one in case.confirmations if not one.is_intact]
    return _failed_if(Check.DIGESTS, bool(wrong), say("check.digests_differ", what="、".join(wrong)))


def _confirmations(case: CaseFile) -> Checked:
    unbound = [one for one in case.confirmations if one.by is None]
    return _noted_if(Check.CONFIRMATIONS, len(unbound), "check.unbound")


def _two_people(case: CaseFile) -> Checked:
    same = [one for one in case.acceptances if one.lead is not None and one.lead.id == one.implementer.id]
    return _failed_if(Check.TWO_PEOPLE, bool(same), say("check.same_person"))


def _order(case: CaseFile) -> Checked:
    """Report ≤ review ≤ work ≤ acceptance ≤ end, of what there is."""
    moments: list[datetime | None] = [
        case.reported_at,
        case.reviews[0].at if case.reviews else None,
        case.orders[-1].done_at if case.orders else None,
        case.acceptances[-1].at if case.acceptances else None,
        case.closed_at,
    ]
    found = [at for at in moments if at is not None]
    return _noted_if(Check.ORDER, int(found != sorted(found)), "check.out_of_order")


def _prints(case: CaseFile) -> Checked:
    without = [one for one in case.newest().values() if not one.print_digest or not one.pages]
    return _noted_if(Check.PRINTS, len(without), "check.not_printed")


def _programs(case: CaseFile) -> Checked:
    found = [one.name for one in case.attached if PurePath(one.name).suffix.lower() in PROGRAMS]
    return _noted_if(Check.PROGRAMS, len(found), "check.programs_found")


def _secrecy(case: CaseFile) -> Checked:
    return _failed_if(Check.SECRECY, not case.secrecy, say("check.no_secrecy"))


def _failed_if(check: Check, is_wrong: bool, remark: Say) -> Checked:
    return Checked(check, Result.FAILED, remark) if is_wrong else Checked(check, Result.PASSED)


def _noted_if(check: Check, count: int, key: str) -> Checked:
    return Checked(check, Result.NOTED, say(key, count=count)) if count else Checked(check, Result.PASSED)


RULES: Final[Mapping[Check, Callable[[CaseFile], Checked]]] = {
    Check.RECORDS: _records,
    Check.NUMBERS: _numbers,
    Check.CELLS: _cells,
    Check.ATTACHMENTS: _attachments,
    Check.DIGESTS: _digests,
    Check.CONFIRMATIONS: _confirmations,
    Check.TWO_PEOPLE: _two_people,
    Check.ORDER: _order,
    Check.PRINTS: _prints,
    Check.PROGRAMS: _programs,
    Check.SECRECY: _secrecy,
}
