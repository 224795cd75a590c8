"""What silence brings (rule 10): a draft filed as last shown, a word of reminder, a quiet end."""

from datetime import timedelta

import pytest

from conversations.engine.silence import Due, Fall, Patience, after_silence, file_silently, next_due
from tests.engine.player import START, Player
from texts.refused import Refused

MATTER = "302教室的成绩系统打不开了"
PATIENCE = Patience(
    file_after=timedelta(minutes=3), remind_after=timedelta(hours=2), drop_after=timedelta(days=1)
)


def silent(player: Player) -> Player:
    """Whatever is due at the player's time happens, as the scheduler would have it."""
    turn = after_silence(player.dialog, player.stage, PATIENCE)
    assert turn is not None
    return player.take(turn)


def due(player: Player) -> Due | None:
    return next_due(player.dialog, player.flows, PATIENCE)


def test_a_draft_that_states_the_matter_is_filed_unconfirmed() -> None:
    """Three minutes of silence file the draft as it was last shown; a message in between counts anew."""
    teacher = Player().open("report", opening=MATTER)
    assert due(teacher) == Due(START + timedelta(minutes=3), Fall.FILE, "1")
    teacher.wait(120).photo("a")
    assert due(teacher) == Due(START + timedelta(minutes=5), Fall.FILE, "1")
    assert after_silence(teacher.wait(179).dialog, teacher.stage, PATIENCE) is None
    silent(teacher.wait(1))
    assert teacher.results == ["sample.filed"]
    assert (teacher.desk.filed[0]["sure"], teacher.desk.filed[0]["photos"]) == ("unconfirmed", 1)
    assert due(teacher) is None


def test_what_silence_fills_in() -> None:
    """Two schools and none chosen, no kind guessed: the flow says what stands then."""
    teacher = Player()
    teacher.desk.schools.append(("s2", "第二中学"))
    teacher.open("report", opening="选课页面白屏了")
    silent(teacher.wait(180))
    assert (teacher.desk.filed[0]["school"], teacher.desk.filed[0]["kind"]) == ("", "fault")


def test_a_change_that_was_not_made_is_not_filed() -> None:
    """修改 and then silence: what was last shown is what is filed."""
    teacher = Player().open("report", opening=MATTER).tap("修改").tap("地点")
    silent(teacher.wait(180))
    assert teacher.desk.filed[0]["place"] == "302教室"
    again = Player().open("report", opening=MATTER).say("返回")
    silent(again.wait(180))
    assert again.desk.filed[0]["what"] == MATTER


def test_a_draft_without_a_matter_is_only_reminded_of() -> None:
    """报修 and nothing more: reminded once, put aside after a day with a word."""
    teacher = Player().open("report")
    assert due(teacher) == Due(START + timedelta(hours=2), Fall.REMIND, "1")
    silent(teacher.wait(7200))
    assert (teacher.question, teacher.note) == ("opening", "dialog.still_open")
    assert due(teacher) == Due(START + timedelta(days=1), Fall.DROP, "1")
    silent(teacher.wait(79200))
    assert teacher.results == ["dialog.dropped"]
    assert teacher.desk.filed == []
    teacher.tap("返回", teacher.shown[0])
    assert teacher.last.toast is not None


def test_who_answers_a_reminder_may_be_reminded_again() -> None:
    """A word in between begins the silence anew, reminder and all."""
    teacher = Player().open("report")
    silent(teacher.wait(7200)).wait(60).say("你好")
    assert due(teacher) == Due(teacher.now + timedelta(hours=2), Fall.REMIND, "1")


def test_a_flow_with_nothing_left_to_lose_ends_without_a_word() -> None:
    """After the act, the mark not given is no half-finished business."""
    teacher = Player().open("solved", "7")
    assert due(teacher) == Due(START + timedelta(days=1), Fall.DROP, "1")
    silent(teacher.wait(86400))
    assert teacher.last.ended[0].result is None


def test_a_mark_given_late_is_a_mark() -> None:
    """Silence only put the question away: its button brings it up again, once."""
    teacher = Player().open("solved", "7")
    marks = teacher.prompt
    silent(teacher.wait(86400))
    teacher.wait(86400).tap("5", marks)
    assert teacher.desk.marks == [5]
    teacher.say("很耐心").tap("4", marks)
    assert (teacher.desk.marks, teacher.last.toast is not None) == ([5], True)


def test_photos_without_a_word_are_left_with_the_desk() -> None:
    """Nobody may answer for them, and nobody at the desk would ever see them; a cancelled draft is no such thing."""
    teacher = Player().open("report").photo("a")
    silent(teacher.wait(7200))
    silent(teacher.wait(79200))
    assert [one.media[0].reference for one in teacher.last.left_behind] == ["ref-a"]
    assert (teacher.results, teacher.dialog.pocket, due(teacher)) == (["dialog.media_to_the_desk"], (), None)


def test_a_draft_beneath_a_card_is_filed_beneath_it() -> None:
    """An interruption does not keep the draft from being filed, and stays on top."""
    teacher = Player().open("report", opening=MATTER).wait(60).open("solved", "7")
    silent(teacher.wait(120))
    assert len(teacher.desk.filed) == 1
    assert [frame.flow for frame in teacher.dialog.frames] == ["solved"]


def test_what_cannot_be_filed_goes_to_the_desk() -> None:
    """A draft that silence cannot complete is handed over with all that was typed."""
    teacher = Player().open("plan").say("重写存储过程")
    teacher.take(file_silently(teacher.dialog, "1", teacher.stage))
    assert teacher.results == ["dialog.to_the_desk"]
    assert teacher.last.stranded[0].words == ("重写存储过程",)


def test_a_draft_of_a_dropped_flow_is_handed_over() -> None:
    """Nobody writes any more and the flow is gone: after a day the words go to the desk."""
    teacher = Player().open("report", opening=MATTER)
    teacher.flows = {}
    silent(teacher.wait(86400))
    assert teacher.last.stranded[0].words == (MATTER,)
    assert due(teacher) is None


def test_a_refusal_in_silence_hands_the_draft_to_the_desk() -> None:
    """Nobody is there to answer: what the act refuses goes to the desk and is not tried for ever."""
    teacher = Player().open("report", opening=MATTER)
    teacher.desk.refuses = [Refused("refused.not_now", again="school", number=1)]
    silent(teacher.wait(180))
    assert teacher.desk.filed == []
    assert teacher.last.stranded[0].words == (MATTER,)


def test_photos_nobody_asked_for_do_not_wait_for_ever() -> None:
    """A photo in the pocket of yesterday does not slip into today's report."""
    teacher = Player().open("report").photo("a").say("取消")
    assert due(teacher) == Due(START + timedelta(days=1), Fall.EMPTY_POCKET)
    silent(teacher.wait(86400))
    assert teacher.dialog.pocket == ()


def test_nothing_open_nothing_due() -> None:
    """An empty dialog has no moment; a frame that is not there is an error of the caller."""
    assert due(Player()) is None
    with pytest.raises(KeyError):
        file_silently(Player().dialog, "9", Player().stage)
