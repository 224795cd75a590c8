"""Published calendars as they come in: the real notices, JSON, CSV, and what cannot be read, named."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from agreement.announced import Announced, AnnouncedError, Change, changes, taken
from agreement.calendar import Workdays
from agreement.day_files import read_days
from tests.dues import published_workdays

HEAD = """国务院办公厅关于{year}年
部分节假日安排的通知
国办发明电〔{before}〕7号
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将{year}年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
{body}
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，遇有重大突发事件，要按规定及时报告并妥善处置。
国务院办公厅
{before}年11月4日"""
BODIES = {
    2019: """一、元旦：2018年12月30日至2019年1月1日放假调休，共3天。2018年12月29日（星期六）上班。
二、春节：2月4日至10日放假调休，共7天。2月2日（星期六）、2月3日（星期日）上班。
三、清明节：4月5日放假，与周末连休。
四、劳动节：5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。
五、端午节：6月7日放假，与周末连休。
六、中秋节：9月13日放假，与周末连休。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2023: """一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。
二、春节：1月21日至27日放假调休，共7天。1月28日（星期六）、1月29日（星期日）上班。
三、清明节：4月5日放假，共1天。
四、劳动节：4月29日至5月3日放假调休，共5天。4月23日（星期日）、5月6日（星期六）上班。
五、端午节：6月22日至24日放假调休，共3天。6月25日（星期日）上班。
六、中秋节、国庆节：9月29日至10月6日放假调休，共8天。10月7日（星期六）、10月8日（星期日）上班。""",
    2024: """一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。鼓励各单位结合带薪年休假等制度落实，安排职工在除夕（2月9日）休息。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。""",
    2025: """一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。""",
    2026: """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。""",
}


def notice(year: int, body: str = "") -> str:
    """The whole notice of that year."""
    return HEAD.format(year=year, before=year - 1, body=body or BODIES[year])


@pytest.mark.parametrize("year", BODIES)
def test_the_real_notices_give_the_days_that_were(year: int) -> None:
    """Pasted with its heading and its last lines, each gives the library's 365 days; so do other blanks."""
    read = read_days(notice(year))
    assert (read.year, read.number) == (year, f"国办发明电〔{year - 1}〕7号")
    known = published_workdays()
    days = taken(read, known)
    assert len([one for one in days if one.year == year]) == (366 if year == 2024 else 365)
    assert [day for day, works in days.items() if works != chinese_calendar.is_workday(day)] == []
    assert read_days(notice(year).replace("\n", "\r\n\r\n　　").replace("（", "(").replace("）", ")")) == read


def test_the_names_of_the_holidays_are_kept() -> None:
    """为什么 can say for which holiday a day was skipped or worked."""
    read = read_days(notice(2026))
    named = [read.name(date(2026, 1, day)) for day in (3, 4, 5)]
    assert named == ["元旦", "元旦", ""]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("一、元旦：1月1日至3日放假调休，共4天。", "names 3 days and says 共4天"),
        (
            "一、元旦：1月1日至3日放假调休，共3天。1月4日（星期六）上班。",
            "is a 星期日, the notice says 星期六",
        ),
        ("一、元旦：1月32日放假。", '"1月32日" in'),
        ("一、元旦：1月1日调整。", "neither 放假 nor 上班"),
        ("一、元旦：放假。", 'no day of rest found in "放假。"'),
        ("一、元旦：1月3日至1日放假。", "no span of days"),
        ("一、元旦：3日放假。", '"?月3日"'),
        ("一、元旦：1月1日放假。1月5日上班。", "is a 星期一 and works anyway"),
        ("一、元旦：1月1日、1月放假。", '"1月" in'),
        ("元旦放假三天。", "no holiday found"),
        ("一、元旦：1月1日至3日放假。1月3日上班。", "is said to rest and to work"),
    ],
)
def test_what_cannot_be_read_is_named(body: str, words: str) -> None:
    """A notice read half would move due times wrongly: it is refused with the words that stopped it."""
    with pytest.raises(AnnouncedError) as told:
        read_days(notice(2026, body))
    assert words in str(told.value)


