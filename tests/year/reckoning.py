"""What both sides do about the ledger in the simulated year: on some days they look at it and settle what they can."""

import random
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.penalties import OPEN
from desk import ledger
from desk.rulebook import Rulebook
from desk.sitting import Actor, Sitting
from storage.tables import Contract, Penalty, Ticket
from tests.year.district import District
from texts.refused import Refused

MONTHS = ((2026, 10), (2027, 1), (2027, 4), (2027, 6))
DAYS = tuple(datetime(year, month, 20, 4, tzinfo=UTC) for year, month in MONTHS)
ROUNDS = 8  # of word and answer on one day

Deed = Callable[[Sitting, int], object]
DEEDS: Mapping[str, Deed] = {
    "claim": ledger.claim,
    "let go": ledger.let_go,
    "confirm": ledger.confirm,
    "dispute": lambda sitting, entry: ledger.dispute(sitting, entry, words="已派人"),
    "explain": lambda sitting, entry: ledger.explain(sitting, entry, words="没有人来"),
    "deduct": ledger.deduct,
}
CHANCES = (8, 1, 4, 2, 1, 5)
MANAGERS = {"confirm", "dispute", "deduct"}
OPEN_ENTRIES = (
    select(Penalty.id, Contract.deposit_fen)
    .join(Contract, Contract.id == Penalty.contract_id)
    .where(Penalty.state.in_(OPEN))
    .order_by(Penalty.id)
)


def reckon(
    session: Session, rulebook: Rulebook, district: District, chance: random.Random, now: datetime
) -> Counter[str]:
    """Some words on every open entry; what the ledger does not allow is refused. Returns what was done."""
    done: Counter[str] = Counter()
    for entry_id, deposit_fen in session.execute(OPEN_ENTRIES).all():
        for name in chance.choices(list(DEEDS), CHANCES, k=chance.randrange(ROUNDS + 1)):
            if name == "deduct" and not deposit_fen:
                continue  # there is nothing to deduct from, and a manager knows it
            actor = district.vendor.manager if name in MANAGERS else _customer(session, district, entry_id)
            sitting = Sitting(session=session, rulebook=rulebook, actor=actor, at=now, now=now)
            try:
                DEEDS[name](sitting, entry_id)
            except Refused:
                continue
            done[name] += 1
            session.flush()
    return done


def _customer(session: Session, district: District, entry_id: int) -> Actor:
    school = session.scalar(
        select(Ticket.school_id).join(Penalty, Penalty.ticket_id == Ticket.id).where(Penalty.id == entry_id)
    )
    place = next(one for one in district.places if one.school_id == school)
    return (*place.representatives, *place.teachers)[0]
