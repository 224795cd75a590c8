"""Scenarios of several frames and acts: interruptions, old buttons, refusals, loops."""

from dataclasses import dataclass

import pytest

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.kept import Frame
from conversations.engine.questions import Photos, Text
from tests.engine.player import Player, picture
from tests.engine.sample import FLOWS, Desk, SampleStage, View
from texts.refused import Refused
from texts.say import Say, say

MATTER = "302教室的成绩系统打不开了"


@pytest.fixture
def summary() -> Player:
    return Player().open("report", opening=MATTER).wait(10)


def test_interrupted_by_a_card_and_back(summary: Player) -> None:
    """A card's button pushes a frame; when it ends, the one underneath says where it was."""
    summary.open("solved", "7")
    assert summary.question == "mark"
    summary.say("5").tap("没有照片")
    assert summary.results == ["sample.thanks"]
    assert (summary.question, summary.note) == ("sure", "dialog.back_to")
    assert summary.prompt.replaces == "1:sure"
    assert summary.prompt.showing == "below"
    summary.tap("确认提交")
    assert len(summary.desk.filed) == 1


def test_button_of_the_flow_underneath(summary: Player) -> None:
    """A button of a lower frame brings that frame up and acts in it."""
    lower = summary.prompt
    summary.open("solved", "7")
    summary.tap("确认提交", lower)
    assert len(summary.desk.filed) == 1
    assert summary.question == "mark", "what lay above is still open"


def test_same_card_twice(summary: Player) -> None:
    """The same card tapped twice opens one frame and acts once."""
    summary.open("solved", "7").open("solved", "7")
    assert summary.desk.solved == ["7"]
    assert len(summary.dialog.frames) == 2
    assert summary.prompt.replaces == "2:mark"


def test_words_for_a_flow_that_is_open_already(summary: Player) -> None:
    """New words for a draft that lies beneath bring it up and are heard by it: nothing is lost."""
    summary.open("solved", "7").open("report", text="打印机也坏了", opening="打印机也坏了")
    assert summary.question == "sure"
    summary.tap("确认提交")
    assert summary.desk.filed[0]["what"] == f"{MATTER}\n打印机也坏了"


def test_a_check_that_refuses() -> None:
    """A fact looked up may refuse too: a check needs no act, and back is free to leave."""

    async def checked(ask: Ask, me: View) -> Say:
        await ask.once("may", me.may)
        what = await ask(Text("what"), say("sample.what"))
        return say("sample.done", what=what)

    flows = {"checked": Flow(name="checked", run=checked, title=say("label.done"))}
    engineer = Player(flows=flows)
    assert engineer.open("checked").say("返回").results == ["dialog.cancelled"]
    engineer.desk.is_open = False
    assert engineer.open("checked").results == ["dialog.already_done"]


def test_closed_meanwhile() -> None:
    """A card whose ticket was closed meanwhile says so and leaves nothing open."""
    teacher = Player()
    teacher.desk.is_open = False
    teacher.open("solved", "7")
    assert teacher.results == ["dialog.already_done"]
    assert teacher.dialog.top is None


def test_refused_by_the_act(summary: Player) -> None:
    """The act says no: rolled back, the sentence shown, that question asked anew and the summary anew."""
    summary.desk.refuses = [Refused("refused.other_school", again="school", number=1)]
    summary.tap("确认提交")
    assert summary.desk.filed == [], "what the act had written is rolled back"
    assert (summary.question, summary.note) == ("school", "refused.other_school")
    assert summary.say("1").question == "sure"
    summary.tap("确认提交")
    assert len(summary.desk.filed) == 1


def test_refused_without_a_way_on(summary: Player) -> None:
    """A refusal that names no question ends the flow with its sentence, and gives back what was typed."""
    summary.desk.refuses = [Refused("refused.not_now", number=1)]
    summary.tap("确认提交")
    assert summary.results == ["dialog.refused_with_words"]
    (ended,) = summary.last.ended
    assert ended.result is not None
    assert ended.result.values["words"] == MATTER
    assert summary.dialog.top is None


def test_refused_in_a_part() -> None:
    """A refusal inside a part may name a question of another part by its full name."""
    engineer = planned().say("1")
    engineer = planned()
    engineer.desk.refuses = [Refused("refused.not_now", again="0.until", number=1)]
    engineer.tap("确认提交")
    assert engineer.question == "0.until"
    assert engineer.say("周五").question == "0.sure"


def planned() -> Player:
    return Player().open("plan").say("重写存储过程").wait(5).say("11-25 18:00").wait(5)


