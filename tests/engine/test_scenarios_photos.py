"""Scenarios of photos: to the open question, to the last one on the path, to the pocket."""

from tests.engine.player import Player, picture

MATTER = "302教室的成绩系统打不开了"


def test_album_in_several_messages_and_one_late() -> None:
    """An album comes in pieces; the late one joins it before anything is filed, edited in place."""
    teacher = Player().open("report", opening=MATTER)
    teacher.photo("a").photo("b").wait(30).photo("late")
    assert teacher.question == "sure"
    assert (teacher.prompt.replaces, teacher.prompt.showing) == ("1:sure", "in_place")
    teacher.photo("late")
    teacher.tap("确认提交")
    assert teacher.desk.filed[0]["photos"] == 3, "the same photo twice is one"


def test_album_at_its_own_question() -> None:
    """The first photo answers the question; the rest of the album joins the answer."""
    teacher = Player().open("album").photo("a")
    assert teacher.question == "enough"
    asked = teacher.prompt
    teacher.photo("b")
    teacher.tap("是", asked)
    assert teacher.note == "dialog.changed_meanwhile"
    teacher.tap("是")
    assert teacher.last.ended[0].result is not None
    assert teacher.last.ended[0].result.values == {"count": 2, "yes": "True"}


def test_a_photo_after_the_act_is_not_taken() -> None:
    """What came after the report was filed belongs to the ticket: it comes back unused."""
    teacher = Player().open("report", opening=MATTER).tap("确认提交").photo("late")
    assert [one.name for one in teacher.last.unused] == ["late"]


def test_photo_before_words() -> None:
    """A photo before any words waits in the pocket until its question comes."""
    teacher = Player().open("report").photo("first")
    assert (teacher.question, teacher.note) == ("opening", "dialog.photo_kept")
    teacher.say(MATTER).tap("确认提交")
    assert teacher.desk.filed[0]["photos"] == 1
    assert teacher.dialog.pocket == ()


def test_photo_with_caption() -> None:
    """A photo with a caption is both: the words answer, the photo waits for its question."""
    teacher = Player().open("report").photo("first", caption=MATTER)
    assert teacher.question == "sure"
    teacher.photo("second", caption="这是报错的样子").tap("确认提交")
    assert teacher.desk.filed[0]["photos"] == 2
    assert teacher.desk.filed[0]["what"] == f"{MATTER}\n这是报错的样子"


def test_tenth_photo() -> None:
    """The tenth is refused with a word, and the nine stay; so too when ten come at once."""
    teacher = Player().open("report", opening=MATTER)
    for number in range(10):
        teacher.photo(str(number))
    assert teacher.note == "dialog.photos_full"
    teacher.tap("确认提交")
    assert teacher.desk.filed[0]["photos"] == 9
    at_once = Player().open("album").say("", *(picture(str(number)) for number in range(10)))
    assert (at_once.question, at_once.note) == ("enough", "dialog.photos_full")


def test_no_photos_is_an_answer() -> None:
    """Nothing is an answer: the question is not asked for ever."""
    teacher = Player().open("album").tap("没有照片")
    assert teacher.question == "enough"


def test_a_photo_that_no_question_takes() -> None:
    """A flow without photos gives them back and says nothing."""
    engineer = Player().open("plan").photo("x")
    assert [one.name for one in engineer.last.unused] == ["x"]
    assert engineer.last.prompts == ()
