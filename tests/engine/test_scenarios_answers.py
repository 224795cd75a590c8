"""Scenarios of answers: given, guessed, changed, joined. The player restarts between any two messages."""

import pytest

from conversations.engine.kept import How
from tests.engine.player import Player

MATTER = "302教室的成绩系统打不开了"


@pytest.fixture
def summary() -> Player:
    """A teacher of one school before the summary of a whole sentence, long after it was shown."""
    return Player().open("report", opening=MATTER).wait(10)


@pytest.fixture
def of_two() -> Player:
    """A teacher of two schools, asked which one."""
    teacher = Player()
    teacher.desk.schools = [("s1", "第一中学"), ("s2", "第二中学")]
    return teacher.open("report", opening=MATTER).wait(10)


def test_one_message_and_one_tap(summary: Player) -> None:
    """A sentence that says everything needs one tap more and is filed."""
    assert summary.question == "sure"
    assert summary.labels() == ["确认提交", "修改", "取消"]
    summary.tap("确认提交")
    assert summary.results == ["sample.filed"]
    filed = {
        "school": "s1",
        "what": MATTER,
        "place": "302教室",
        "kind": "fault",
        "photos": 0,
        "sure": "submit",
    }
    assert summary.desk.filed == [filed]
    assert summary.desk.lookups == 1, "the guess was looked up once"
    assert summary.last.ended[0].acted == {"filed": 1}


def test_guided() -> None:
    """Nothing said in advance: asked step by step, answered in words and numbers."""
    teacher = Player().open("report")
    assert teacher.question == "opening"
    assert teacher.say("你好").question == "what"
    assert teacher.say("选课页面白屏了").question == "kind"
    assert [one.number for one in teacher.prompt.choices] == ["1", "2", "3", "0"]
    assert teacher.say("２").question == "sure"
    teacher.say("确认提交。")
    assert teacher.desk.filed[0]["kind"] == "consultation"
    assert teacher.desk.filed[0]["what"] == "选课页面白屏了"


def test_a_second_school_appears(summary: Player) -> None:
    """The only school was pinned: a second one tomorrow changes nothing in today's dialog."""
    summary.desk.schools.append(("s2", "第二中学"))
    summary.tap("确认提交")
    assert summary.desk.filed[0]["school"] == "s1"


def test_the_school_changes_before_the_tap(of_two: Player) -> None:
    """A summary confirmed after its content changed is shown again, not filed."""
    schools = of_two.prompt
    shown = of_two.tap("第一中学").prompt
    of_two.tap("第二中学", schools)
    assert of_two.question == "sure"
    of_two.tap("确认提交", shown)
    assert of_two.desk.filed == []
    assert (of_two.question, of_two.note) == ("sure", "dialog.changed_meanwhile")
    of_two.say("1")
    assert of_two.desk.filed[0]["school"] == "s2"


def test_the_school_is_gone(of_two: Player) -> None:
    """A school that is no longer valid is the only thing asked again, with the reason."""
    of_two.tap("第一中学").wait(5)
    of_two.desk.schools = [("s2", "第二中学")]
    of_two.say("确认提交")
    assert (of_two.question, of_two.note) == ("school", "dialog.changed_meanwhile")
    assert of_two.desk.filed == []
    assert of_two.tap("第二中学").question == "sure"
    of_two.tap("确认提交")
    assert (of_two.desk.filed[0]["school"], of_two.desk.filed[0]["what"]) == ("s2", MATTER)


def test_change_one_answer(summary: Player) -> None:
    """修改 lists what can be changed; the rest stays and the summary is confirmed anew."""
    summary.tap("修改")
    assert summary.prompt.text.key == "dialog.which_change"
    assert summary.labels() == ["内容", "地点", "类别", "照片", "学校", "返回"]
    assert summary.say("2").question == "place"
    assert summary.say("图书馆").question == "sure"
    summary.say("确认")
    assert (summary.desk.filed[0]["place"], summary.desk.filed[0]["what"]) == ("图书馆", MATTER)


