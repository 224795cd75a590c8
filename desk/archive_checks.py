"""The four checks of a case, each named, with its result and a remark: asked before 归档, printed on 《归档记录》.

Pure: the case is read before. What stops a case stands in `agreement/archive.py`.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from agreement.archive import CHECKS, OWED_BY, Check, Result, explainable, stops
from agreement.chain import sha256
from agreement.file_types import could_run, is_as_named
from agreement.printed import ARCHIVAL, OPENS, RESOLVES, Fault
from desk.case_file import CaseFile
from desk.paper_facts import EditionFact
from texts.say import Say, say


@dataclass(frozen=True)
class Checked:
    """What one check came to; `remark` says what was found, empty where there is nothing to say."""

    check: Check
    result: Result
    remark: Say | str = ""

    @property
    def stops(self) -> bool:
        """Whether the case may not be archived now."""
        return stops(self.result)

    @property
    def said(self) -> Say | str:
        """What is missing in its own words; of another check its name before them."""
        if self.check is Check.RECORDS:
            return self.remark
        owner = say(f"role.{OWED_BY[self.check].value}")
        return say("check.line", check=say(f"check.{self.check.value}"), remark=self.remark, owner=owner)


def checked(case: CaseFile) -> tuple[Checked, ...]:
    """All checks of this case, in their order."""
    return tuple(_explained(case, RULES[check](case)) for check in CHECKS)


def _explained(case: CaseFile, one: Checked) -> Checked:
    """What the document manager has put in writing lets it pass, and stands beside what was found."""
    if not case.explanation or not explainable(one.check, one.result):
        return one
    return Checked(one.check, Result.NOTED, say("check.explained", remark=one.remark, words=case.explanation))


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
    """Each edition bears the number that its record was given, no two records have one, and no edition is left out."""
    wrong = [one for one in case.editions if case.numbers.get((one.record, one.attempt)) != one.number]
    given = list(case.numbers.values())
    counts = Counter((one.record, one.attempt) for one in case.editions)
    has_gap = any(one.edition != counts[key] for key, one in case.newest().items())
    is_wrong = bool(wrong) or len(set(given)) < len(given) or has_gap
    return _failed_if(Check.NUMBERS, is_wrong, say("check.numbers_differ"))


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
    found = [say("check.unbound", count=len(unbound))] if unbound else []
    found += [say("check.request_unconfirmed")] if case.has_request_unconfirmed else []
    if not found:
        return Checked(Check.CONFIRMATIONS, Result.PASSED)
    return Checked(Check.CONFIRMATIONS, Result.NOTED, say("check.missing", what=found))


def _metadata(case: CaseFile) -> Checked:
    """Of a record what closed it, on which form and when; of a confirmation to what it was given."""
    events = {one.id for one in case.events}
    wrong = [one.number for one in case.editions if one.event_id not in events or not one.digest]
    wrong += [one.number for one in case.confirmations if not one.digest]
    return _failed_if(Check.METADATA, bool(wrong), say("check.no_metadata", what="、".join(wrong)))


def _entitled(case: CaseFile) -> Checked:
    """A stranger's is known by the account alone, which `_confirmations` says."""
    wrong = [one.number for one in case.confirmations if one.by is not None and not one.is_entitled]
    return _failed_if(Check.ENTITLED, bool(wrong), say("check.not_entitled", what="、".join(wrong)))


def _two_people(case: CaseFile) -> Checked:
    same = [one for one in case.acceptances if one.lead is not None and one.lead.id == one.implementer.id]
    return _failed_if(Check.TWO_PEOPLE, bool(same), say("check.same_person"))


def _order(case: CaseFile) -> Checked:
    """Report ≤ review ≤ work ≤ acceptance ≤ end ≤ archive, of what there is."""
    moments: list[datetime | None] = [
        case.reported_at,
        case.reviews[0].at if case.reviews else None,
        case.orders[-1].done_at if case.orders else None,
        case.acceptances[-1].at if case.acceptances else None,
        case.closed_at,
        case.archived.at if case.archived is not None else None,
    ]
    found = [at for at in moments if at is not None]
    return _failed_if(Check.ORDER, found != sorted(found), say("check.out_of_order"))


def _prints(case: CaseFile) -> Checked:
    broken = _with_a_fault(case, OPENS)
    if broken:
        return Checked(Check.PRINTS, Result.FAILED, say("check.print_broken", what="、".join(broken)))
    without = [one for one in case.newest().values() if not one.print_digest or not one.pages]
    return _noted_if(Check.PRINTS, len(without), "check.not_printed")


def _format(case: CaseFile) -> Checked:
    broken = _with_a_fault(case, ARCHIVAL)
    if broken:
        return Checked(Check.FORMAT, Result.FAILED, say("check.not_archival", what="、".join(broken)))
    unread = [one for one in case.newest().values() if one.print_digest and one.print_faults is None]
    return _noted_if(Check.FORMAT, len(unread), "check.not_examined")


def _qr(case: CaseFile) -> Checked:
    broken = _with_a_fault(case, RESOLVES)
    if broken:
        return Checked(Check.QR, Result.FAILED, say("check.qr_differs", what="、".join(broken)))
    without = [one for one in case.newest().values() if Fault.NO_QR in (one.print_faults or ())]
    return _noted_if(Check.QR, len(without), "check.no_qr")


def _with_a_fault(case: CaseFile, faults: frozenset[Fault]) -> list[str]:
    """Numbers of the records whose print has one of these."""
    return [one.number for one in case.newest().values() if _faults(one) & faults]


def _faults(one: EditionFact) -> frozenset[Fault]:
    return frozenset(one.print_faults or ())


def _programs(case: CaseFile) -> Checked:
    found = [one.name for one in case.attached if could_run(one.name, one.media_type)]
    return _failed_if(Check.PROGRAMS, bool(found), say("check.programs_found", what="、".join(found)))


def _types(case: CaseFile) -> Checked:
    strange = [one.name for one in case.attached if not is_as_named(one.name, one.media_type)]
    return _failed_if(Check.TYPES, bool(strange), say("check.types_differ", what="、".join(strange)))


def _access(case: CaseFile) -> Checked:
    return _failed_if(Check.ACCESS, not case.may_see, say("check.no_access"))


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
    Check.METADATA: _metadata,
    Check.DIGESTS: _digests,
    Check.CONFIRMATIONS: _confirmations,
    Check.ENTITLED: _entitled,
    Check.TWO_PEOPLE: _two_people,
    Check.ORDER: _order,
    Check.PRINTS: _prints,
    Check.FORMAT: _format,
    Check.QR: _qr,
    Check.PROGRAMS: _programs,
    Check.TYPES: _types,
    Check.SECRECY: _secrecy,
    Check.ACCESS: _access,
}
