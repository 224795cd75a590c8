"""Every breach is booked exactly once, at the moment it is one, whoever makes it one; and a right is made of it."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from agreement.words import Kind, PenaltyState, Promise
from desk import (
    agreeing,
    clock_rows,
    customers,
    finishing,
    handling,
    ledger,
    merging,
    opinions,
    planning,
    resorting,
    seeding,
)
from storage.tables import Contract, PromiseRow, Ticket
from tests.ledger.ground import CLAIMABLE, VOID, Ground, at, on

Scene = Callable[[Session], None]


def by_the_clock(session: Session) -> None:
    """Nobody is sent; the clock finds it, once, however often it ticks, and never before the due instant is over."""
    ground = Ground(session)
    ticket = ground.report(urgent=True)
    ground.tick(60)
    assert ground.entries() == []
    for minutes in (60.001, 61, 61, 500, 5000):
        ground.tick(minutes)
    (entry,) = ground.entries()
    assert (entry.state, entry.amount_fen, entry.created_at) == (CLAIMABLE, 50_000, at(60))
    assert ground.events(ticket).count("penalty_claimable") == 1


def by_coming_too_late(session: Session) -> None:
    """Sent at last, before the clock had looked: no rung is left, and the books are settled all the same."""
    ground = Ground(session)
    ticket = ground.report(urgent=True)
    handling.depart(ground.sitting("assignee", 61), ticket.id)
    ground.tick(61)
    assert ground.states() == [CLAIMABLE]
    ground.tick(70)
    assert ground.states() == [CLAIMABLE]
    assert ground.events(ticket).count("promise_broken") == 2  # the dispatch, and the response it implied


def by_undoing_what_kept_it(session: Session) -> None:
    """Solved in time, and the customer says later that it was not."""
    ground = Ground(session, penalised=["fault-resolution"])
    ticket = ground.report()
    finishing.done(ground.sitting("assignee", 5), ticket.id, words="好了")
    ground.tick(200)
    assert ground.entries() == []
    opinions.not_solved(ground.sitting("reporter", 200), ticket.id)
    ground.tick(200)
    assert (ground.states(), ground.entries()[0].created_at) == ([CLAIMABLE], at(120))


def by_restating_when_it_began(session: Session) -> None:
    """Merged with an earlier report of the same matter, the acknowledgement came too late."""
    ground = Ground(session, penalised=["fault-response"])
    earlier, later = ground.report(0), ground.report(30)
    handling.acknowledge(ground.sitting("assignee", 35), later.id)
    merging.merge(ground.sitting("assignee", 36), earlier.id, into_ordinal=later.ordinal)
    ground.tick(36)
    assert {(one.ticket_id, one.promise) for one in ground.entries()} == {
        (earlier.id, "fault-response"),
        (later.id, "fault-response"),
    }


def a_withdrawal_after_the_time(session: Session) -> None:
    """What was broken before it was taken back stays in the books."""
    ground = Ground(session)
    ticket = ground.report(urgent=True)
    customers.take_back_urgency(ground.sitting("reporter", 90), ticket.id)
    ground.tick(90)
    assert ground.states() == [CLAIMABLE]


def a_new_round_is_a_new_entry(session: Session) -> None:
    """Two rounds, two rights; within a round one, though urgency is taken back and declared anew."""
    ground = Ground(session, penalised=["fault-response"])
    ticket = ground.report()
    finishing.done(ground.sitting("assignee", 20), ticket.id, words="好了")
    ticket.state, ticket.closed_at = "closed", at(30)
    session.flush()
    opinions.not_solved(ground.sitting("reporter", 40), ticket.id)
    ground.tick(60)
    assert [(one.round, one.state) for one in ground.entries()] == [(1, CLAIMABLE), (2, CLAIMABLE)]


def replanned_is_one_entry(session: Session) -> None:
    """Steps of two plans missed in one round: the right is one, whatever is re-planned."""
    ground = Ground(session, penalised=["plan-step"])
    ticket = ground.report()
    for version in (1, 2):
        start = version * 100
        steps = [
            planning.Step(what="换", due_at=at(start + 30)),
            planning.Step(what="试", due_at=at(start + 40)),
        ]
        planning.propose(
            ground.sitting("assignee", start), ticket.id, steps=steps, fee=planning.Fee(mode="free")
        )
        agreeing.agree(ground.sitting("representative", start + 1), ticket.id)
        ground.tick(start + 50)
    rows = session.scalars(select(PromiseRow).where(PromiseRow.promise == Promise.PLAN_STEP.value))
    assert sum(one.booked_at is not None for one in rows) == 4
    assert ground.states() == [CLAIMABLE]


def a_house_target_is_no_breach(session: Session) -> None:
    """Though its state is broken, and though a policy names it by mistake."""
    ground = Ground(session, penalised=["consultation-answer"])
    ticket = ground.report(kind=Kind.CONSULTATION)
    ground.tick(30)
    row = clock_rows.of_round(ground.sitting("", 30), ticket, {Promise.CONSULTATION_ANSWER})[0]
    assert (row.state, row.booked_at, ground.events(ticket), ground.entries()) == ("broken", None, [], [])


def a_provisional_day_waits_for_its_edition(session: Session) -> None:
    """A week that ends in a year without a calendar is broken, and booked when the edition says so."""
    ground = Ground(session, penalised=["usability"])
    days = 24 * 60
    ticket = ground.report(35 * days, kind=Kind.USABILITY)  # 2026-12-28; the week ends in 2027
    ground.tick(50 * days)
    row = clock_rows.of_round(ground.sitting("", 50 * days), ticket, {Promise.USABILITY})[0]
    assert (row.state, row.is_provisional, ground.entries()) == ("broken", True, [])
    seeding.calendar(
        session, [(one, one.weekday() < 5, "") for one in seeding.year_of(date(2027, 1, 1))], "2027"
    )
    session.flush()
    clock_rows.refresh(ground.sitting("", 51 * days), row)
    ground.tick(51 * days)
    assert (ground.states(), ground.events(ticket)) == ([CLAIMABLE], ["promise_broken", "penalty_claimable"])


def news_that_it_was_kept_in_time(session: Session) -> None:
    """Sent at 14:59 by the platform's time, heard at 15:10: the entry is void, and the history says why."""
    ground = Ground(session)
    ticket = ground.report(urgent=True)
    ground.tick(65)
    handling.depart(ground.sitting("assignee", 59, heard=70), ticket.id)
    ground.tick(70)
    (entry,) = ground.entries()
    row = session.get_one(PromiseRow, entry.promise_id)
    assert (entry.state, row.state, row.booked_at) == (VOID, "kept", None)
    assert ground.events(ticket)[-2:] == ["breach_overturned", "penalty_void"]


