"""The player holds a desk to its lines: what is true passes, what is not fails with its line and screens."""

from pathlib import Path

import pytest

from tests.storyline.fakes import FakeStage
from tests.storyline.player import LineFailedError, play_story
from tests.storyline.reading import parse_story
from tests.storyline.screens import FoundButton, newest_button, seen_by
from tests.storyline.transcript import Transcript, silent

HEAD = """# 一个故事
cast
  王老师  teacher   第一中学
  孙老师  teacher   第一中学
  李工    engineer  on duty
  张工    engineer  on duty
  陈主管  lead
story
@ 2026-11-23 14:00
"""
FILED = HEAD + "王老师> 投影坏了\n王老师> [确认提交]\n"


async def play(text: str, stage: FakeStage | None = None, channel: str = "web") -> FakeStage:
    stage = stage or FakeStage()
    await play_story(parse_story(text, Path("a.txt")), stage, channel, silent())
    return stage


async def fails(text: str, stage: FakeStage | None = None) -> str:
    """The report of the play; its last line is the one that fails."""
    with pytest.raises(LineFailedError) as caught:
        await play(text, stage)
    report = str(caught.value)
    assert report.startswith(f"a.txt:{len(text.splitlines())}: "), report
    return report


async def test_a_story_that_is_true_plays_to_its_end() -> None:
    await play(
        FILED + "bot → 王老师: *投影坏了*\nbot → 王老师: *已登记*\nbot → 王老师: nothing\n"
        "bot → 王老师: has [催办]\nbot → 李工: has [接单] @1\n= ticket 1 registered\n= tickets 1\n"
        "= ticket 1 reported 2026-11-23 14:00\n= promise 1 fault-response due 2026-11-23 14:10\n"
        "李工> [接单] @1\n= ticket 1 acknowledged\n= ticket 1 assignee 李工\n"
        "= promise 1 fault-response kept\n"
        "bot → 张工: has no [接单]\n= penalty 第一中学 claimable 500.00\n= record 1 客户咨询/反馈登记表\n"
        "= messages 王老师 at most 1\n"
    )


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("bot → 王老师: *14:10*", "#101 已登记"),
        ("bot → 王老师: nothing", "no message to 王老师"),
        ("bot → 王老师: 已登记", "reads"),
        ("bot → 王老师: has [接单]", "on the newest card"),
        ("bot → 李工: has no [接单]", "no [接单]"),
        ("bot → 李工: has [接单] @2", "a ticket 2; there are 1"),
        ("王老师> [接单]", "a button [接单]"),
        ("王老师> [确认提交]", "a button [确认提交]"),
        ("王老师> [登记]", "a button [登记]"),
        ("李工> [接单] @2", "a ticket 2"),
        ("李工> [接单] old", "still offers it"),
        ("王老师> [接单] old", "once offered"),
        ("王老师> reply @2: 好", "a ticket 2"),
        ("= ticket 1 acknowledged", "it is registered"),
        ("= ticket 1 urgent", "to be urgent; it is not"),
        ("= ticket 1 unconfirmed", "it is not"),
        ("= ticket 1 waiting", "it is not"),
        ("= ticket 1 round 2", "it is round 1"),
        ("= ticket 1 photos 1", "it is photos 0"),
        ("= ticket 1 kind usability", "it is fault"),
        ("= ticket 1 assignee 李工", "assigned to nobody"),
        ("= ticket 1 reported 2026-11-23 14:01", "reported 2026-11-23 14:00"),
        ("= ticket 2 registered", "there are 1"),
        ("= tickets 2", "there are 1"),
        ("= promise 1 fault-response kept", "it is running"),
        ("= promise 1 fault-response due 2026-11-23 14:11", "due 2026-11-23 14:10"),
        ("= promise 1 fault-resolution kept", "there is none"),
        ("= penalty 第一中学 claimed 500.00", "the ledger has 0.00"),
        ("= record 1 客户回执", "签字"),
        ("= messages 王老师 at most 0", "there were 1"),
    ],
)
async def test_a_line_that_is_not_true_fails_with_what_is(line: str, told: str) -> None:
    assert told in await fails(FILED + line + "\n")


async def test_the_report_shows_every_screen_with_its_buttons() -> None:
    report = await fails(FILED + "bot → 陈主管: *\n")
    assert "    bot → 陈主管: *" in report
    assert "  陈主管 (web): nothing" in report
    assert "    > #101 新单\n      投影坏了\n      [接单]" in report


async def test_a_message_is_matched_once_and_earlier_ones_are_passed() -> None:
    twice = FILED + "王老师> 还有声音\n"
    await play(twice + "bot → 王老师: *已登记*\nbot → 王老师: *声音*\nbot → 王老师: nothing\n")
    await fails(twice + "bot → 王老师: *声音*\nbot → 王老师: *已登记*\n")


async def test_in_a_strict_story_nothing_is_passed_and_nothing_is_left() -> None:
    """Cards edited in place are no messages; the lead's alarm is one."""
    strict = FILED.replace("story\n", "strict\nstory\n").replace(
        "王老师> [确认提交]\n",
        "bot → 王老师: *投影坏了*\n王老师> [确认提交]\nbot → 李工: *\nbot → 张工: *\n",
    )
    await play(strict + "李工> [接单]\n")
    assert "超时 14:10" in await fails(strict + "+ 10m\n")
    await play(strict + "+ 10m\nbot → 陈主管: *超时*\n")
    over = FILED.replace("story\n", "strict\nstory\n") + "bot → 王老师: *已登记*\n"
    assert "the next message is" in await fails(over)
    skipping = strict.replace("bot → 王老师: *投影坏了*\n", "").replace("bot → 张工: *\n", "")
    assert "(strict)" in await fails(skipping)


