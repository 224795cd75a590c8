"""档号, how long a case is kept, and the four checks of an archive: rules and names (records, §10)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from agreement.coverage import same_date
from agreement.words import Role

YEAR: Final = re.compile(r"·(\d{4})·(?:Y|D\d{1,2})-\d+$")
TERM: Final = re.compile(r"Y|D([1-9]\d?)")  # 永久, or so many years (DA/T 13)


class Reason(StrEnum):
    """Why a case is kept longer than others."""

    PAID = "paid"  # 有偿
    BREACH = "breach"  # 违约
    URGENT = "urgent"  # 紧急
    ACCEPTANCE = "acceptance"  # a 《维护验收表》 that may have to prove acceptance


@dataclass(frozen=True, kw_only=True)
class ArchiveRules:
    """The archive's part of the policy. The customer's own scheme wins: it is another text."""

    fonds: str = "YN01"  # 全宗号
    category: str = "ZY·SH"  # 档案门类·二级: 专业·售后
    term: str = "D10"
    longer_term: str = "D30"
    longer_for: frozenset[Reason] = frozenset(Reason)
    secrecy: str = "内部"
    after_contract_years: int = 3  # never shorter than the contract's end and so many years

    def term_of(self, reasons: frozenset[Reason]) -> str:
        """The code of 保管期限 for a case with these reasons."""
        return self.longer_term if reasons & self.longer_for else self.term

    def series(self, term: str) -> str:
        """件号 counts from 1 in each class, year and term."""
        return f"{self.fonds}-{self.category}·{term}"

    def file_number(self, year: int, term: str, number: int) -> str:
        """档号: YN01-ZY·SH·2026·D10-0001."""
        return f"{self.fonds}-{self.category}·{year}·{term}-{number:04d}"


def year_of(file_number: str) -> str:
    """年度 of a 档号, the year in which its case ended; empty for one that has none."""
    found = YEAR.search(file_number)
    return found[1] if found is not None else ""


def is_term(code: str) -> bool:
    """Whether this is a code of 保管期限."""
    return TERM.fullmatch(code) is not None


def years_of(code: str) -> int | None:
    """How many years; None for ever."""
    found = TERM.fullmatch(code)
    return int(found[1]) if found is not None and found[1] else None


def kept_until(ended_on: date, code: str, contract_until: date | None, rules: ArchiveRules) -> date | None:
    """The last day, counted from 1 January after the end; None for ever. Nothing is ever destroyed by a program."""
    years = years_of(code)
    if years is None:
        return None
    by_term = date(ended_on.year + years, 12, 31)
    if contract_until is None:
        return by_term
    return max(by_term, same_date(contract_until, rules.after_contract_years))


class Quality(StrEnum):
    """The four tests of electronic files."""

    COMPLETE = "complete"  # 完整性
    AUTHENTIC = "authentic"  # 真实性
    USABLE = "usable"  # 可用性
    SAFE = "safe"  # 安全性


class Check(StrEnum):
    """One named check."""

    RECORDS = "records"  # every record that the outcome needs
    NUMBERS = "numbers"  # without gaps
    CELLS = "cells"  # filled, or named as 缺项说明
    ATTACHMENTS = "attachments"  # here
    METADATA = "metadata"  # of each record what closed it, of each confirmation its number and digest
    DIGESTS = "digests"  # recomputed and equal
    CONFIRMATIONS = "confirmations"  # by a bound account
    ENTITLED = "entitled"  # of somebody who was then what the confirmation asks for, at that school or at the vendor
    TWO_PEOPLE = "two_people"  # acceptance by others than the work
    ORDER = "order"  # report ≤ review ≤ work ≤ acceptance ≤ end ≤ archive
    PRINTS = "prints"  # PDF made, opens, pages as counted
    FORMAT = "format"  # PDF/A, fonts embedded
    QR = "qr"  # opens the record's own verification page
    PROGRAMS = "programs"  # no attachment that could run, by its ending or its first bytes
    TYPES = "types"  # an attachment's first bytes are what its ending says
    SECRECY = "secrecy"  # set
    ACCESS = "access"  # somebody may see the case


CHECKS: Final[Mapping[Check, Quality]] = {
    Check.RECORDS: Quality.COMPLETE,
    Check.NUMBERS: Quality.COMPLETE,
    Check.CELLS: Quality.COMPLETE,
    Check.ATTACHMENTS: Quality.COMPLETE,
    Check.METADATA: Quality.COMPLETE,
    Check.DIGESTS: Quality.AUTHENTIC,
    Check.CONFIRMATIONS: Quality.AUTHENTIC,
    Check.ENTITLED: Quality.AUTHENTIC,
    Check.TWO_PEOPLE: Quality.AUTHENTIC,
    Check.ORDER: Quality.AUTHENTIC,
    Check.PRINTS: Quality.USABLE,
    Check.FORMAT: Quality.USABLE,
    Check.QR: Quality.USABLE,
    Check.PROGRAMS: Quality.SAFE,
    Check.TYPES: Quality.SAFE,
    Check.SECRECY: Quality.SAFE,
    Check.ACCESS: Quality.SAFE,
}
# Whom a case goes back to that fails; of RECORDS each record says its own.
OWED_BY: Final[Mapping[Check, Role]] = {
    Check.NUMBERS: Role.DESK,
    Check.CELLS: Role.ENGINEER,
    Check.ATTACHMENTS: Role.DESK,
    Check.METADATA: Role.DESK,
    Check.DIGESTS: Role.MANAGER,
    Check.CONFIRMATIONS: Role.DESK,
    Check.ENTITLED: Role.DESK,
    Check.TWO_PEOPLE: Role.LEAD,
    Check.ORDER: Role.DESK,
    Check.PRINTS: Role.ARCHIVIST,
    Check.FORMAT: Role.ARCHIVIST,
    Check.QR: Role.ARCHIVIST,
    Check.PROGRAMS: Role.ENGINEER,
    Check.TYPES: Role.ENGINEER,
    Check.SECRECY: Role.MANAGER,
    Check.ACCESS: Role.MANAGER,
}
# What no 缺项说明 lifts: a record that is needed, content that is not what was closed, a hand that accepted its own
# work, and what the policy alone has to say.
NEVER_EXPLAINED: Final = frozenset(
    {Check.RECORDS, Check.DIGESTS, Check.TWO_PEOPLE, Check.SECRECY, Check.ACCESS}
)


class Result(StrEnum):
    """What a check came to."""

    PASSED = "passed"
    NOTED = "noted"  # what can never be put right, or was explained: with a remark that stands on 《归档记录》
    FAILED = "failed"
    WAITING = "waiting"  # comes to something by itself in a while: bytes on their way


def stops(result: Result) -> bool:
    """Whether a case with this result may not be archived now."""
    return result in {Result.WAITING, Result.FAILED}


def explainable(check: Check, result: Result) -> bool:
    """Whether a written 缺项说明 of the document manager lets the case pass all the same."""
    return result is Result.FAILED and check not in NEVER_EXPLAINED
