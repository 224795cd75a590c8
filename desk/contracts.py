"""Contracts: entered from a file, shown to whom they concern, and reminded of before something of them ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from agreement.contract_file import ContractLine
from agreement.coverage import Ending, endings, reminder_due
from agreement.policy import Policy
from agreement.words import Role
from desk import entries, news, seeding
from desk.rulebook import store_policy
from desk.sitting import Sitting
from storage.tables import Contract, Membership, Person, PolicyRow, ProjectEngineer, School
from texts.refused import Refused
from texts.say import say

READERS = frozenset({Role.DESK, Role.LEAD, Role.MANAGER})


@dataclass(frozen=True, kw_only=True)
class ContractView:
    """One contract as it is read; `limits` are those of its own, by their names in the policy."""

    school: str
    number: str
    accepted_on: date
    delivered_on: date
    deposit_fen: int
    left_fen: int
    endings: dict[Ending, date]
    engineers: tuple[str, ...]
    limits: dict[str, str]
    version: str


def enter(sitting: Sitting, lines: Sequence[ContractLine]) -> tuple[int, int]:
    """(made, changed). The same school and number again is the same contract: what runs keeps its policy."""
    made = changed = 0
    for line in lines:
        school_id = seeding.school(sitting.session, sitting.now, line.school)
        policy_id = store_policy(
            sitting.session, now=sitting.now, text=line.policy, overrides=dict(line.limits)
        )
        row = sitting.session.scalar(
            select(Contract).where(Contract.school_id == school_id, Contract.number == line.number)
        )
        if row is None:
            made += 1
            sitting.session.add(_new(sitting, line, school_id, policy_id))
        else:
            changed += _changed(row, line, policy_id)
        sitting.session.flush()
    return made, changed


def _new(sitting: Sitting, line: ContractLine, school_id: int, policy_id: int) -> Contract:
    return Contract(
        school_id=school_id,
        project_id=seeding.project_of(sitting.session, school_id),
        number=line.number,
        policy_id=policy_id,
        accepted_on=line.accepted_on,
        delivered_on=line.delivered_on,
        deposit_fen=line.deposit_fen,
    )


def _changed(row: Contract, line: ContractLine, policy_id: int) -> int:
    before = (row.policy_id, row.accepted_on, row.delivered_on, row.deposit_fen)
    row.policy_id, row.accepted_on = policy_id, line.accepted_on
    row.delivered_on, row.deposit_fen = line.delivered_on, line.deposit_fen
    return int(before != (row.policy_id, row.accepted_on, row.delivered_on, row.deposit_fen))


def seen(sitting: Sitting) -> list[ContractView]:
    """The contracts of whoever asks: a representative's school's, the vendor's all; the newest of each school first."""
    query = select(Contract, School.name).join(School, School.id == Contract.school_id)
    if not sitting.actor.roles & READERS:
        own = [school for school, role in sitting.actor.memberships if role is Role.REPRESENTATIVE]
        if not own:
            raise Refused("contract.readers")
        query = query.where(Contract.school_id.in_(own))
    rows = sitting.session.execute(query.order_by(School.name, Contract.accepted_on.desc(), Contract.id.desc()))
    return [_view(sitting, row, school) for row, school in rows]


def _view(sitting: Sitting, row: Contract, school: str) -> ContractView:
    policy = sitting.rulebook.policy(sitting.session, row.policy_id)
    names = (
        select(Person.name)
        .join(ProjectEngineer, ProjectEngineer.person_id == Person.id)
        .where(ProjectEngineer.project_id == row.project_id)
        .order_by(Person.id)
    )
    return ContractView(
        school=school,
        number=row.number,
        accepted_on=row.accepted_on,
        delivered_on=row.delivered_on,
        deposit_fen=row.deposit_fen,
        left_fen=entries.books_of(sitting, row).left_fen,
        endings=ends(row, policy),
        engineers=tuple(sitting.session.scalars(names)),
        limits={str(name): str(value) for name, value in _own_limits(sitting, row).items()},
        version=policy.version.partition("+")[0],
    )


def _own_limits(sitting: Sitting, row: Contract) -> dict[str, object]:
    return dict(sitting.session.get_one(PolicyRow, row.policy_id).overrides)


def ends(row: Contract, policy: Policy) -> dict[Ending, date]:
    """The last day of each thing that ends."""
    return endings(
        row.accepted_on,
        row.delivered_on,
        warranty_days=policy.warranty_days,
        on_site_years=policy.on_site_years,
        deposit_days=policy.deposit_days,
    )


def remind(sitting: Sitting) -> None:
    """A job of the day: representatives, desk and leads hear before something of a contract ends, each time once."""
    newest: dict[int, Contract] = {}
    for row in sitting.session.scalars(select(Contract).order_by(Contract.accepted_on, Contract.id)):
        newest[row.school_id] = row
    for row in newest.values():
        policy = sitting.rulebook.policy(sitting.session, row.policy_id)
        today = sitting.at.astimezone(policy.zone).date()
        for what, until in ends(row, policy).items():
            days = reminder_due(until, today, policy.ending_reminder_days)
            if days is not None and (what is not Ending.DEPOSIT or row.deposit_fen):
                _tell(sitting, row, what, until, today, days)


def _tell(sitting: Sitting, row: Contract, what: Ending, until: date, today: date, days: int) -> None:
    values = {
        "school": sitting.session.get_one(School, row.school_id).name,
        "number": row.number or say("contract.no_number"),
        "what": say(f"ending.{what.value}"),
        "days": (until - today).days,
        "until": until.isoformat(),
    }
    key = f"contract:{row.id}:{what.value}:{until.isoformat()}:{days}"
    news.to_roles(sitting, "contract_ends", values, key=key)
    representatives = select(Membership.person_id).where(
        Membership.school_id == row.school_id,
        Membership.role == Role.REPRESENTATIVE.value,
        Membership.until_at.is_(None),
    )
    news.to_people(sitting, sitting.session.scalars(representatives), "contract_ends", values, key=key)
