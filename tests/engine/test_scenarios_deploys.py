"""Scenarios of code that changes or fails under a live dialog."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow, FlowError
from conversations.engine.questions import Choice, Option, Summary, Text
from tests.engine.player import Player
from tests.engine.sample import FLOWS, View
from texts.say import Say, say

MATTER = "302教室的成绩系统打不开了"


def flow_of(run: object, name: str = "report") -> dict[str, Flow]:
    return {**FLOWS, name: replace(FLOWS["report"], name=name, run=run)}  # type: ignore[arg-type]


async def tomorrows(ask: Ask, me: View) -> Say:
    """The report of the next release: opening renamed to matter, urgency added, the kind tightened."""
    matter = await ask(Text("matter"), say("sample.what"))
    kind = await ask(
        Choice("kind", options=(Option("fault", "故障"), Option("wish", "愿望"))), say("sample.kind")
    )
    urgent = await ask(
        Choice("urgent", options=(Option("yes", "急"), Option("no", "不急"))), say("sample.urgent")
    )
    await ask(Summary("sure"), say("sample.summary"), about=(matter, kind, urgent))
    return say("sample.done", matter=matter, kind=kind, urgent=urgent)


def test_deploy_that_renames_adds_and_tightens() -> None:
    """After a deploy the kept answers are judged by the new code: the rest is asked, nobody is trapped."""
    teacher = Player().open("report").say("你好").say("选课页面白屏了").say("2").wait(5)
    teacher.flows = flow_of(tomorrows)
    teacher.say("确认提交")
    assert (teacher.question, teacher.note) == ("matter", "dialog.changed_meanwhile"), (
        "not taken as the matter"
    )
    assert teacher.say("选课页面白屏了").question == "kind"
    assert teacher.note == "dialog.no_longer_offered"
    assert teacher.say("故障").say("急").question == "sure"
    assert teacher.tap("确认提交").results == ["sample.done"]


def test_words_for_a_renamed_question_are_taken() -> None:
    """What was typed to a text question that the deploy retired is the answer to its successor."""
    teacher = Player().open("report")
    teacher.flows = flow_of(tomorrows)
    teacher.flows["report"] = replace(teacher.flows["report"], retired=frozenset({"opening"}))
    assert teacher.say("选课页面白屏了").question == "kind"


def test_words_for_a_question_that_a_deploy_moved_back_are_kept() -> None:
    """A new question stands before the one that was shown: the words wait under the name they answer."""

    async def asks_first(ask: Ask, me: View) -> Say:
        name = await ask(Text("name"), say("sample.name"))
        opening = await ask(Text("opening"), say("sample.hello"))
        return say("sample.done", name=name, opening=opening)

    teacher = Player().open("report")
    teacher.flows = flow_of(asks_first)
    teacher.say("选课页面白屏了")
    assert (teacher.question, teacher.note) == ("name", "dialog.changed_meanwhile")
    teacher.say("王老师")
    assert teacher.last.ended[0].result is not None
    assert teacher.last.ended[0].result.values == {"name": "王老师", "opening": "选课页面白屏了"}


def test_deploy_that_drops_the_flow() -> None:
    """A flow that a deploy removed hands what was typed to the desk; what lay beneath comes up."""
    teacher = Player().open("album").open("report", opening=MATTER).photo("a")
    teacher.flows = {name: flow for name, flow in FLOWS.items() if name != "report"}
    teacher.say("还有，打印机也坏了")
    (lost,) = teacher.last.stranded
    assert lost.words == (MATTER, "还有，打印机也坏了")
    assert [one.name for one in lost.media] == ["a"]
    assert (teacher.question, teacher.note) == ("photos", "dialog.back_to")


def test_a_dropped_flow_empties_the_pocket() -> None:
    """A photo that waited for the dropped flow goes to the desk with its words."""
    teacher = Player().open("report").photo("a")
    teacher.flows = {}
    teacher.say("白屏")
    assert [one.name for one in teacher.last.stranded[0].media] == ["a"]
    assert teacher.dialog.pocket == ()


def test_a_flow_that_swallows_exceptions() -> None:
    """Stopping at a question is no exception: `except Exception` around an ask eats nothing."""

    async def swallowing(ask: Ask, me: View) -> Say:
        try:
            what = await ask(Text("what"), say("sample.what"))
        except Exception:  # noqa: BLE001 - the mistake under test
            return say("sample.swallowed")
        return say("sample.done", what=what)

    teacher = Player(flows=flow_of(swallowing)).open("report")
    assert teacher.question == "what"
    assert teacher.say("白屏").results == ["sample.done"]


def test_a_refusal_is_not_swallowed() -> None:
    """A refused act never reaches the flow, so no `except` in it can go on as if it were done."""

    async def swallowing(ask: Ask, me: View) -> Say:
        try:
            await ask.act("solved", me.solve)
        except Exception:  # noqa: BLE001 - the mistake under test
            return say("sample.swallowed")
        return say("sample.done")

    teacher = Player(flows=flow_of(swallowing))
    teacher.desk.is_open = False
    assert teacher.open("report").results == ["dialog.already_done"]


def test_a_bug_keeps_the_answers() -> None:
    """A bug propagates to the caller and the dialog stays as it was: after the next deploy it goes on."""

    async def broken(ask: Ask, me: View) -> Say:
        opening = await ask(Text("opening"), say("sample.hello"))
        raise ZeroDivisionError(opening)

    teacher = Player().open("report").wait(5)
    before = teacher.stored
    teacher.flows = flow_of(broken)
    with pytest.raises(ZeroDivisionError):
        teacher.say(MATTER)
    assert teacher.stored == before
    teacher.flows = FLOWS
    assert teacher.say(MATTER).question == "sure"


def test_a_bug_in_an_act_rolls_it_back() -> None:
    """An act that fails for no stated reason leaves what would undo it by the exception."""
    left: list[str] = []

    async def failing(ask: Ask, me: View) -> Say:
        await ask.act("solved", _fails)
        return say("sample.done")

    def _fails() -> None:
        raise ZeroDivisionError

    class Watched(Player):
        @property
        def stage(self):  # type: ignore[no-untyped-def]
            stage = super().stage

            @contextmanager
            def trying(_act: Callable[..., object]) -> Iterator[None]:
                try:
                    yield
                except BaseException as error:
                    left.append(type(error).__name__)
                    raise

            stage.trying = trying  # type: ignore[method-assign]
            return stage

    with pytest.raises(ZeroDivisionError):
        Watched(flows=flow_of(failing)).open("report")
    assert left == ["ZeroDivisionError"]


def test_a_flow_may_await_nothing_else() -> None:
    """Sleep, gather, a query: whatever is not the engine's own wish is refused by name."""

    async def sleeping(ask: Ask, me: View) -> Say:
        await asyncio.sleep(0)
        return say("sample.done")

    with pytest.raises(FlowError, match="awaits only"):
        Player(flows=flow_of(sleeping)).open("report")