async def test_what_falls_due_on_the_way_happens_at_its_moment_the_last_instant_included() -> None:
    await play(FILED + "+ 9m\nbot → 陈主管: nothing\n+ 1m\nbot → 陈主管: *14:10\n")
    await play(FILED + "@ 2026-11-23 18:00\nbot → 陈主管: *14:10\n")


async def test_work_that_never_ends_is_a_failure_and_no_hang() -> None:
    class Restless(FakeStage):
        async def settle(self) -> None:
            self.alarms.append((self.now, 1))

    assert "stays due at 2026-11-23 14:00" in await fails(HEAD + "+ 1m\n", Restless())


async def test_an_error_in_the_desk_fails_the_line_where_it_came() -> None:
    class Broken(FakeStage):
        async def settle(self) -> None:
            if self.now > self.story.first_moment:
                raise KeyError("deep inside")

    assert "the desk broke: KeyError('deep inside')" in await fails(HEAD + "+ 1m\n", Broken())


async def test_together_numbers_tickets_in_the_order_of_its_lines() -> None:
    """Although the desk filed them the other way round; taps by `@N` follow the story's number."""
    stage = FakeStage()
    stage.file_backwards = True
    await play(
        HEAD + "王老师> 甲\n孙老师> 乙\n! together\n  王老师> [确认提交]\n  孙老师> [确认提交]\n"
        "李工> [接单] @1\n= ticket 1 acknowledged\n= ticket 2 registered\n",
        stage,
    )
    assert [(row.filed_by, row.assignee) for row in stage.rows] == [("孙老师", ""), ("王老师", "李工")]


async def test_the_same_label_tapped_twice_is_tapped_on_two_tickets() -> None:
    """A new message shows the ticket without [已读]: the one left on its earlier message was taken away."""
    stage = await play(FILED + "孙老师> 停电了\n孙老师> [确认提交]\n")
    fake = stage.fakes["web"]
    for message, text, labels in (("a", "#101 甲", ["已读"]), ("b", "#102 乙", ["已读"]), ("c", "#102 乙", ["催办"])):
        fake.show("陈主管", message, text, *labels)
    seen = seen_by(stage, "陈主管")
    assert _tapped(newest_button(seen, "已读", None)) == "a"
    assert _tapped(newest_button(seen, "已读", 102)) == "b"


def _tapped(found: FoundButton | None) -> str:
    return found.seen.shown.message_id if found else ""


async def test_an_old_tap_sends_the_button_that_was_taken_away() -> None:
    stage = await play(FILED + "李工> [接单]\n张工> [接单] old\nbot → 张工: 李工已接单\n")
    account, said = stage.fakes["web"].heard[-1]
    assert (account, said.tap_message_id) == ("张工", "card 101")


async def test_a_menu_label_is_typed_where_no_button_bears_it() -> None:
    stage = await play(HEAD + "王老师> [谁在值班]\n李工> [换班]\n")
    assert [said.text for _, said in stage.fakes["web"].heard] == ["谁在值班", "换班"]


async def test_while_the_desk_is_down_people_write_and_it_hears_of_it_later_with_its_time() -> None:
    await play(
        HEAD + "! stop\n+ 5m\n王老师> 停电了\n+ 10m\nbot → 王老师: nothing\n! start\n"
        "bot → 王老师: *停电了*\n王老师> [确认提交]\n= ticket 1 reported 2026-11-23 14:05\n"
    )


async def test_the_last_update_comes_twice_when_it_is_sent_again() -> None:
    stage = await play(HEAD + "王老师> 停电了\n! restart\n! resend\n")
    assert len(stage.fakes["web"].heard) == 2


async def test_a_refusal_hits_the_preferred_channel_and_then_the_next() -> None:
    cast = "  王老师  teacher  第一中学  @wechat\n  王老师  teacher  第一中学  @telegram\n"
    head = HEAD.replace("  王老师  teacher   第一中学\n", cast)
    story = head + "! refuse 王老师 blocked\n王老师> 停电了\nbot → 王老师: *停电了*\n王老师> [确认提交]\n"
    stage = await play(story)
    assert [account for account, said in stage.fakes["telegram"].heard if said.tap] == ["王老师"]
    stage = await play(story + "! refuse 王老师 window\n! accept 王老师\n王老师> 好了\n")
    assert set(stage.fakes["wechat"].refusals.values()) == {""}


async def test_a_caption_goes_as_words_of_its_own_where_a_channel_knows_none() -> None:
    line = HEAD + '王老师> <photo a.jpg "花屏">\n王老师> edit: 花屏了\n王老师> <voice 5s "打不开">\n'
    on_web = [said for _, said in (await play(line)).fakes["web"].heard]
    assert [(said.media_kind, said.text, said.edits) for said in on_web] == [
        ("photo", "花屏", ""), ("", "花屏了", "last"), ("voice", "打不开", ""),
    ]  # fmt: skip
    on_wechat = [said for _, said in (await play(line, channel="wechat")).fakes["wechat"].heard]
    assert [(said.media_kind, said.text) for said in on_wechat][:2] == [("photo", ""), ("", "花屏")]


async def test_a_transcript_can_be_played_again() -> None:
    """Every message stands there as it came, the requests each way at the end."""
    rows: list[str] = []
    text = FILED + "! together\n  李工> [接单]\n  张工> [接单]\n+ 10m\nbot → 陈主管: *超时*\n= tickets 1\n"
    await play_story(parse_story(text, Path("a.txt")), FakeStage(), "web", Transcript(rows.append))
    assert "bot → 王老师: 您要报修：*投影坏了" in rows
    assert "bot → 陈主管: #101 超时 14:10" in rows
    assert rows[-1] == "-- web: 4 requests to the desk, 8 from the desk"
    await play("\n".join(rows))
