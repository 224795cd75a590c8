"""What a filing must know before it writes: whose phone rings first, by which contract it stands, the ids of its rows.

Read in one statement, for on PostgreSQL each is a way to the server and back (docs/decisions/0016). There the ids are
given beforehand, so that the rows can wait for the next statement; SQLite gives them with the rows.
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, false, literal, null, select, union_all

from agreement.routing import Candidate, Choice, next_after
from desk.routing import WHO_FIRST
from desk.rulebook import store_policy
from desk.sitting import Sitting
from storage.born import EVENTS, TICKETS
from storage.prepared import Prepared
from storage.tables import Contract


@dataclass(frozen=True)
class Beforehand:
    """`choice` None: nobody is on duty. `contract_id` None: the school has none, and the shipped policy is its own.

    `ticket_ids` and `event_ids`: what was given beforehand, the smallest first.
    """

    choice: Choice | None
    contract_id: int | None
    policy_id: int
    ticket_ids: tuple[int, ...]
    event_ids: tuple[int, ...]


def known_of(sitting: Sitting, school_id: int | None) -> Beforehand:
    """Of a matter of this school that is about to be filed; its contract is the newest."""
    found = KNOWN.rows(sitting.session, {"now": sitting.now, "school": school_id})
    candidates = [
        Candidate(person, is_named=bool(named), open_load=load, rung_at=rung_at)
        for what, person, load, rung_at, named in found
        if what == "engineer"
    ]
    contracts = [(contract, policy) for what, contract, policy, *_ in found if what == "contract"]
    [(contract_id, policy_id)] = contracts or [(None, store_policy(sitting.session, now=sitting.now))]
    return Beforehand(
        choice=next_after((), dict.fromkeys(candidates)),
        contract_id=contract_id,
        policy_id=policy_id,
        ticket_ids=tuple(one for what, one, *_ in found if what == "ticket"),
        event_ids=tuple(sorted(one for what, one, *_ in found if what == "event")),
    )


def contract_of(sitting: Sitting, school_id: int) -> tuple[int | None, int]:
    """(contract, policy) of a school: its newest contract, else none and the shipped policy."""
    found = CONTRACT.first(sitting.session, {"school": school_id})
    return (found[0], found[1]) if found is not None else (None, store_policy(sitting.session, now=sitting.now))


NEWEST_CONTRACT = (
    select(Contract.id, Contract.policy_id)
    .where(Contract.school_id == bindparam("school", type_=Contract.id.type))
    .order_by(Contract.accepted_on.desc(), Contract.id.desc())
    .limit(1)
)
CONTRACT = Prepared(NEWEST_CONTRACT)
_first, _newest = WHO_FIRST.subquery(), NEWEST_CONTRACT.subquery()
_known = (
    select(literal("engineer"), *_first.columns),
    select(literal("contract"), *_newest.columns, null(), false()),
)
# One ticket, and two events: it was reported, and somebody was rung.
_ids = (("ticket", TICKETS.next_id), ("event", EVENTS.next_id), ("event", EVENTS.next_id))
_given = [select(literal(what), one, literal(0), null(), false()) for what, one in _ids]
KNOWN = Prepared({"sqlite": union_all(*_known), "postgresql": union_all(*_known, *_given)})