def news_after_the_claim(session: Session) -> None:
    """What was claimed is in the hands of people: the entry stays, and both sides hear of it."""
    ground = Ground(session)
    entry = ground.missed_dispatch()
    ledger.claim(ground.sitting("representative", 62), entry.id)
    handling.depart(ground.sitting("assignee", 59, heard=70), entry.ticket_id)
    ground.tick(70)
    assert ground.states() == [PenaltyState.CLAIMED.value]
    assert ground.events(session.get_one(Ticket, entry.ticket_id))[-1] == "penalty_doubted"


def broken_again_after_the_news(session: Session) -> None:
    """Void by news, and what had kept it is undone: the one entry is a right again."""
    ground = Ground(session, penalised=["fault-resolution"])
    ticket = ground.report()
    ground.tick(130)
    finishing.done(ground.sitting("assignee", 119, heard=135), ticket.id, words="好了")
    ground.tick(135)
    assert ground.states() == [VOID]
    opinions.not_solved(ground.sitting("reporter", 140), ticket.id)
    ground.tick(140)
    assert (ground.states(), len(ground.entries())) == ([CLAIMABLE], 1)


def no_school_no_entry_until_there_is_one(session: Session) -> None:
    """A report of nobody's school is booked; the right is made when the desk has found the school."""
    ground = Ground(session)
    ticket = ground.report(urgent=True, school=None)
    ground.tick(61)
    assert (ground.entries(), "promise_broken" in ground.events(ticket)) == ([], True)
    resorting.settle_school(ground.sitting("desk", 70), ticket.id, school_id=ground.cast.school)
    assert (ground.states(), ground.entries()[0].created_at) == ([CLAIMABLE], at(60))


def nothing_left_to_deduct_from(session: Session) -> None:
    """With the deposit used up a new breach is booked and its entry ends at once, in words to both sides."""
    ground = Ground(session, deposit_fen=50_000)
    entry = ground.missed_dispatch()
    ledger.claim(ground.sitting("representative", 62), entry.id)
    ledger.confirm(ground.sitting("manager", 63), entry.id)
    ledger.deduct(ground.sitting("manager", 64), entry.id)
    ground.missed_dispatch(100)
    assert (ground.states(), ground.wrongs()) == (["deducted", "exhausted"], [])


def another_policy_for_a_running_contract(session: Session) -> None:
    """The sum is that of the policy with which the promise began."""
    ground = Ground(session)
    ticket = ground.report(urgent=True)
    contract = session.get_one(Contract, ground.contract_id)
    contract.policy_id = Ground.dearer(session)
    ground.tick(61)
    assert [one.amount_fen for one in ground.entries() if one.ticket_id == ticket.id] == [50_000]
    assert ground.missed_dispatch(100).amount_fen == 80_000


SCENES: tuple[Scene, ...] = (
    by_the_clock,
    by_coming_too_late,
    by_undoing_what_kept_it,
    by_restating_when_it_began,
    a_withdrawal_after_the_time,
    a_new_round_is_a_new_entry,
    replanned_is_one_entry,
    a_house_target_is_no_breach,
    a_provisional_day_waits_for_its_edition,
    news_that_it_was_kept_in_time,
    news_after_the_claim,
    broken_again_after_the_news,
    no_school_no_entry_until_there_is_one,
    nothing_left_to_deduct_from,
    another_policy_for_a_running_contract,
)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.__name__)
async def test_booked(scene: Scene, database_url: str) -> None:
    """Each scene on both databases."""
    await on(database_url, scene)
