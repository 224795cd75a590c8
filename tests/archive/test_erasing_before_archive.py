"""A person is erased from a case that is closed and not archived yet: its records are made without the name."""

from sqlalchemy import select

from agreement.chain import sha256
from desk import archiving, erasing, finishing, handling, opinions
from records.office import Office
from storage.tables import Archived, RecordEdition, Ticket
from tests.records import cases


def test_closed_records_that_are_not_sealed_lose_the_name_too() -> None:
    """What is archived afterwards holds it nowhere, and each digest is that of what is kept."""
    name = cases.PEOPLE["reporter"][0]
    desk = cases.office()
    ticket = desk.report(cases.REPORT)
    handling.acknowledge(desk.sits("engineer"), ticket)
    finishing.done(desk.sits("engineer"), ticket, words=cases.CAUSE)
    opinions.solved(desk.sits("reporter"), ticket)
    archiving.close(desk.sits("desk"), ticket)
    cases.close_records(desk, Office())
    everything = select(RecordEdition).where(RecordEdition.ticket_id == ticket)
    assert name in "".join(one.content for one in desk.session.scalars(everything))
    reporter = desk.session.get_one(Ticket, ticket).reporter_id
    assert reporter is not None
    assert erasing.erase(desk.sits("desk"), reporter, reason="本人要求").links == ()
    for one in desk.session.scalars(everything):
        assert name not in one.content
        assert one.digest == sha256(one.content.encode())
    archiving.archive(desk.sits("archivist"), ticket)
    cases.close_records(desk, Office())
    assert desk.session.scalars(select(Archived.ticket_id)).all() == [ticket]
    assert name not in "".join(one.content for one in desk.session.scalars(everything))
    desk.leave()
