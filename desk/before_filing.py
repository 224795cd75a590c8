"""What a filing must know of its school before it writes: whose phone rings first, and by which contract it stands.

Read in one statement, for on PostgreSQL each is a way to the server and back (docs/decisions/0016).
"""

from dataclasses import dataclass

from sqlalchemy import bindparam, false, literal, null, select, union_all

from agreement.routing import Candidate, Choice, next_after
from desk.routing import WHO_FIRST
from desk.rulebook import store_policy
from desk.sitting import Sitting
from storage.prepared import Prepared
from storage.tables import Contract


@dataclass(frozen=True)
class Beforehand:
    """`choice` None: nobody is on duty. `contract_id` None: the school has none, and the shipped policy is its own."""

    choice: Choice | None
    contract_id: int | None
    policy_id: int


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
    return Beforehand(next_after((), dict.fromkeys(candidates)), contract_id, policy_id)


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
KNOWN = Prepared(
    union_all(
        select(literal("engineer"), *_first.columns),
        select(literal("contract"), *_newest.columns, null(), false()),
    )
)
