"""Words cut to size and choices as numbers: nothing is lost, and each number is what the dialog counts."""

import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.choices import MOST_BYTES, MOST_CHARACTERS, fits, numbered, pieces, with_list
from bot.wechat.layout import Choices, MenuOf, Words, laid_out
from bot.wechat.replying import passive_text, rendered, safe
from conversations.engine.messages import Button, File, MediaKind, Outgoing
from tests.doubles.desk import BUTTONS, outgoing
from tests.doubles.wechat.showing import split_list

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label=label, data=f"d{at}") for at, label in enumerate(labels))


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (("确认提交", "修改", "取消"), "123"),
        (("第一中学", "第二中学", "返回"), "120"),
        (("Yes", "No", "Back"), "120"),
        (("非常满意", "满意", "一般", "不满意", "很不满意"), "54321"),
        (("Very satisfied", "Satisfied"), "54"),
        ((), ""),
    ],
)
def test_the_number_of_each_choice(labels: tuple[str, ...], numbers: str) -> None:
    """By place; marks by their mark; 0 is the way back, in either language."""
    assert "".join(number for number, _ in numbered(buttons(*labels))) == numbers


def test_a_list_stands_below_the_words() -> None:
    """And the phone finds it there again."""
    text = with_list("哪个学校？\n请选", buttons("第一中学", "返回"))
    assert text == "哪个学校？\n请选\n\n1 第一中学\n0 返回"
    words, shown = split_list(text)
    assert (words, [(one.data, one.label) for one in shown]) == (
        "哪个学校？\n请选",
        [("1", "第一中学"), ("0", "返回")],
    )
    assert with_list("只有字", ()) == "只有字"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("字" * 600, [600]),
        ("字" * 601, [600, 1]),
        ("字" * 300 + "\n" + "字" * 300, [300, 300]),
        ("字" * 599 + "\n" + "字", [599, 1]),
        ("字" * 600 + "\n" + "字", [600, 1]),
        ("😀" * 512, [512]),
        ("😀" * 513, [512, 1]),
        ("\n".join(["字" * 99] * 12), [599, 599]),
        ("\n" + "字" * 700, [601 - 1, 101]),
    ],
)
def test_where_a_long_text_is_cut(text: str, expected: list[int]) -> None:
    """At the last line break that fits, else in the middle; 600 characters and 2,048 bytes are the edges."""
    assert [len(piece) for piece in pieces(text)] == expected


@given(st.text(alphabet=st.sampled_from("字a\n 😀é"), max_size=3000))
def test_every_piece_fits_and_no_word_is_lost(text: str) -> None:
    """Only line breaks and blanks at the cuts may go."""
    cut = pieces(text)
    assert all(fits(piece) and piece.strip() for piece in cut)
    assert "".join("".join(cut).split()) == "".join(text.split())


def test_the_limits() -> None:
    """As measured: 600 汉字 stay below 2,048 bytes with room to spare."""
    assert len(("字" * MOST_CHARACTERS).encode()) < MOST_BYTES == 2048


@pytest.mark.parametrize(
    ("count", "choices", "kind"),
    [
        (1, Choices.MENU, MenuOf),
        (5, Choices.MENU, MenuOf),
        (6, Choices.MENU, Words),
        (5, Choices.LIST, Words),
    ],
)
def test_how_choices_are_laid_out(count: int, choices: Choices, kind: type) -> None:
    """Up to five lines are tapped where the account may; otherwise numbers are typed."""
    (part,) = laid_out(outgoing("o", "选", buttons=buttons(*"一二三四五六"[:count])), choices)
    assert isinstance(part, kind)


def test_a_long_text_ends_in_its_choices() -> None:
    """The choices stand under the end of the text, whichever form they have."""
    message = outgoing("o", "\n".join(["字" * 99] * 11), buttons=BUTTONS)
    menu = laid_out(message, Choices.MENU)
    assert [type(part) for part in menu] == [Words, MenuOf]
    listed = laid_out(message, Choices.LIST)
    assert [part.text[-4:] for part in listed if isinstance(part, Words)] == ["字" * 4, "2 修改"]


def test_choices_without_words() -> None:
    """Also they can be shown."""
    assert laid_out(outgoing("o", "", buttons=BUTTONS), Choices.MENU) == (MenuOf("", BUTTONS),)
    assert laid_out(outgoing("o", "", buttons=BUTTONS), Choices.LIST) == (Words("1 确认提交\n2 修改"),)


# --- the passive reply


def test_what_a_passive_reply_can_be() -> None:
    """One text that fits; no files, nothing empty."""
    photo = File(kind=MediaKind.PHOTO, name="a", media_type="image/jpeg", path="a")
    assert passive_text(outgoing("o", "好", buttons=BUTTONS)) == "好\n\n1 确认提交\n2 修改"
    assert passive_text(outgoing("o", "字" * 601)) is None
    assert passive_text(outgoing("o", " ")) is None
    assert passive_text(Outgoing(key="1", chat="o", account="o", text="看", files=(photo,))) is None


ATTACKS = (
    "]]>",
    "a]]>b",
    "]]]]>>",
    "]]>]]>",
    "]]",
    "]]></Content><MsgType><![CDATA[news]]></MsgType><Content><![CDATA[",
    "<![CDATA[",
    "&lt;&#0;",
    "\ud800x",
    "\x00\x01\x0b\x1f\ufffe\uffff",
    "😀 汉字\n第二行\t缩进",
)


@pytest.mark.parametrize("text", ATTACKS)
def test_no_text_breaks_the_reply(text: str) -> None:
    """wechatpy pastes text into CDATA as it is: crafted words would become elements of the reply."""
    root = ET.fromstring(rendered(text, to="oAbc", sender="gh_1", now=NOW))
    tags = sorted(one.tag for one in root)
    assert tags == ["Content", "CreateTime", "FromUserName", "MsgType", "ToUserName"]
    allowed = "".join(char for char in text if char not in "\x00\x01\x0b\x1f\ufffe\uffff\ud800")
    assert (root.findtext("Content"), root.findtext("MsgType")) == (allowed, "text")
    assert (root.findtext("ToUserName"), root.findtext("CreateTime")) == ("oAbc", str(int(NOW.timestamp())))


@given(st.text(max_size=100))
def test_any_text_comes_back_whole(text: str) -> None:
    """Whatever a person or a flow writes: what XML can hold is read again as it was."""
    root = ET.fromstring(f"<a><![CDATA[{safe(text)}]]></a>")
    held = "".join(char for char in text if safe(char))
    assert (root.text or "") == held.replace("\r\n", "\n").replace("\r", "\n")
    assert len(root) == 0
