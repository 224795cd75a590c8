"""What is made after a person was erased is made without the name: records, a correction, the chain."""

import json

import pytest
from sqlalchemy import select, update

from agreement.chain import sha256
from agreement.words import Kind, Record, Role
from desk import (
    archiving,
    erasing,
    finishing,
    handling,
    opinions,
    record_editions,
    reporting,
    requests,
    seeding,
    self_made,
    signing_in,
    strict_testing,
)
from desk.reporting import Matter
from desk.sitting import Actor
from records.office import Office
from storage.tables import (
    Account,
    Archived,
    ChainLink,
    Confirmation,
    Event,
    Person,
    RecordEdition,
    SignIn,
    Ticket,
    Visit,
    WrittenRequest,
)
from tests.records import cases

NAME = cases.PEOPLE["reporter"][0]


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


def _ended(desk: cases.Office) -> int:
    """A case in whose words the reporter is named, by themselves and by others."""
    ticket = desk.report(f"我是{NAME}，打印机卡纸")
    handling.acknowledge(desk.sits("engineer"), ticket)
    finishing.done(desk.sits("engineer"), ticket, words=f"已取出卡纸，{NAME}在场")
    opinions.solved(desk.sits("reporter"), ticket)
    opinions.add_words(desk.sits("reporter"), ticket, words=f"满意。{NAME}")
    archiving.close(desk.sits("desk"), ticket)
    cases.close_records(desk, Office())
    return ticket


def _archived(desk: cases.Office, ticket: int) -> None:
    archiving.archive(desk.sits("archivist"), ticket)
    cases.close_records(desk, Office())


def _erased(desk: cases.Office, ticket: int) -> None:
    reporter = desk.session.get_one(Ticket, ticket).reporter_id
    assert reporter is not None
    erasing.erase(desk.sits("desk"), reporter, reason="本人要求")


@pytest.mark.parametrize("is_archived", [False, True])
def test_no_later_edition_brings_the_name_back(is_archived: bool) -> None:
    """Records are projections: what they are projected from has lost the name too, before 归档 and after it."""
    desk = cases.office()
    ticket = _ended(desk)
    if is_archived:
        _archived(desk, ticket)
    _erased(desk, ticket)
    if not is_archived:
        _archived(desk, ticket)
    record_editions.fill(
        desk.sits("archivist"), ticket, record=Record.REVIEW, attempt=1, key="version", text="1.2", reason="漏填"
    )
    cases.close_records(desk, Office())
    for column in (RecordEdition.content, ChainLink.content, Event.data, Confirmation.content, Ticket.text):
        assert NAME not in str(desk.session.scalars(select(column)).all()), column
    for one in desk.session.scalars(select(Confirmation)):
        assert one.digest == sha256(one.content.encode())
    desk.leave()


def test_a_written_request_is_named_everywhere_by_the_digest_of_what_is_left_of_it() -> None:
    """By the old one the name could be guessed, and the confirmation would contradict itself."""
    desk = cases.office()
    ticket = desk.report(f"请增加按班级导出，{NAME}要用", kind=Kind.CUSTOMISED)
    requests.confirm_request(desk.sits("representative"), ticket)
    _erased(desk, ticket)
    request = desk.session.scalars(select(WrittenRequest)).one()
    assert NAME not in request.text
    kept = json.loads(desk.session.scalars(select(Confirmation.content)).one())
    assert kept["digest"] == request.digest == sha256(kept["request"].encode())
    named = [one["digest"] for one in desk.session.scalars(select(Event.data)) if "digest" in one]
    assert named == [request.digest] * 2  # shown, and confirmed


def test_what_is_sealed_names_nothing_by_the_digest_of_words_with_the_name() -> None:
    """Redacted timeline and evidence stand in the place of those that had it; a digest is that of what is kept."""
    desk = cases.office()
    ticket = desk.report(f"请增加按班级导出，{NAME}要用", kind=Kind.CUSTOMISED)
    requests.confirm_request(desk.sits("representative"), ticket)
    strict_testing.record(desk.sits("engineer"), ticket, environment="测试环境", cases="导出", result="通过")
    finishing.done(desk.sits("engineer"), ticket, words="已增加")
    opinions.solved(desk.sits("reporter"), ticket)
    archiving.close(desk.sits("desk"), ticket)
    _archived(desk, ticket)
    confirmation = select(Confirmation).join(Event, Event.id == Confirmation.event_id)
    confirmed = desk.session.scalars(confirmation.where(Event.name == "confirm_request")).one()
    before = {confirmed.digest, desk.session.scalars(select(WrittenRequest.digest)).one()}
    _erased(desk, ticket)
    sealed = "".join(desk.session.scalars(select(ChainLink.content)))
    assert NAME not in sealed
    assert not [one for one in before if one in sealed]
    assert confirmed.digest in sealed
    desk.leave()


