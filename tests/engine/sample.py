"""Two small flows and a stage that keeps its acts in lists: what the engine is tested with."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow, Silence
from conversations.engine.kept import Frame
from conversations.engine.messages import Media
from conversations.engine.questions import (
    Choice,
    Confirm,
    Mark,
    Moment,
    Number,
    Option,
    Papers,
    Photos,
    Place,
    Summary,
    Text,
)
from texts.refused import Refused
from texts.say import Say, say

KINDS = (
    Option("fault", say("kind.fault")),
    Option("consultation", say("kind.consultation")),
    Option("usability", say("kind.usability")),
)
OPENING = Text("opening")
SCHOOL = Choice("school")
WHAT = Text("what")
PLACE = Place("place")
KIND = Choice("kind", options=KINDS)
PHOTOS = Photos("photos")
SURE = Summary(
    "sure",
    joins="what",
    changes=(
        Option("what", say("label.what")),
        Option("place", say("label.place")),
        Option("kind", say("label.kind")),
        Option("photos", say("label.photos")),
        Option("school", say("label.school")),
    ),
)
ANOTHER = Option("another", say("label.another_step"))


@dataclass(frozen=True)
class Guess:
    """What a sentence was understood to say."""

    what: str
    place: str
    kind: str | None


@dataclass
class Desk:
    """Stands for everything outside the dialog: what is valid now, and what was done."""

    schools: list[tuple[str, str]] = field(default_factory=lambda: [("s1", "第一中学")])
    filed: list[dict[str, object]] = field(default_factory=list)
    plans: list[tuple[tuple[str, datetime], ...]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    solved: list[str] = field(default_factory=list)
    refuses: list[Refused] = field(default_factory=list)
    lookups: int = 0
    is_open: bool = True

    def refuse(self) -> None:
        if self.refuses:
            raise self.refuses.pop(0)


@dataclass
class View:
    """The sample's second argument of a flow."""

    desk: Desk
    subject: str

    @property
    def schools(self) -> tuple[Option, ...]:
        return tuple(Option(key, label) for key, label in self.desk.schools)

    def understand(self, opening: str) -> Guess:
        self.desk.lookups += 1
        place = next((one for one in ("302教室", "图书馆", "机房") if one in opening), "")
        has_matter = len(opening) > 4
        kind = "fault" if "打不开" in opening or "黑屏" in opening or "错" in opening else None
        return Guess(opening if has_matter else "", place, kind)

    def report(
        self, school: str, what: str, place: str, kind: str, photos: tuple[Media, ...], sure: str
    ) -> int:
        self.desk.filed.append(
            {
                "school": school,
                "what": what,
                "place": place,
                "kind": kind,
                "photos": len(photos),
                "sure": sure,
            }
        )
        self.desk.refuse()
        return len(self.desk.filed)

    def plan(self, steps: tuple[tuple[str, datetime], ...]) -> int:
        self.desk.plans.append(steps)
        self.desk.refuse()
        return len(self.desk.plans)

    def solve(self) -> str:
        if not self.desk.is_open:
            raise Refused("dialog.already_done")
        self.desk.solved.append(self.subject)
        return self.subject

    def may(self) -> bool:
        if not self.desk.is_open:
            raise Refused("dialog.already_done")
        return True

    def rate(self, mark: int) -> None:
        self.desk.marks.append(mark)


async def report(ask: Ask, me: View) -> Say:
    """A fault: whatever the first words leave open, then the summary."""
    opening = await ask(OPENING, say("sample.hello"))
    guess = await ask.once("guess", me.understand, opening)
    what = await ask(WHAT, say("sample.what"), guess=guess.what or None)
    school = await ask(SCHOOL, say("sample.which_school"), among=me.schools, on_silence="")
    place = await ask(PLACE, say("sample.place"), guess=guess.place)
    kind = await ask(KIND, say("sample.kind"), guess=guess.kind, on_silence="fault")
    photos = await ask(PHOTOS, say("sample.photos"), guess=())
    about = (school, what, place, kind, photos)
    sure = await ask(SURE, say("sample.summary", what=what, place=place, kind=kind), about=about)
    number = await ask.act("filed", me.report, school, what, place, kind, photos, sure)
    return say("sample.filed", number=number)


