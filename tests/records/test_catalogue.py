"""归档文件目录: its cover says whose files these are, of which year, and how long they are kept (DA/T 22)."""

from collections.abc import Sequence
from datetime import date

import pypdfium2

from agreement.archive import ArchiveRules, year_of
from desk.catalogue import Days, Filed, filed, rules_of
from records.catalogue import Catalogue, catalogue
from records.office import Office
from records.writing_catalogue_pdf import pdf
from tests.records import cases

VENDOR = "应诺软件技术（江州）有限公司"
SINCE, UNTIL = date(2026, 12, 1), date(2027, 1, 31)


def of(found: Sequence[Filed], rules: ArchiveRules) -> Catalogue:
    return catalogue(found, rules, vendor=VENDOR, since=SINCE, until=UNTIL, made_on=UNTIL)


def test_the_cover_names_fonds_year_term_and_unit() -> None:
    """Five things that a customer's archive looks for first; the year is that of the 档号, not that of the filing."""
    desk = cases.office()
    cases.not_needed(desk)
    found = filed(desk.session, Days(since=cases.NOW.date(), until=UNTIL))
    made = of(found, rules_of(desk.session, desk.rulebook, found))
    assert made.cover[:5] == [
        ("全宗号：", "YN01"),
        ("全宗名称：", VENDOR),
        ("年度：", "2026"),
        ("保管期限：", "D10"),
        ("机构：", "客户服务部门"),
    ]
    document = pypdfium2.PdfDocument(pdf(made, Office().fonts))
    first = document[0].get_textpage().get_text_range()
    document.close()
    assert all(label in first for label, _ in made.cover)


def test_of_days_in_which_nothing_was_filed_the_years_are_those_of_the_days() -> None:
    """An empty catalogue is one of its period all the same."""
    assert dict(of([], ArchiveRules()).cover)["年度："] == "2026、2027"


def test_the_year_of_a_file_number_is_read_from_its_end() -> None:
    """A customer's own class may hold a year too."""
    rules = ArchiveRules(fonds="X1", category="ZY·2019")
    assert year_of(rules.file_number(2026, "D30", 7)) == year_of(rules.file_number(2026, "Y", 7)) == "2026"
    assert year_of("") == ""