def test_loop_of_plan_steps_with_back() -> None:
    """Back goes through the steps of a loop, and an early one changes without losing a later one."""
    engineer = planned()
    assert engineer.labels() == ["确认提交", "再加一步", "修改", "取消"]
    engineer.tap("再加一步").say("全量复核").wait(5).say("周五")
    assert engineer.question == "1.sure"
    assert engineer.say("返回").question == "1.until"
    assert engineer.say("返回").question == "1.what"
    engineer.say("全量复核两遍").say("周五").wait(5)
    engineer.tap("修改").say("1").say("改写存储过程")
    assert engineer.question == "1.sure", "the second step is still there"
    engineer.tap("确认提交")
    assert [what for what, _ in engineer.desk.plans[0]] == ["改写存储过程", "全量复核两遍"]


def test_words_join_the_step_they_stand_under() -> None:
    """Free words at a step's summary join that step, not the first one."""
    engineer = planned().tap("再加一步").say("全量复核").wait(5).say("周五").wait(5).say("三个学期都查")
    engineer.tap("确认提交")
    assert engineer.desk.plans[0][1][0] == "全量复核\n三个学期都查"


def test_two_at_once(summary: Player) -> None:
    """Two taps of one person run one after the other: the second finds it done."""
    shown = summary.prompt
    summary.tap("确认提交").tap("确认提交", shown)
    assert len(summary.desk.filed) == 1
    assert summary.last.toast is not None


def test_cancel_help_human(summary: Player) -> None:
    """取消 ends only the frame on top; help and a human are the router's and leave the question open."""
    summary.open("plan").say("帮助")
    assert summary.question == "0.until", "in the engine they are words: the router takes them before"
    summary.say("取消")
    assert summary.results == ["dialog.cancelled"]
    assert summary.question == "sure"
    summary.again()
    assert (summary.question, summary.note, summary.prompt.replaces) == ("sure", "", "1:sure")


def test_old_button() -> None:
    """An older question's button changes that answer; everything else stays."""
    teacher = Player().open("report").say("你好").say("选课页面白屏了")
    kinds = teacher.prompt
    teacher.say("1").wait(5)
    teacher.tap("咨询", kinds)
    assert teacher.question == "sure"
    teacher.tap("确认提交")
    assert (teacher.desk.filed[0]["kind"], teacher.desk.filed[0]["what"]) == (
        "consultation",
        "选课页面白屏了",
    )


def test_old_back_button_does_not_go_back() -> None:
    """返回 of an older question means nothing any more: the open one is shown."""
    teacher = Player().open("report")
    opening = teacher.prompt
    teacher.say("你好")
    teacher.tap("返回", opening)
    assert teacher.question == "what"


def test_done_button_again(summary: Player) -> None:
    """A button of a finished frame says what became of it."""
    shown = summary.prompt
    summary.tap("确认提交").wait(3600).tap("确认提交", shown)
    assert summary.last.toast is not None
    assert summary.last.toast.key == "sample.filed"
    assert summary.last.prompts == ()


def test_a_button_of_an_unknown_frame() -> None:
    """A button of a frame that nobody remembers is answered, not failed on."""
    teacher = Player().open("album")
    lost = teacher.prompt
    fresh = Player()
    fresh.turn = teacher.turn
    fresh.tap("返回", lost)
    assert fresh.last.toast is not None


def test_nothing_behind_an_act() -> None:
    """Back does not go behind an act; before anything was said or done it leaves the flow."""
    teacher = Player().open("solved", "7")
    assert "返回" not in teacher.labels()
    teacher.say("返回")
    assert (teacher.question, teacher.note) == ("mark", "dialog.nothing_behind")
    marks = teacher.prompt
    teacher.say("5").tap("很不满意", marks)
    assert (teacher.question, teacher.note) == ("words", "dialog.already_done")
    assert teacher.desk.marks == [5]
    assert Player().open("plan").say("返回").results == ["dialog.cancelled"]


def test_what_an_act_used_is_not_judged_again(summary: Player) -> None:
    """A school that closes after the act was right when it was used; a date that has passed too."""
    teacher = Player().open("solved", "7").say("5")
    teacher.desk.is_open = False
    assert teacher.wait(7200).say("谢谢").results == ["sample.thanks"]
    assert teacher.desk.solved == ["7"]


def handed_over() -> Player:
    """Past the act of the flow that has everything on both sides of it."""
    return Player().open("handover", "7").say("1").wait(5).say("是").wait(5).say("机房").wait(5)