async def plan(ask: Ask, me: View) -> Say:
    """A plan of several steps, each with its date."""
    steps: tuple[tuple[str, datetime], ...] = ()
    for i in count():
        step = ask.part(i)
        what = await step(Text("what"), say("sample.step_what", step=i + 1))
        until = await step(Moment("until"), say("sample.step_until", step=i + 1))
        steps = (*steps, (what, until))
        sure = Summary(
            "sure",
            joins="what",
            changes=tuple(
                Option(f"{n}.{name}", f"{label} {n + 1}")
                for n in range(i + 1)
                for name, label in (("what", "内容"), ("until", "时间"))
            ),
        )
        if await step(sure, say("sample.plan", count=len(steps)), about=steps, among=(ANOTHER,)) == "another":
            continue
        number = await ask.act("handed", me.plan, steps)
        return say("sample.planned", number=number)
    raise AssertionError("unreachable")


async def solved(ask: Ask, me: View) -> Say:
    """Done at once, then the mark, then optional words."""
    await ask.act("solved", me.solve)
    mark = await ask(Mark("mark"), say("sample.mark"))
    await ask.act("rated", me.rate, mark)
    await ask(Text("words", nothing=say("label.no_photos")), say("sample.words"))
    return say("sample.thanks")


async def album(ask: Ask, me: View) -> Say:
    """Photos are asked for, then a yes or no to what came."""
    photos = await ask(PHOTOS, say("sample.photos"))
    yes = await ask(Confirm("enough"), say("sample.enough", count=len(photos)), about=photos)
    return say("sample.album", count=len(photos), yes=str(yes))


async def handover(ask: Ask, me: View) -> Say:
    """Everything on both sides of an act: a school, photos, a yes; the act; a paper and a word after it."""
    school = await ask(SCHOOL, say("sample.which_school"), among=me.schools)
    photos = await ask(PHOTOS, say("sample.photos"), guess=())
    kind = await ask(KIND, say("sample.kind"))
    yes = await ask(Confirm("agreed"), say("sample.enough", count=len(photos)), about=(school, photos, kind))
    place = await ask(Place("place"), say("sample.place"))
    await ask.act("solved", me.solve)
    paper = await ask(Papers("paper"), say("sample.paper"))
    words = await ask(Text("words"), say("sample.words"))
    return say(
        "sample.handed", school=school, kind=kind, yes=str(yes), place=place, paper=paper.words, words=words
    )


async def branch(ask: Ask, me: View) -> Say:
    """Paid asks the sum, free does not."""
    options = (Option("free", say("label.free")), Option("paid", say("label.paid")))
    fee = await ask(Choice("fee", options=options), say("sample.fee"))
    fen = await ask(Number("sum"), say("sample.sum")) if fee == "paid" else 0
    sure = Summary("sure", changes=(Option("fee", say("label.kind")),))
    await ask(sure, say("sample.summary"), about=(fee, fen))
    return say("sample.fee_kept", fen=fen)


FLOWS: Mapping[str, Flow] = {
    one.name: one
    for one in (
        Flow(
            name="report",
            run=report,
            title=say("label.report"),
            silence=Silence.FILES,
            matter="what",
            photos="photos",
        ),
        Flow(name="plan", run=plan, title=say("label.propose")),
        Flow(name="solved", run=solved, title=say("label.solved"), silence=Silence.WAITS),
        Flow(name="handover", run=handover, title=say("label.hand_over"), photos="photos"),
        Flow(name="branch", run=branch, title=say("label.kind")),
        Flow(name="album", run=album, title=say("label.photos"), photos="photos"),
    )
}


@dataclass
class SampleStage:
    """A stage over the sample desk; what refuses puts the lists back."""

    desk: Desk
    now: datetime
    flows: Mapping[str, Flow] = field(default_factory=lambda: FLOWS)

    def view(self, frame: Frame) -> View:
        return View(self.desk, frame.subject)

    @contextmanager
    def trying(self, _act: Callable[..., object]) -> Iterator[None]:
        before = deepcopy(vars(self.desk))
        try:
            yield
        except BaseException:
            vars(self.desk).update(before, refuses=self.desk.refuses)
            raise