def test_a_notice_without_its_year_is_refused() -> None:
    """The same days are another calendar a year later."""
    with pytest.raises(AnnouncedError, match="the year is not said"):
        read_days(BODIES[2026])


@pytest.mark.parametrize(
    "head", ["日期,名称,是否放假\n", "date,holiday\n", "", "date;name;isOffDay\n", "date\tname\tisOffDay\n"]
)
def test_a_table_with_another_head_is_told_its_columns(head: str) -> None:
    """It is no notice whose year is missing: what is wrong with it is the first line."""
    mark = ";" if ";" in head else "\t" if "\t" in head else ","
    with pytest.raises(AnnouncedError, match="line 1: a table should begin with date,name,isOffDay"):
        read_days(head + mark.join(["2027-01-01", "元旦", "true"]) + "\n")


JSON_2027 = """{"year": 2027, "papers": ["https://example.org/notice"], "days": [
 {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
 {"name": "元旦", "date": "2027-01-02", "isOffDay": true},
 {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}"""
CSV_2027 = "date,name,isOffDay\n2027-01-01,元旦,true\n2027-01-02,元旦,休\n\n2027-01-09,元旦,班\n"


@pytest.mark.parametrize("text", [JSON_2027, CSV_2027, "\ufeff" + CSV_2027.replace("\n", "\r\n")])
def test_files_say_the_same_as_a_notice(text: str) -> None:
    """JSON as holiday-cn has it, or a table saved from a spreadsheet."""
    read = read_days(text)
    assert read.year == 2027
    days = read.of_year()
    assert [days[date(2027, 1, day)] for day in (1, 2, 4, 9)] == [False, False, True, True]


@pytest.mark.parametrize("text", ['{"year": 2027, "papers": [], "days": []}', "date,name,isOffDay\n", "  \n"])
def test_an_empty_file_is_no_notice_yet(text: str) -> None:
    """Never "a year without holidays"."""
    assert read_days(text, 2027).is_empty


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"days": [', "is no JSON"),
        ('{"days": 3}', '"days" should be a list'),
        ('{"days": [{"date": "2027-01-01"}]}', 'day 1: "isOffDay"'),
        ('{"days": [{"date": "1.1.2027", "isOffDay": true}]}', 'day 1: "1.1.2027" is no date'),
        ('{"days": []}', "--year"),
        ("date,name,isOffDay\n2027-01-01,元旦\n", "line 2: should have"),
        (
            "date,name,isOffDay\n2027-01-01,元旦,maybe\n",
            'line 2: isOffDay should be true or false, not "maybe"',
        ),
        ("date,name,isOffDay\n2027-13-01,元旦,true\n", "line 2"),
        ("date,name,isOffDay\n2027-01-01,元旦,true\n2027-01-01,元旦,true\n", "twice"),
        ('{"year": 2027, "days": [{"date": "2029-01-01", "isOffDay": true}]}', "does not belong to 2027"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(text: str, words: str) -> None:
    """By its line or its place in the list."""
    with pytest.raises(AnnouncedError) as told:
        read_days(text)
    assert words in str(told.value)


def test_the_difference_names_the_days_that_come_out_otherwise() -> None:
    """Against plain weekends: the holiday rests, the make-up day works; what its weekday says anyway is none."""
    known = Workdays("2026", {}, frozenset({2026}))
    assert changes(read_days(JSON_2027), known) == [
        Change(date(2027, 1, 1), works=False, was_provisional=True, name="元旦"),
        Change(date(2027, 1, 9), works=True, was_provisional=True, name="元旦"),
    ]


def test_a_neighbours_day_is_taken_only_where_that_year_is_published() -> None:
    """One stray day must not make a whole year look published."""
    announced = Announced(2027, {date(2026, 12, 31): "元旦", date(2028, 1, 3): "元旦"})
    days = taken(announced, Workdays("2026", {}, frozenset({2026})))
    assert days[date(2026, 12, 31)] is False
    assert date(2028, 1, 3) not in days
    assert len(days) == 366
    assert min(days) == date(2027, 1, 1) - timedelta(days=1)
