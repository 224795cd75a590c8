"""People whom a message does not reach: their other line, else a call that somebody sees."""


from sqlalchemy import select

from desk import archiving, calls, finishing, opinions, seeding
from desk.falling_back import fall_back
from desk.telling import Line, Telling, put
from storage.tables import Account, Call, Outbox
from storage.work import do_last
from tests.lifecycle.cast import NOW, Cast
from tests.lifecycle.deeds import report
from tests.lifecycle.undone import on


def cards(people: Cast) -> list[int]:
    """Which calls have been shown to somebody."""
    people.session.flush()
    do_last(people.session)
    return [int(one["call"]) for one in people.session.scalars(select(Outbox.body)) if "call" in one]


async def test_a_call_of_the_list_swallows_none_that_was_asked_for(sqlite_url: str) -> None:
    """The desk heard of the low mark and has it in its list; 请来电 afterwards shows the call to a caller."""

    def body(people: Cast) -> object:
        ticket = report(people, "投影打不开")
        finishing.done(people.sitting("assignee"), ticket, words="换了灯泡")
        opinions.solved(people.sitting("reporter"), ticket)
        opinions.rate(people.sitting("reporter"), ticket, mark=1)
        archiving.close(people.sitting("desk"), ticket)
        before = cards(people)
        call = calls.book(
            people.sitting("reporter"),
            person_id=people.id_of("reporter"),
            reason="asked",
            ticket_id=ticket,
            school_id=people.school,
        )
        everything = people.session.scalars(select(Call)).all()
        return (
            before,
            cards(people) == [call.id],
            [one.reason for one in everything],
            call.next_at is not None,
        )

    assert await on(sqlite_url, body) == ([], True, ["asked"], True)


def refused(people: Cast, question: str) -> None:
    """A notice to the representative that the platform refuses for good."""
    person = people.id_of("representative")
    account = people.session.scalars(select(Account).where(Account.person_id == person)).first()
    assert account is not None
    line = Line(account.id, account.channel, account.chat, person, None, on_duty=False, reachable=True)
    told = Telling(
        line=line, key="told", weight="card", body={"notice": "x", "how": "ring"}, question=question
    )
    put(people.session, NOW, [told])
    do_last(people.session)
    row = people.session.scalars(select(Outbox).where(Outbox.telling == "told")).one()
    fall_back(people.session, people.rulebook, NOW, row.id, reason="blocked", gone="yes")
    do_last(people.session)


async def test_what_a_message_is_about_goes_along_to_the_other_line(sqlite_url: str) -> None:
    """A notice of the ledger stays one on the second channel: it is not taken for the card of the ticket."""

    def body(people: Cast) -> object:
        other = seeding.account(
            people.session, NOW, people.id_of("representative"), channel="telegram", external="second"
        )
        refused(people, "entry7")
        again = people.session.scalars(select(Outbox).where(Outbox.account_id == other)).one()
        return again.question

    assert await on(sqlite_url, body) == "entry7"


async def test_refused_on_every_line_is_a_call_that_the_desk_sees(sqlite_url: str) -> None:
    """Its card has the number and the buttons; the same refusal again books nothing more."""

    def body(people: Cast) -> object:
        refused(people, "")
        before = cards(people)
        row = people.session.scalars(select(Outbox).where(Outbox.telling == "told")).one()
        fall_back(people.session, people.rulebook, NOW, row.id, reason="blocked", gone="yes")
        call = people.session.scalars(select(Call)).one()
        return len(before), cards(people) == before, call.reason

    assert await on(sqlite_url, body) == (1, True, "blocked")
