"""The whole log read: every promise, what is booked as a breach, and what may be deducted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from tests.year.oracle import promised
from tests.year.oracle.acts import happen
from tests.year.oracle.case import Case, Event
from tests.year.oracle.clock import Verdict
from tests.year.oracle.money import Account, Entitlement
from tests.year.oracle.paper import Paper

TicketKey = tuple[int, str, int, int, int]  # ticket, promise, round, version of the plan, step


@dataclass
class Books:
    """What the log comes to."""

    promises: dict[TicketKey, Verdict] = field(default_factory=dict)
    breaches: set[TicketKey] = field(default_factory=set)
    entitlements: dict[tuple[int, str, int], Entitlement] = field(default_factory=dict)


def read(log: Iterable[dict[str, Any]], now: datetime) -> Books:
    """Walk through a log: lines of editions and contracts, then events in the order of their recording."""
    paper = Paper()
    policies: dict[int, dict[str, str]] = {}
    cases: dict[int, Case] = {}
    accounts: dict[int, Account] = {}
    for line in log:
        if "edition" in line:
            days = {date.fromisoformat(day): working for day, working in line["days"].items()}
            paper.publish(datetime.fromisoformat(line["published_at"]), days)
        elif "limits" in line:
            policies[line["policy"]] = line["limits"]
        elif "deposit_fen" in line:
            accounts[line["contract"]] = Account(line["deposit_fen"])
        else:
            event = Event(line)
            case = cases.setdefault(event.ticket, Case(event.ticket, paper, policies))
            happen(cases, case, event)
            if case.contract is not None:
                accounts[case.contract].hear(event)
    books = Books()
    for case in cases.values():
        _read_case(books, case, accounts, now)
    for account in accounts.values():
        books.entitlements |= account.settled()
    return books


def _read_case(books: Books, case: Case, accounts: dict[int, Account], now: datetime) -> None:
    for key, clock in case.clocks.items():
        verdict = clock.verdict(now)
        books.promises[(case.ticket, *key)] = verdict
        promise, round_, _, _ = key
        # > A promise broken by a provisional day is booked only when the edition is there.
        # > A house target may be broken in state but makes no breach and no evidence sheet.
        if verdict.state != "broken" or verdict.provisional or promise in promised.HOUSE_TARGETS:
            continue
        books.breaches.add((case.ticket, *key))
        # > Each missed urgent response gives the customer the right to deduct 500 RMB from the quality deposit.
        # > One entry per (ticket, promise, round), whatever is re-planned.
        if promise in promised.PENALISED and case.contract is not None:
            assert verdict.broken_at is not None
            sum_fen = promised.PENALISED[promise]
            accounts[case.contract].miss((case.ticket, promise, round_), sum_fen, verdict.broken_at)
