"""签回: what was signed on paper comes back as photos and stands on 《归档记录》, also after the archive was sealed."""

import pytest
from sqlalchemy import select, update

from agreement.words import Record
from desk import paper_returns, relaying
from desk.reporting import Sent
from records.cells import Rows
from records.office import Office
from records.papers import paper_of
from storage.tables import Attachment, ChainLink
from tests.records import cases
from texts.refused import Refused

PAGE = Sent(channel="web", kind="photo", reference="r", name="验收表.jpg", media_type="image/jpeg")


def covers(desk: cases.Office, ticket: int) -> list[tuple[tuple[str, ...], ...]]:
    """The lists of every edition of 《归档记录》."""
    found = [paper_of(one.content) for one in desk.file(ticket).editions if one.record is Record.ARCHIVE]
    lists = [one.cells["list"] for one in found]
    return [one.rows for one in lists if isinstance(one, Rows)]


def test_a_paper_that_comes_after_the_archive_is_another_edition_of_the_cover() -> None:
    """Once its bytes are here: listed as paper with its digest, sealed behind the rest; the first cover stays."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    cases.close_records(desk, Office())
    paper_returns.take_back(
        desk.sits("representative"), ticket, record=Record.ACCEPTANCE, attempt=2, sent=[PAGE]
    )
    cases.close_records(desk, Office())
    assert len(covers(desk, ticket)) == 1
    photo = desk.session.scalars(select(Attachment.id).order_by(Attachment.id.desc())).first()
    assert photo is not None
    desk.session.execute(
        update(Attachment).where(Attachment.id == photo).values(state="stored", digest="ab" * 32)
    )
    relaying.relay(desk.session, desk.at, photo)
    cases.close_records(desk, Office())
    first, second = covers(desk, ticket)
    assert [row for row in second if row not in first] == [
        ("7", "维护验收表", "WHYS-2026-000002", "", "20261123", "1", "纸质（扫描）", "ab" * 8, "签字盖章件")
    ]
    last = desk.session.scalars(select(ChainLink).where(ChainLink.kind == "attachment")).one()
    assert (last.sha256, last.path) == ("ab" * 32, f"cases/ZXFK-2026-000001/attachments/{photo}.jpg")


def test_only_what_is_theirs_and_only_with_a_page() -> None:
    """A teacher returns the own opinion, not the acceptance sheet; words alone are no paper; strangers nothing."""
    desk = cases.office()
    ticket = cases.deep_with_a_failed_acceptance(desk, 2)
    with pytest.raises(Refused):
        paper_returns.take_back(desk.sits("reporter"), ticket, record=Record.ACCEPTANCE, attempt=2, sent=[PAGE])
    with pytest.raises(Refused) as no:
        paper_returns.take_back(desk.sits("reporter"), ticket, record=Record.OPINION, attempt=1, sent=[])
    assert no.value.said.key == "refused.no_pages"
    paper_returns.take_back(desk.sits("reporter"), ticket, record=Record.OPINION, attempt=1, sent=[PAGE])
    assert [one.name for one in desk.file(ticket).happened("paper_returned")] == ["paper_returned"]


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [("file", "text/html"), ("photo", "image/svg+xml"), ("file", "application/zip"), ("voice", "audio/amr")],
)
def test_what_is_no_page_is_refused_in_chat_as_on_the_page(kind: str, media_type: str) -> None:
    """One of them among true pages is enough: nothing is attached."""
    desk = cases.office()
    ticket = cases.settled_at_once(desk)
    strange = Sent(channel="web", kind=kind, reference="s", name="意见表.pdf", media_type=media_type)
    with pytest.raises(Refused) as no:
        paper_returns.take_back(desk.sits("desk"), ticket, record=Record.OPINION, attempt=1, sent=[PAGE, strange])
    assert no.value.said.key == "refused.not_a_page"
    assert desk.file(ticket).happened("paper_returned") == ()
