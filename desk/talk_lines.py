"""Who reads what is said in a talk with a human, and the messages to them."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Role
from desk.sitting import Sitting
from desk.telling import DELIVERY, Line, Telling, as_json, put
from storage.tables import Account, Membership, Talk
from storage.work import wake


def tell_desk(sitting: Sitting, talk: Talk, notice: str, by: str, words: str = "") -> None:
    """Everybody of the desk: nobody has taken the talk over yet."""
    tell(sitting, talk, desk_lines(sitting.session), notice, {"by": by, "words": words})


def desk_lines(session: Session) -> list[Line]:
    """The preferred line of each of the desk; without a desk, of whoever is above it: never nobody."""
    for roles in UPWARDS:
        held = select(Membership.person_id).where(Membership.role.in_(roles), Membership.until_at.is_(None))
        lines = [line for person in sorted(set(session.scalars(held))) for line in lines_of(session, person)]
        if lines:
            return lines
    return []


UPWARDS = ([Role.DESK.value], [Role.LEAD.value, Role.MANAGER.value])


def tell(sitting: Sitting, talk: Talk, lines: list[Line], notice: str, values: dict[str, object]) -> None:
    """One message a line; the same message of the sender is told once."""
    put(
        sitting.session,
        sitting.now,
        [
            Telling(
                line=line,
                key=f"t{talk.id}:{talk.told}:{len(talk.words)}:{notice}:{line.account_id}:{sitting.actor.inbox_id}",
                weight="card",
                body={
                    "notice": notice,
                    "how": "ring",
                    "talk": talk.id,
                    "values": as_json(values),
                },
            )
            for line in lines
        ],
    )
    wake(sitting.session, DELIVERY)


def is_in(session: Session, talk_id: int, *, account_id: int, person_id: int | None) -> bool:
    """Whether this reader asked for the human of that talk or is the human, as it stands now."""
    talk = session.get(Talk, talk_id)
    return talk is not None and (talk.account_id == account_id or (person_id is not None and talk.desk_id == person_id))


def lines_across(session: Session, talk: Talk, account_id: int | None) -> list[Line]:
    """Where the other side of this account reads: whoever asked, else who has it, else the desk."""
    if talk.account_id != account_id:
        return [line_of(session, talk.account_id)]
    if talk.desk_id is not None:
        return lines_of(session, talk.desk_id)
    return desk_lines(session)


def line_of(session: Session, account_id: int) -> Line:
    """The account that asked for a human: it is answered where it wrote from."""
    row = session.get_one(Account, account_id)
    return Line(row.id, row.channel, row.chat, row.person_id, None, on_duty=False, reachable=row.is_reachable)


def lines_of(session: Session, person_id: int) -> list[Line]:
    """The preferred line of this person; none where no message reaches them."""
    rows = session.scalars(
        select(Account)
        .where(Account.person_id == person_id, Account.is_reachable.is_(True))
        .order_by(Account.rank)
    ).all()
    return [
        Line(row.id, row.channel, row.chat, row.person_id, None, on_duty=False, reachable=True)
        for row in rows[:1]
    ]
