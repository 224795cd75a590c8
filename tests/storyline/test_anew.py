"""On a platform that cannot edit, a card shown again is told from a new message."""

from tests.doubles.platform import Shown
from tests.storyline.anew import Meant, shown_anew


def screen(*texts: str) -> list[Shown]:
    return [
        Shown(sequence=at, account="a", message_id=str(at), text=text) for at, text in enumerate(texts, 1)
    ]


def new(text: str) -> Meant:
    return Meant(text, is_edit=False)


def edit(text: str) -> Meant:
    return Meant(text, is_edit=True)


def test_a_message_is_anew_when_the_house_meant_an_edit() -> None:
    sent = [new("#1 已登记"), edit("#1 已登记"), new("#1 已接单")]
    assert shown_anew(screen("#1 已登记", "#1 已登记", "#1 已接单"), sent) == {2}


def test_numbers_below_photos_between_and_a_cut_text_do_not_confuse_it() -> None:
    sent = [new("请确认：投影坏了"), edit("很长的话"), edit("好")]
    shown = screen("请确认：投影坏了\n1 确认提交", "<photo a.jpg>", "很长", "的话", "好")
    assert shown_anew(shown, sent) == {3, 5}
