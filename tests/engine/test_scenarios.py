"""The scenarios of the dialog engine, each with a restart between any two messages (the player sees to it)."""

from tests.engine.player import Player


def test_one_message_and_one_tap() -> None:
    """A sentence that says everything needs one tap more and is filed."""
    teacher = Player().open("report", opening="302教室的成绩系统打不开了")
    assert teacher.question == "sure"
    teacher.tap("确认提交")
    assert teacher.results == ["sample.filed"]
    assert teacher.desk.filed == [
        {
            "school": "s1",
            "what": "302教室的成绩系统打不开了",
            "place": "302教室",
            "kind": "fault",
            "photos": 0,
            "sure": "submit",
        }
    ]


def test_guided() -> None:
    """Nothing said in advance: asked step by step, labels and numbers typed."""
    teacher = Player().open("report")
    assert teacher.question == "opening"
    teacher.say("你好")
    assert teacher.question == "what"
    teacher.say("选课页面白屏了")
    assert teacher.question == "kind"
    teacher.say("２")
    assert teacher.question == "sure"
    teacher.say("确认提交。")
    assert teacher.desk.filed[0]["kind"] == "consultation"
    assert teacher.desk.filed[0]["what"] == "选课页面白屏了"
