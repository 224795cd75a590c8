"""Tickets, then a contract, the counters, the lanes: every act locks in the one written order.

Two acts that want the same two rows in different orders embrace, and one of them is thrown out. What is read here is
what PostgreSQL is really told, of each act done by somebody who may do it. Promises are not looked at: whoever wants
one holds its ticket, so nobody else can be holding it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from sqlalchemy.orm import Session

from agreement.words import Kind
from bot.house import open_work
from bot.waking import Waking
from desk import merging, reporting
from desk.reporting import Matter
from storage.tables import Ticket
from storage.work import do_last
from tests.lifecycle.cast import NOW, Cast, cast
from tests.lifecycle.deeds import DEEDS, bring, report
from tests.lifecycle.expected import CASES, PEOPLE, leads_to
from tests.lifecycle.test_walk import LATER
from tests.test_statements import counted

NAMES = ("ticket", "contract", "counter", "lane")
# What takes a lock that another act may want, in the written order (storage/ledger.py).
ORDER = tuple(
    re.compile(one)
    for one in (
        r"FROM tickets\b.* FOR UPDATE",
        r"FROM contracts\b.* FOR UPDATE",
        r"^INSERT INTO counters\b",
        r"\bINSERT INTO lanes\b",  # also within the statement that queues what waits in them
    )
)
Act = Callable[[], object]


def acts(people: Cast) -> Iterator[tuple[str, Act]]:
    """Every act from every state, by the first who may do it; and every kind of report, by either voice of a school."""
    tickets = {case: bring(people, case) for case in CASES}
    other = people.session.get_one(Ticket, report(people, "同一件事")).ordinal
    for case, ticket in tickets.items():
        for act, deed in DEEDS.items():
            who = next((one for one in PEOPLE if leads_to(act, one, case) is not None), None)
            if who is None:
                continue
            sitting = people.sitting(who, LATER)
            if act == "merge":
                yield f"merge of {case}", partial(merging.merge, sitting, ticket, into_ordinal=other)
            else:
                yield f"{act} on {case}", partial(deed, people, sitting, ticket)
    for who in ("reporter", "representative"):
        for kind in Kind:
            matter = Matter(school_id=people.school, text="打印机卡纸", reported_at=NOW, kind=kind)
            by = people.id_of(who)
            filed = partial(reporting.report, reporter_id=by, reporter_account_id=None, channel="web")
            yield f"report of {kind.value} by {who}", partial(filed, people.sitting(who), matter)


def ranks(statements: Sequence[str]) -> list[int]:
    """The places in the order of what was locked, one after another."""
    return [rank for one in statements for rank, lock in enumerate(ORDER) if lock.search(one)]


def walk(session: Session) -> list[str]:
    """Every act that locks something after what comes later in the order."""
    people = cast(session)
    wrong: list[str] = []
    seen: set[int] = set()
    for name, act in acts(people):
        savepoint = session.begin_nested()
        with counted() as (statements, _):
            act()
            session.flush()
            do_last(session)
        locked = ranks(statements)
        seen |= set(locked)
        if locked != sorted(locked):
            wrong.append(f"{name}: {[NAMES[one] for one in locked]}")
        savepoint.rollback()
        session.expire_all()
    session.rollback()
    assert seen >= {0, 2, 3}, "the patterns no longer find what the acts lock"
    return wrong


async def test_every_act_locks_in_the_written_order(postgres_url: str) -> None:
    """More than a hundred acts; a number is never asked for when a lane is held."""
    work = open_work(postgres_url, Waking())
    try:
        wrong = await work.run(walk)
        assert not wrong, "\n".join(wrong)
    finally:
        await work.close()