def test_a_name_is_asked_once_per_run() -> None:
    """The same name twice in one run is an error: it would answer itself."""

    async def twice(ask: Ask, me: View) -> Say:
        await ask(Text("what"), say("sample.what"), guess="a")
        await ask(Text("what"), say("sample.what"))
        return say("sample.done")

    with pytest.raises(FlowError, match="twice"):
        Player(flows=flow_of(twice)).open("report")


def test_a_retired_name_is_refused() -> None:
    """A retired name may not come back with a new meaning."""
    flows = {"report": replace(FLOWS["report"], retired=frozenset({"opening"}))}
    with pytest.raises(FlowError, match="retired"):
        Player(flows=flows).open("report")


def test_an_answer_of_another_kind_is_asked_again() -> None:
    """A name that changed its kind of question does not take the old answer."""
    teacher = Player().open("report").say("你好").say("选课页面白屏了").say("1").wait(5)

    async def other(ask: Ask, me: View) -> Say:
        kind = await ask(Text("kind"), say("sample.kind"))
        return say("sample.done", kind=kind)

    teacher.flows = flow_of(other)
    assert teacher.again().question == "kind"


def test_what_is_stored_is_plain_json() -> None:
    """A dialog is JSON in and out, and an empty mapping is an empty dialog."""
    teacher = Player().open("report", opening=MATTER).photo("a").open("solved", "7")
    assert json.loads(teacher.stored)["opened"] == 2
    assert teacher.dialog.to_json() == json.loads(teacher.stored)