def test_words_after_change_replace_the_matter(summary: Player) -> None:
    """Words typed at once behind 修改 replace the matter; its earlier words keep their time."""
    summary.tap("修改").say("图书馆二楼检索机黑屏")
    assert summary.question == "sure"
    summary.tap("修改").say("图书馆三楼检索机黑屏")
    frame = summary.dialog.top
    assert frame is not None
    assert [one.value for one in frame.answers["what"].earlier] == ["图书馆二楼检索机黑屏"]
    summary.tap("确认提交")
    assert summary.desk.filed[0]["what"] == "图书馆三楼检索机黑屏"


def test_words_at_the_summary_join_the_matter(summary: Player) -> None:
    """Free words at the summary join the matter, and the summary is shown anew."""
    before = summary.prompt.digest
    summary.say("全班都进不去")
    assert summary.question == "sure"
    assert summary.prompt.digest != before
    summary.tap("确认提交")
    assert summary.desk.filed[0]["what"] == f"{MATTER}\n全班都进不去"


def test_a_label_typed_at_the_summary_opens_that_answer(summary: Player) -> None:
    """地点 as the whole message is no news about the fault: that answer is asked anew."""
    assert summary.say("地点").question == "place"


def test_back_past_guesses(summary: Player) -> None:
    """Back goes to what was said, past everything that was only guessed."""
    summary.say("返回")
    assert (summary.question, summary.note) == ("opening", "dialog.gone_back")
    summary.say("机房打印成绩单时出错")
    assert summary.question == "sure"
    summary.tap("确认提交")
    assert summary.desk.filed[0]["place"] == "机房"


def test_back_step_by_step() -> None:
    """Back twice is two answers back; what came later is still there."""
    teacher = Player().open("report").say("你好").say("选课页面白屏了").say("2").wait(10)
    assert teacher.say("0").question == "kind"
    assert teacher.say("back").question == "what"
    assert teacher.say("成绩页面白屏了").question == "kind"
    assert teacher.say("易用性").question == "sure"


def test_two_bubbles(of_two: Player) -> None:
    """Words sent before our question could be read join the text before them: two bubbles, one sentence."""
    teacher = Player(desk=of_two.desk).open("report", opening="302教室的")
    assert teacher.question == "school"
    teacher.wait(2).say("成绩系统打不开了")
    assert teacher.question == "school"
    assert teacher.last.understood
    teacher.wait(5).say("第一中学").tap("确认提交")
    assert teacher.desk.filed[0]["what"] == "302教室的\n成绩系统打不开了"


def test_words_after_three_seconds_are_an_answer(of_two: Player) -> None:
    """The same words later are an answer that was not understood."""
    teacher = Player(desk=of_two.desk).open("report", opening="302教室的成绩")
    teacher.wait(3).say("系统打不开了")
    assert not teacher.last.understood


def test_wrong_text_three_times(of_two: Player) -> None:
    """The third miss in a row offers a human; an answer in between begins the count anew."""
    of_two.say("不知道").say("随便")
    assert of_two.last.offers_human is False
    assert of_two.note == "dialog.not_understood"
    of_two.say("都行")
    third = of_two.last
    assert third.offers_human
    assert not third.understood
    assert of_two.say("1").question == "sure"


def test_number_as_shown(of_two: Player) -> None:
    """A number means the list as it was shown, whatever the list has become meanwhile."""
    of_two.desk.schools = [("s0", "新校区"), ("s2", "第二中学"), ("s1", "第一中学")]
    of_two.say("②").tap("确认提交")
    assert of_two.desk.filed[0]["school"] == "s2"


@pytest.mark.parametrize("text", ["1", "１", "①", "1.", "一", " 1 。", "第一中学", "第一中学。"])
def test_a_choice_typed(of_two: Player, text: str) -> None:
    """A choice is typed by its label or by its number in any of its forms."""
    assert of_two.say(text).question == "sure"


