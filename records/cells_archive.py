"""《归档记录》: the cover of the case file and the slip of its hand-over (records §8).

What is not known yet is an open cell, not an invented one.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from agreement.archive import CHECKS
from agreement.chain import NAMED_BY, Sealed
from agreement.words import Record
from desk.archive_checks import checked
from desk.case_file import CaseFile
from desk.paper_facts import EditionFact
from records.cells import SIGNATURE, TEXT, Blank, Cell, Chosen, Field, choice, rows, table, words
from records.conventions import LANGUAGE, word
from records.left_out import left_out
from records.letterhead import Letterhead
from records.telling_case import last, signed, with_department
from texts.say import Say, render

FIELDS: Final[dict[str, Field]] = {
    "school": TEXT,
    "project": TEXT,
    "file_number": TEXT,
    "kept_for": TEXT,
    "secrecy": TEXT,
    "title": TEXT,
    "responsible": TEXT,
    "from_to": TEXT,
    "pages": TEXT,
    "copies": TEXT,
    "list": table(9),
    "left_out": TEXT,
    "checks": table(4),
    "confirmed": choice("passed", "failed"),
    "confirmed_by": TEXT,
    "where": TEXT,
    "chain": TEXT,
    "hands_over": SIGNATURE,
    "takes_over": SIGNATURE,
}
ORDER = tuple(Record)
INNER_QUOTES = str.maketrans("“”", "‘’")  # quotes within quotes
LISTED = frozenset({Sealed.RECORD, Sealed.PRINT, Sealed.ATTACHMENT})
SHOWN = 16  # digits of a digest, enough to compare by eye
TITLE = 60  # characters of what was reported that a made-up title quotes


def cells(case: CaseFile, _attempt: int, head: Letterhead) -> dict[str, Cell]:
    """The cover as the case stands."""
    archived, closed = last(case.happened("archive")), last(case.happened("close"))
    confirmed = closed or last(case.happened("no_objection", "objection_over"))
    newest = _newest_of_the_others(case)
    return {
        "school": words(case.school),
        "project": words(case.project),
        **_filing(case),
        "title": words(_title(case)),
        "responsible": words(head.vendor),
        "from_to": words(_from_to(case, archived.at if archived else None)),
        "pages": words(str(sum(one.pages for one in newest)) if newest else ""),
        "copies": words(str(len(newest)) if newest else ""),
        "list": rows([*_list(case, newest), *_papers(case, len(newest))], Blank.OPEN),
        "left_out": words("\n".join(left_out(case, newest)), Blank.NOTHING) if newest else Blank.OPEN,
        "checks": rows(_checks(case), Blank.OPEN) if newest else Blank.OPEN,
        "confirmed": Chosen(("passed",)) if confirmed else Blank.OPEN,
        "confirmed_by": words(_confirmed_by(case)),
        "where": words(word("archive.where") if case.seals else ""),
        "chain": words(_chain(case)),
        "hands_over": signed(case, closed.by if closed else None, closed),
        "takes_over": signed(case, archived.by if archived else None, archived),
    }


def _title(case: CaseFile) -> str:
    """A made-up title stands in square brackets (DA/T 22)."""
    matter = " ".join(case.text.split())
    short = matter if len(matter) <= TITLE else matter[: TITLE - 1] + "…"
    return word("archive.title", school=case.school, matter=short.translate(INNER_QUOTES))


def _from_to(case: CaseFile, archived_at: datetime | None) -> str:
    """20261123–20261125: from the report to the hand-over."""
    begun = f"{case.reported_at.astimezone(case.zone):%Y%m%d}"
    return f"{begun}–{archived_at.astimezone(case.zone):%Y%m%d}" if archived_at else ""


def _newest_of_the_others(case: CaseFile) -> list[EditionFact]:
    """The newest edition of every record but this one, in the agreement's order."""
    others = [one for one in case.newest().values() if one.record is not Record.ARCHIVE]
    return sorted(others, key=lambda one: (ORDER.index(one.record), one.attempt))


def _list(case: CaseFile, newest: Sequence[EditionFact]) -> list[tuple[str, ...]]:
    return [
        (
            str(number),
            one.record.value,
            one.number,
            str(one.edition),
            f"{one.made_at.astimezone(case.zone):%Y%m%d}",
            str(one.pages or ""),
            word("archive.electronic"),
            one.digest[:NAMED_BY],
            one.reason if one.edition > 1 else "",
        )
        for number, one in enumerate(newest, start=1)
    ]


def _papers(case: CaseFile, before: int) -> list[tuple[str, ...]]:
    """Records that were signed and stamped on paper and came back: page by page, once its bytes are here."""
    events = {one.id: one for one in case.happened("paper_returned")}
    pages = [(events[one.event_id], one) for one in case.attached if one.event_id in events and one.digest]
    return [
        (
            str(number),
            str(event.data.get("record", "")),
            str(event.data.get("number", "")),
            "",
            f"{event.at.astimezone(case.zone):%Y%m%d}",
            "1" if one.kind == "photo" else "",
            word("archive.on_paper"),
            one.digest[:NAMED_BY],
            word("archive.signed"),
        )
        for number, (event, one) in enumerate(pages, start=before + 1)
    ]


def _confirmed_by(case: CaseFile) -> str:
    """客户服务部门 by 办结, 项目维护组 by the acceptance or by the work itself."""
    last_of = {one.name: one.by for one in case.happened("done", "accept", "decline", "close") if one.by is not None}
    vendor = last_of.get("accept") or last_of.get("done") or last_of.get("decline")
    people = [one for one in (last_of.get("close"), vendor) if one is not None]
    return "\n".join(with_department(one) for one in people)


def _chain(case: CaseFile) -> str:
    """Where this case's other records and attachments stand in the chain, and between which digests."""
    own = {one.id for one in case.editions if one.record is Record.ARCHIVE}
    found = [one for one in case.seals if one.kind in LISTED and one.edition_id not in own]
    if not found:
        return ""
    return word(
        "archive.chain",
        numbers=spans([one.n for one in found]),
        previous=found[0].previous[:SHOWN],
        last=found[-1].digest[:SHOWN],
    )


def spans(numbers: Sequence[int]) -> str:
    """1, 2, 3, 7 → 1–3、7."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and runs[-1][1] == n - 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    return "、".join(str(first) if first == last else f"{first}–{last}" for first, last in runs)


def _filing(case: CaseFile) -> dict[str, Cell]:
    filed = case.archived
    if filed is None:
        return dict.fromkeys(("file_number", "kept_for", "secrecy"), Blank.OPEN)
    return {
        "file_number": words(filed.file_number),
        "kept_for": words(term_said(filed.term, filed.kept_until)),
        "secrecy": words(filed.secrecy),
    }


def term_said(term: str, until: date | None) -> str:
    """D10（至2036年12月31日）, Y（永久）."""
    if until is None:
        return word("archive.for_ever", term=term)
    return word("archive.kept", term=term, until=f"{until.year}年{until.month}月{until.day}日")


def _checks(case: CaseFile) -> list[tuple[str, ...]]:
    """序号 · 检查项目 · 结果 · 备注: of the records that were there before this one."""
    others = replace(case, editions=tuple(one for one in case.editions if one.record is not Record.ARCHIVE))
    return [
        (
            str(number),
            word(
                "check.row",
                quality=word(f"quality.{CHECKS[one.check].value}"),
                check=word(f"check.{one.check.value}"),
            ),
            word(f"check_result.{one.result.value}"),
            render(one.remark, LANGUAGE) if isinstance(one.remark, Say) else one.remark,
        )
        for number, one in enumerate(checked(others), start=1)
    ]