def test_an_old_confirmation_does_not_stand_for_changed_content() -> None:
    """A yes given to one content is asked for anew when an older button changes that content."""
    person = Player().open("handover", "7")
    kinds = person.prompt
    person.say("1").wait(5).say("是").wait(5)
    assert person.question == "place"
    assert person.tap("咨询", kinds).question == "agreed"
    assert person.say("是").say("机房").question == "paper"


def test_behind_an_act_nothing_falls_and_nothing_is_reached() -> None:
    """After the act a school may close and a photo come late: what the act used stays as it was."""
    person = handed_over()
    assert person.question == "paper"
    person.desk.schools = [("s9", "第九中学"), ("s8", "第八中学")]
    assert person.say("返回").note == "dialog.nothing_behind"
    person.say("见附件", picture("scan"))
    assert person.question == "words", "words and file were one paper"
    person.photo("late")
    assert person.question == "words"
    person.say("谢谢")
    result = person.last.ended[0].result
    assert result is not None
    assert (result.values["school"], result.values["paper"], result.values["words"]) == (
        "s1",
        "见附件",
        "谢谢",
    )


def test_a_late_photo_behind_an_act_is_unused() -> None:
    """At a question that takes none, a photo for what an act has used comes back for the ticket."""
    person = handed_over().say("见附件").wait(5)
    taken_back = person.say("返回")
    assert taken_back.question == "paper"
    person.say("见附件二").photo("late")
    assert person.question == "words", "the paper of this side of the act takes it"
    teacher = Player(flows={"once": Flow(name="once", run=used, title=say("label.photos"), photos="photos")})
    teacher.open("once").photo("a").photo("late")
    assert [one.name for one in teacher.last.unused] == ["late"]
    assert teacher.dialog.pocket == ()


async def used(ask: Ask, me: View) -> Say:
    """Photos, an act that uses them, and a word after it."""
    await ask(Photos("photos"), say("sample.photos"))
    await ask.act("solved", me.solve)
    words = await ask(Text("words"), say("sample.words"))
    return say("sample.done", words=words)


def test_misses_with_an_answer_between() -> None:
    """Only misses in a row count towards a human."""
    person = Player().open("handover", "7").wait(5).say("嗯嗯").say("啊啊").say("1").wait(5).say("也许")
    assert not person.last.understood
    assert not person.last.offers_human


def test_views_are_made_anew_after_an_act() -> None:
    """One view a message; what was seen before an act is not shown after it."""
    made: list[str] = []

    @dataclass
    class Counting(SampleStage):
        def view(self, frame: Frame) -> View:
            made.append(frame.flow)
            return super().view(frame)

    class Watched(Player):
        @property
        def stage(self) -> SampleStage:
            return Counting(self.desk, self.now, self.flows)

    person = Watched().open("report", opening=MATTER)
    assert made == ["report"]
    person.wait(5).say("1")
    assert made == ["report"] * 2
    person.open("report", opening=MATTER).desk.refuses = [
        Refused("refused.not_now", again="school", number=1)
    ]
    made.clear()
    person.tap("确认提交")
    assert made == ["report"] * 2, "the question is asked anew with what is valid after the refusal"


def test_a_button_of_a_dropped_flow_underneath() -> None:
    """A tap on a lower frame whose flow is gone hands that frame over, not the one above it."""
    person = Player().open("report", opening=MATTER)
    lower = person.prompt
    person.open("solved", "7")
    person.flows = {"solved": FLOWS["solved"]}
    person.tap("确认提交", lower)
    assert [one.flow for one in person.last.stranded] == ["report"]
    assert person.question == "mark"


def test_changed_branch_drops_the_other_branch() -> None:
    """An answer that leads elsewhere drops the questions of the other branch; going back finds them again."""
    desk = Desk()
    person = Player(desk=desk).open("branch").say("有偿").say("1200").wait(5)
    assert person.question == "sure"
    assert person.tap("修改").question == "fee", "the only thing that can be changed needs no list"
    person.say("无偿（免费）").tap("修改").say("有偿")
    assert person.question == "sure", "the sum of the other branch was not forgotten"
    person.tap("修改").say("无偿（免费）").tap("确认提交")
    assert person.last.ended[0].result is not None
    assert person.last.ended[0].result.values["fen"] == 0


def test_group_of_two() -> None:
    """Two people in one group chat are two dialogs: neither answers the other's question."""
    desk = Desk()
    one, two = Player(desk=desk), Player(desk=desk)
    one.open("report", opening=MATTER)
    two.open("report", opening="图书馆检索机黑屏了")
    one.tap("确认提交")
    assert two.question == "sure"
    two.tap("确认提交")
    assert [filed["place"] for filed in desk.filed] == ["302教室", "图书馆"]