def test_whose_name_holds_the_erased_one_keeps_it() -> None:
    """Erasing 李建 is no reason to rename 李建国 in a sealed record."""
    desk = cases.office()
    ticket = _ended(desk)
    engineer = desk.session.get_one(Person, desk.actors["engineer"].person_id)
    engineer.name = f"{NAME}莹"
    handling.note(desk.sits("engineer"), ticket, words=f"{NAME}莹已告知{NAME}")
    _archived(desk, ticket)
    _erased(desk, ticket)
    said = str(desk.session.scalars(select(Event.data)).all())
    assert f"{NAME}莹已告知（已删除）" in said
    assert NAME not in said.replace(f"{NAME}莹", "")
    desk.leave()


def test_who_was_only_assigned_is_erased_from_that_case() -> None:
    """Also where a colleague has it since: they never acted in it, and its words and records name them."""
    desk = cases.office()
    other = desk.actors["lead"].person_id
    assert other is not None
    seeding.member(desk.session, cases.NOW, other, Role.ENGINEER, None)
    first = desk.actors["engineer"].person_id
    assert first is not None
    ticket = desk.report("打印机卡纸")
    handling.assign(desk.sits("desk"), ticket, to_id=first, reason=f"{cases.PEOPLE['engineer'][0]}熟悉这台")
    handling.assign(desk.sits("desk"), ticket, to_id=other, reason="换人")
    erasing.erase(desk.sits("desk"), first, reason="本人要求")
    reasons = [str(one.data) for one in desk.session.scalars(select(Event).where(Event.name == "assign"))]
    assert cases.PEOPLE["engineer"][0] not in "".join(reasons)
    desk.leave()


def test_where_an_engineer_was_is_erased_with_them() -> None:
    """The visit stays with its moments; the point on the map, of 到场 and of 签到, does not."""
    desk = cases.office()
    ticket = desk.report(cases.REPORT)
    handling.arrive(desk.sits("engineer"), ticket)
    handling.place_arrival(desk.sits("engineer"), ticket, 31.2, 121.5)
    signed = signing_in.sign_in(desk.sits("engineer"), resident_id=None)
    signing_in.place(desk.sits("engineer"), signed, latitude=31.2, longitude=121.5)
    engineer = desk.session.get_one(Ticket, ticket).assignee_id
    assert engineer is not None
    erasing.erase(desk.sits("desk"), engineer, reason="本人要求")
    visit, sign_in = desk.session.scalars(select(Visit)).one(), desk.session.get_one(SignIn, signed)
    assert (visit.arrived_at is not None, visit.place, sign_in.spot) == (True, None, {})
    desk.leave()


def test_whoever_is_erased_is_erased_under_the_name_they_once_gave_themselves() -> None:
    """At a room's QR, before an invite said who they are: two rows of one human being."""
    desk = cases.office()
    session, school = desk.session, desk.school
    given = seeding.person(session, cases.NOW, "小陆儿", phone="13612340000")
    seeding.member(session, cases.NOW, given, Role.TEACHER, school)
    account = seeding.account(session, cases.NOW, given, channel="wechat", external="o-lu-of-room-302")
    session.execute(update(Account).values(bound_how="room").where(Account.id == account))
    desk.actors = {**desk.actors, "given": Actor(person_id=given, account_id=account, name="小陆儿", channel="wechat")}
    matter = Matter(school_id=school, text="我是小陆儿，投影不亮", reported_at=desk.at, kind=Kind.FAULT)
    ticket = reporting.report(
        desk.sits("given"), matter, reporter_id=given, reporter_account_id=account, channel="wechat"
    )
    handling.acknowledge(desk.sits("engineer"), ticket.id)
    finishing.done(desk.sits("engineer"), ticket.id, words="小陆儿在场，已换灯泡")
    opinions.solved(desk.sits("given"), ticket.id)
    known = seeding.person(session, cases.NOW, "陆明远", phone="13612340000")
    self_made.become(desk.sits("given"), known, school)
    session.execute(update(Account).values(bound_how="invite", person_id=known).where(Account.id == account))
    said = desk.file(ticket.id).confirmations
    assert [one.bound_how for one in said if one.event == "solved"] == ["room"]  # as it was when they said so
    erasing.erase(desk.sits("desk"), known, reason="本人要求")
    for column in (Ticket.text, Event.data, Person.name, Person.phone):
        kept = str(session.scalars(select(column)).all())
        assert not [one for one in ("小陆儿", "陆明远", "13612340000") if one in kept], column
    desk.leave()
