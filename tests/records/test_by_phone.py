"""What a customer said on the phone is printed with the member of the desk who wrote it down (records §1)."""

from agreement.words import Cause, Harm, Record, Role
from desk import archiving, calling, calls, opinions, registering, reporting
from desk.case_file import CaseFile
from records.cells import Blank, Cells, Chosen, Words
from records.office import Office
from records.papers import project
from storage.tables import Ticket
from tests.records import cases

OFFICE = Office()


def cells(case: CaseFile, record: Record) -> Cells:
    return project(record, 1, case, OFFICE).cells


def called(desk: cases.Office, ticket: int) -> int:
    """A call to the reporter that stands in the desk's list."""
    reporter = desk.actors["reporter"].person_id
    assert reporter is not None
    return calls.listed(
        desk.sits("desk"), person_id=reporter, reason="no_answer", ticket_id=ticket, school_id=desk.school
    ).id


def registered(desk: cases.Office, way: str) -> CaseFile:
    matter = reporting.Matter(
        school_id=desk.school,
        text="全校打不开选课系统",
        reported_at=desk.at,
        urgent_at=desk.at,
        cause=Cause.BUSINESS,
        harm=Harm.INTERRUPTION,
    )
    reporter = desk.actors["reporter"].person_id
    assert reporter is not None
    return desk.file(
        registering.register(desk.sits("desk"), matter, reporter_id=reporter, way=way, answered="no").id
    )


def test_urgency_declared_on_the_phone_names_who_wrote_it_down() -> None:
    """The tick is the customer's word; on paper it came in writing and needs no witness."""
    by_phone, on_paper = (registered(cases.office(), way) for way in ("phone", "paper"))
    said = "紧急业务、业务中断"
    assert cells(by_phone, Record.REGISTER)["urgency"] == Chosen(("urgent",), f"{said}、电话确认，记录人：陈静")
    assert cells(on_paper, Record.REGISTER)["urgency"] == Chosen(("urgent",), said)


def test_an_opinion_given_by_phone_names_who_called() -> None:
    """Nobody answered in chat; the call is the only answer, and the silence that closed the case stays said."""
    desk = cases.office()
    ticket = cases.silent(desk)
    archiving.close_by_policy(desk.sits(""), desk.session.get_one(Ticket, ticket))
    assert cells(desk.file(ticket), Record.OPINION)["caller"] is Blank.NOT_APPLICABLE
    call = called(desk, ticket)
    assert Role.DESK in desk.actors["desk"].roles
    calling.other(desk.sits("desk"), call, words="以后备份请安排在夜里")
    opinion = cells(desk.file(ticket), Record.OPINION)
    assert opinion["caller"] == Words("陈静")
    assert isinstance(opinion["call"], Words)
    assert opinion["call"].text.endswith("陈静：其他，以后备份请安排在夜里，电话确认，记录人：陈静")
    assert opinion["solved"] == Chosen((), "未答复，按约定视同")
    assert opinion["measures"] is Blank.NOT_APPLICABLE


def test_a_call_that_reached_nobody_is_no_answer() -> None:
    """Nothing is confirmed by a telephone that rang."""
    desk = cases.office()
    ticket = cases.silent(desk)
    call = called(desk, ticket)
    for _ in range(9):
        if not desk.file(ticket).happened("called_back"):
            calling.missed(desk.sits("desk"), call)
    assert cells(desk.file(ticket), Record.OPINION)["caller"] is Blank.NOT_APPLICABLE


def test_who_gave_the_opinion_in_chat_needs_no_caller() -> None:
    """The customer's own tap stands for itself."""
    desk = cases.office()
    ticket = cases.closable(desk)
    opinions.rate(desk.sits("reporter"), ticket, mark=5)
    calling.well(desk.sits("desk"), called(desk, ticket))
    assert cells(desk.file(ticket), Record.OPINION)["caller"] is Blank.NOT_APPLICABLE