def test_a_number_that_was_not_shown(of_two: Player) -> None:
    """A number beyond the list is told, and the list stays."""
    assert of_two.say("7").note == "dialog.no_such_number"


def test_guess_follows_a_changed_opening(summary: Player) -> None:
    """What was guessed from the opening is guessed anew when the opening changes."""
    summary.say("返回").say("图书馆检索机黑屏了")
    summary.tap("确认提交")
    filed = summary.desk.filed[0]
    assert (filed["what"], filed["place"]) == ("图书馆检索机黑屏了", "图书馆")
    assert summary.desk.lookups == 2


def test_changing_a_guess_from_the_summary(summary: Player) -> None:
    """A guess that is changed becomes an answer; thinking better of it brings the guess back."""
    summary.tap("修改").tap("类别")
    assert summary.question == "kind"
    assert summary.tap("返回").question == "sure"
    frame = summary.dialog.top
    assert frame is not None
    assert "kind" not in frame.answers
    summary.tap("修改").tap("类别").say("咨询")
    summary.tap("确认提交")
    assert summary.desk.filed[0]["kind"] == "consultation"


def test_changing_the_only_choice(summary: Player) -> None:
    """The pinned only choice can be asked for, shown with what is valid by then."""
    summary.desk.schools.append(("s2", "第二中学"))
    summary.tap("修改").tap("学校")
    assert summary.labels()[:2] == ["第一中学", "第二中学"]
    summary.tap("第二中学").tap("确认提交")
    assert summary.desk.filed[0]["school"] == "s2"


def test_an_old_summary_is_confirmed_while_a_change_stands_open(summary: Player) -> None:
    """A tap on the summary instead of an answer takes the change back: what is filed is what was shown."""
    shown = summary.prompt
    summary.tap("修改").tap("地点")
    summary.tap("确认提交", shown)
    assert summary.desk.filed[0]["place"] == "302教室"


def test_command_words_inside_sentences() -> None:
    """取消 and 返回 inside a sentence are words."""
    teacher = Player().open("report")
    teacher.say("选课后点取消没有反应，返回也打不开").wait(10)
    assert teacher.question == "sure"
    teacher.say("点返回就黑屏")
    teacher.tap("确认提交")
    assert teacher.desk.filed[0]["what"] == "选课后点取消没有反应，返回也打不开\n点返回就黑屏"


@pytest.mark.parametrize("text", ["取消", "取消。", " 取消！", "CANCEL", "Ｃancel"])
def test_a_command_word_as_an_answer(text: str) -> None:
    """At a question of free text the command wins, and says so."""
    teacher = Player().open("report").say(text)
    assert teacher.results == ["dialog.cancelled"]
    assert teacher.dialog.top is None


def test_the_first_words_keep_their_time(summary: Player) -> None:
    """Joined words do not move the time of the words they join."""
    teacher = Player().open("report").say("你好").say("选课页面白屏了")
    said_at = teacher.now
    teacher.wait(60).say("1").wait(60).say("全校都这样")
    frame = teacher.dialog.top
    assert frame is not None
    assert frame.answers["what"].at == said_at
    assert frame.answers["what"].how is How.SAID


def test_an_edited_message_replaces_its_own_words(summary: Player) -> None:
    """Editing a bubble replaces that bubble, not the words around it; other messages are no answer's."""
    summary.correct("m1", "图书馆的成绩系统打不开了")
    assert summary.prompt.text.values["place"] == "图书馆", "what was guessed from it follows"
    summary.say("全班都进不去").correct("m3", "全校都进不去").tap("确认提交")
    assert summary.desk.filed[0]["what"] == "图书馆的成绩系统打不开了\n全校都进不去"
    assert summary.correct("m3", "太晚了").turn is None


def test_changing_by_name(summary: Player) -> None:
    """修改地点 typed at once is the list and the tap."""
    assert summary.say("修改地点").question == "place"
