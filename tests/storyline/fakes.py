"""A desk of one page with phones, to test the player itself: no HTTP, no tables, the same ports.

A teacher's words are shown back with [确认提交]; the tap files a ticket and shows engineers a card with
[接单]; whoever taps takes it from the others' cards. Ten minutes after filing the lead hears of it.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agreement.words import Kind, PenaltyState, Promise, PromiseState, Record, Role, State
from tests.doubles.platform import Platform, Said, Screens, Shown, ShownButton, Traffic
from tests.doubles.platform import Sequence as Counter
from tests.storyline.moments import ZONE
from tests.storyline.script import Story
from tests.storyline.stage import Phone, PromiseFacts, TicketFacts

Take = Callable[[str, Said, datetime], Awaitable[None]]
RESPONSE = timedelta(minutes=10)


@dataclass
class FakePlatform:
    """Phones whose sendings go to `take` and whose screens the desk writes."""

    name: str
    screens: Screens
    take: Take
    traffic: Traffic = field(default_factory=Traffic)
    now: datetime | None = None
    last: tuple[str, Said] | None = None
    heard: list[tuple[str, Said]] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)

    async def start(self) -> None: ...

    async def stop(self) -> None: ...

    def settings(self) -> Mapping[str, str]:
        return {}

    def connect(self, house_url: str) -> None: ...

    def set_clock(self, now: datetime) -> None:
        self.now = now

    async def enrol(self, name: str) -> str:
        return name

    async def say(self, account: str, said: Said) -> None:
        assert self.now is not None
        self.traffic.to_house += 1
        self.last = (account, said)
        self.heard.append((account, said))
        await self.take(account, said, self.now)

    async def resend(self) -> None:
        assert self.last is not None
        self.heard.append(self.last)

    def screen(self, account: str) -> list[Shown]:
        return self.screens.of(account)

    def refuse(self, account: str, reason: str) -> None:
        self.refusals[account] = reason

    def show(self, account: str, message_id: str, text: str, *labels: str) -> None:
        """A new message, or an edit when the id is known."""
        is_edit = any(one.message_id == message_id for one in self.screens.of(account))
        if self.refusals.get(account):
            return
        self.traffic.from_house += 1
        self.screens.show(
            account=account,
            message_id=message_id,
            text=text,
            buttons=tuple(ShownButton(label=label, data=f"{label} {message_id}") for label in labels),
            is_edit=is_edit,
            at=self.now,
        )


class FakeStage:
    """The whole desk. Accounts are the people's names; ticket numbers begin at 101."""

    def __init__(self) -> None:
        self.now = datetime.min.replace(tzinfo=ZONE)
        self.counter = Counter()
        self.platforms: dict[str, Platform] = {}
        self.fakes: dict[str, FakePlatform] = {}
        self.rows: list[TicketFacts] = []
        self.drafts: dict[str, tuple[str, datetime]] = {}
        self.alarms: list[tuple[datetime, int]] = []
        self.is_up = False
        self.file_backwards = False
        self.filing: list[str] = []

    @property
    def facts(self) -> "FakeStage":
        return self

    async def open(self, story: Story, channel: str) -> None:
        self.story, self.channel = story, channel
        names = {name for person in story.cast.people() for name in story.cast.channels(person, channel)}
        for name in sorted(names):
            self.fakes[name] = FakePlatform(name, Screens(self.counter), self._take)
        self.platforms.update(self.fakes)
        self.is_up = True
        self.set_clock(story.first_moment)

    async def close(self) -> None:
        self.is_up = False

    def phones(self, person: str) -> Sequence[Phone]:
        return [Phone(name, person) for name in self.story.cast.channels(person, self.channel)]

    def set_clock(self, moment: datetime) -> None:
        self.now = moment
        for fake in self.fakes.values():
            fake.set_clock(moment)

    async def settle(self) -> None:
        """File what was confirmed (backwards if asked, as a race may), ring the lead for what is due."""
        for person in reversed(self.filing) if self.file_backwards else self.filing:
            self._file(person)
        self.filing = []
        due = [shown for at, shown in self.alarms if at <= self.now]
        self.alarms = [alarm for alarm in self.alarms if alarm[0] > self.now]
        for shown in due:
            self._tell(Role.LEAD, f"alarm {shown} {len(due)}", f"#{shown} 超时 {self.now:%H:%M}")

    async def next_due(self) -> datetime | None:
        return min((at for at, _ in self.alarms), default=None)

    async def stop(self) -> None:
        self.is_up = False

    async def start(self) -> None:
        self.is_up = True

    async def scan_code(self, person: str, room: str) -> str:
        return f"room {room}"

    async def invite_code(self, person: str, school: str, role: str) -> str:
        return f"invite {school} {role}"

    def is_shown_anew(self, phone: Phone, shown: Shown) -> bool:
        return False

    async def tickets(self) -> Sequence[TicketFacts]:
        return self.rows

    async def promise(self, shown: int, promise: Promise, step: int) -> PromiseFacts | None:
        if promise is not Promise.FAULT_RESPONSE:
            return None
        row = next(row for row in self.rows if row.shown == shown)
        kept = PromiseState.RUNNING if row.state is State.REGISTERED else PromiseState.KEPT
        return PromiseFacts(state=kept, due_at=row.reported_at + RESPONSE)

    async def penalties_fen(self, school: str, state: PenaltyState) -> int:
        return 50_000 if state is PenaltyState.CLAIMABLE else 0

    async def missing_for(self, shown: int, record: Record) -> str:
        return "" if record is Record.REGISTER else "签字"

    async def _take(self, account: str, said: Said, sent_at: datetime) -> None:
        assert self.is_up, "nothing reaches a desk that is down"
        if said.tap is None:
            self.drafts[account] = (said.text, sent_at)
            self._show(account, f"draft {account}", f"您要报修：\n{said.text}", "确认提交", "取消")
        elif said.tap.label == "确认提交":
            self.filing.append(account)
        elif said.tap.label == "接单":
            self._acknowledge(account, said.tap_message_id)

    def _file(self, person: str) -> None:
        words, sent_at = self.drafts[person]
        shown = 101 + len(self.rows)
        self.rows.append(_row(shown, person, sent_at))
        self.alarms.append((sent_at + RESPONSE, shown))
        self._show(person, f"draft {person}", f"#{shown} 已登记", "催办")
        self._tell(Role.ENGINEER, f"card {shown}", f"#{shown} 新单\n{words}", "接单")

    def _acknowledge(self, engineer: str, message_id: str) -> None:
        shown = int(message_id.rsplit(maxsplit=1)[-1])
        at = next(index for index, row in enumerate(self.rows) if row.shown == shown)
        if self.rows[at].state is not State.REGISTERED:
            self._show(engineer, f"late {self.counter.value}", f"{self.rows[at].assignee}已接单")
            return
        self.rows[at] = replace(self.rows[at], state=State.ACKNOWLEDGED, assignee=engineer)
        self._tell(Role.ENGINEER, message_id, f"#{shown} {engineer}已接单", "备注")

    def _tell(self, role: Role, message_id: str, text: str, *labels: str) -> None:
        for person in self.story.cast.people():
            if role in self.story.cast.roles(person):
                self._show(person, message_id, text, *labels)

    def _show(self, person: str, message_id: str, text: str, *labels: str) -> None:
        """On the first channel that takes it."""
        for phone in self.phones(person):
            if not self.fakes[phone.channel].refusals.get(person):
                self.fakes[phone.channel].show(person, message_id, text, *labels)
                return


def _row(shown: int, person: str, at: datetime) -> TicketFacts:
    return TicketFacts(
        shown=shown,
        filed_by=person,
        state=State.REGISTERED,
        kind=Kind.FAULT,
        reported_at=at,
        round=1,
        is_unconfirmed=False,
        is_urgent=False,
        is_waiting=False,
        photos=0,
        assignee="",
    )
