"""Nobody is on duty: a new matter goes at once to whom the contract's ladder names, and to the desk."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select

from desk import opinions
from desk.rulebook import shipped, store_policy
from storage.tables import Outbox, Shift, Ticket
from storage.work import do_last
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import bring
from tests.lifecycle.undone import on

SHIPPED = 'nobody_on_duty = ["lead"]'


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (SHIPPED, ["assignee", "desk", "lead"]),
        ('nobody_on_duty = ["manager", "lead"]', ["assignee", "desk", "lead", "manager"]),
        ("nobody_on_duty = []", ["assignee", "desk"]),
    ],
)
async def test_a_new_round_while_nobody_is_on_duty(database_url: str, written: str, told: list[str]) -> None:
    """What a setting says is what is done; the desk and whoever had the ticket are told in any case."""

    def body(people: Cast) -> object:
        ticket = bring(people, "closed")
        session = people.session
        policy = store_policy(session, now=NOW, text=shipped().replace(SHIPPED, written))
        session.get_one(Ticket, ticket).policy_id = policy
        session.flush()
        do_last(session)  # what was told on the way is another matter
        session.execute(delete(Shift))
        session.execute(delete(Outbox))
        opinions.not_solved(people.sitting("reporter", timedelta(hours=1)), ticket)
        session.flush()
        do_last(session)
        rung = session.scalars(select(Outbox.person_id).where(Outbox.weight == "alarm")).all()
        return sorted(name for name, actor in people.actors.items() if actor.person_id in rung)

    assert await on(database_url, body) == told
