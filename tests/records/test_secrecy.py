"""密级 has one source, the policy: what the header of a record says and what 《归档记录》 says never differ."""

from dataclasses import replace

import pytest

from agreement.words import Record
from desk.rulebook import shipped, store_policy
from records.cells import Words
from records.grid import Printing
from records.office import Office
from records.papers import Paper, attempts, canonical, paper_of, project
from records.sheets import sheet
from storage.tables import Contract
from tests.records import cases

OFFICE = Office()


def header(paper: Paper) -> str:
    return sheet(paper, OFFICE.forms.current(paper.record), Printing(at=cases.NOW)).form_line


@pytest.mark.parametrize("secrecy", ["内部", "公开"])
def test_every_header_says_what_the_policy_and_the_cover_say(secrecy: str) -> None:
    """Before 归档 and after it, on every record of the case."""
    desk = cases.office()
    text = shipped().replace('secrecy = "内部"', f'secrecy = "{secrecy}"')
    desk.session.get_one(Contract, 1).policy_id = store_policy(desk.session, now=cases.NOW, text=text)
    desk.session.flush()
    ticket = desk.report("打不开")
    assert header(project(Record.REGISTER, 1, desk.file(ticket), OFFICE)).endswith(f"密级：{secrecy}")
    case = desk.file(cases.not_needed(desk))
    papers = [project(record, attempt, case, OFFICE) for record in Record for attempt in attempts(record, case)]
    assert {header(one).rpartition("密级：")[2] for one in papers} == {secrecy}
    assert project(Record.ARCHIVE, 1, case, OFFICE).cells["secrecy"] == Words(secrecy)


def test_what_was_filed_wins_over_the_policy_of_today() -> None:
    """A case keeps the 密级 that it was filed with, in its cell and in its header."""
    desk = cases.office()
    case = desk.file(cases.not_needed(desk))
    assert case.archived is not None
    other = replace(case, archived=replace(case.archived, secrecy="秘密"))
    assert header(project(Record.ARCHIVE, 1, other, OFFICE)).endswith("密级：秘密")


def test_an_edition_of_before_is_printed_with_its_forms_word_and_keeps_its_digest() -> None:
    """What was kept without a 密级 of its own is read, printed and written as it was."""
    desk = cases.office()
    paper = project(Record.REGISTER, 1, desk.file(desk.report("打不开")), OFFICE)
    before = replace(paper, secrecy="")
    assert "secrecy" not in canonical(before)
    assert paper_of(canonical(before)) == before
    assert paper_of(canonical(paper)) == paper
    assert header(before).endswith("密级：内部")
