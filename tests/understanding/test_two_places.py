"""Of a place that was said first and one in the words after it, the more exact one is meant, else the later one."""

import pytest

from conversations.understanding import Named, Surroundings, likelier_place, understand

SCHOOL = Surroundings(rooms=(Named("1", "302教室", ("创客角",)), Named("2", "图书馆")))


@pytest.mark.parametrize(
    ("first", "then", "meant"),
    [
        ("302教室", "投影打不开", "302教室"),
        ("302教室", "教室的投影打不开", "302教室"),
        ("302教室", "不对，是303教室", "303教室"),
        ("302教室", "图书馆的打印机坏了", "图书馆"),
        ("三楼机房", "机房的网断了", "三楼机房"),
        ("教室", "办公室的打印机坏了", "办公室"),
        ("创客角", "打印机卡纸", "302教室"),
        ("在302", "投影打不开", "302教室"),
    ],
)
def test_a_vaguer_place_takes_nothing_back(first: str, then: str, meant: str) -> None:
    """教室 after 302教室 is the same one; 303教室 is another."""
    assert likelier_place(understand(first, SCHOOL), understand(then, SCHOOL)) == meant
