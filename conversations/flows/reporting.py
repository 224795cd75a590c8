"""报修: a sentence becomes a ticket. One message and one tap when the words say enough.

Place, system, kind and photos are guessed or left empty, never asked; they can be changed from the summary.
A stranger who scanned a room's QR reports first and says who they are afterwards.
"""

from collections import Counter
from datetime import datetime
from difflib import SequenceMatcher

from agreement.words import Kind
from conversations.engine.ask import Ask, Origin
from conversations.engine.flow import Beneath, Flow, Silence
from conversations.engine.messages import Media, MediaKind
from conversations.engine.questions import Choice, Option, Phone, Photos, Place, Sorting, Summary, Sure, Text
from conversations.flows.me import Draft, Guess, Me
from texts.say import Say, say

BEFORE = Place("before", nothing=say("label.none"))  # the place, where it was said before the matter
WHAT = Text("what")
SCHOOL = Choice("school", joins="what", join_note=say("report.words_joined"))
PLACE = Place("place", nothing=say("label.none"))
SYSTEM = Place("system", nothing=say("label.none"))
KIND = Choice("kind", options=tuple(Option(one.value, say(f"kind.{one.value}")) for one in Kind))
PHOTOS = Photos("photos")
NAME = Text("name", most=30)
PHONE = Phone("phone")
WHERE = Sorting("where", joins="what")
MEANT = Choice("meant")

CHANGES = tuple(Option(name, say(f"label.{name}")) for name in ("what", "place", "system", "kind", "photos"))
CHANGES_WITH_SCHOOL = (*CHANGES, Option("school", say("label.school")))
GUESS = "guess"  # what the words say, and where they are said: a scan has it looked up anew
NEW = "new"
NEW_REPORT = Option(
    NEW,
    say("label.new_report"),
    also=("新的", "是新的", "新报", "新问题", "新的问题", "新的报修", "是新的报修", "是新报修", "另一件", "new"),
)
HUMAN = "human"
SAME = 0.5  # share of the earlier words that must remain for the clock to count from them


async def report(ask: Ask, me: Me) -> Say | None:
    """From the first words to the filed ticket."""
    before = await ask(BEFORE, say("ask.place"), guess="")
    what = await ask(WHAT, say("ask.what"))
    return await _rest(ask, me, what, await ask.origin(WHAT), before)


async def free_words(ask: Ask, me: Me) -> Say | None:
    """Words while tickets are open: 补充 to one of them, or 新报修."""
    what = await ask(WHAT, say("ask.what"))
    about = await ask.once("about", me.newest_open)
    is_new = await ask.once("is_new", me.states_a_new_fault, what)
    tickets = me.open_tickets(about)
    newest = tickets[0].key if tickets and not is_new else NEW
    if about and not tickets and me.is_thanks(what):
        return say("list.manners")  # 谢谢 that waited while its ticket was closed
    if about and not tickets and me.says_no_matter(what):
        return say("list.nowhere_to_add")
    if about and not tickets and me.goes_with(about, what):
        return say("list.went_with_it")
    where = await ask(
        WHERE,
        say("ask.where", words=what),
        on_silence=newest,
        among=(*tickets, NEW_REPORT),
    )
    if where == NEW:
        return await _rest(ask, me, what, await ask.origin(WHAT))
    photos = await ask(PHOTOS, say("ask.photos"), guess=())
    await ask.act("added", me.add_to, where, what, photos)
    return None


async def unclear(ask: Ask, me: Me) -> Say | None:
    """Words that do not sound like a report: nothing is lost, one tap makes them one."""
    what = await ask(WHAT, say("ask.what"))
    meant = await ask(
        MEANT, say("ask.unclear"), among=(Option(NEW, say("label.report")), Option(HUMAN, say("label.human")))
    )
    if meant == NEW:
        return await _rest(ask, me, what, await ask.origin(WHAT))
    await ask.act("human", me.ask_human)
    return None


async def something_wrong(ask: Ask, me: Me) -> Say | None:
    """有问题 in a follow-up: its school is filled in, the words become a ticket like any other."""
    what = await ask(WHAT, say("ask.what_is_wrong_now"))
    return await _rest(ask, me, what, await ask.origin(WHAT))


async def _rest(ask: Ask, me: Me, what: str, origin: Origin | None, before: str = "") -> Say | None:
    here = await ask.once("school_here", me.school_here, what)
    school = await ask(
        SCHOOL,
        say("ask.which_school"),
        among=me.schools(),
        guess=here or None,
        on_silence=me.usual_school(),
    )
    guess = await ask.once(GUESS, me.understand, what, school)
    where = await ask.once("whereabouts", me.place_of, before, what, school) if before else guess.place
    place = await ask(PLACE, say("ask.place"), guess=where)
    system = await ask(SYSTEM, say("ask.system"), guess=guess.system)
    kind = await ask(KIND, say("ask.kind"), guess=guess.kind, likely=guess.kinds)
    photos = await ask(PHOTOS, say("ask.photos"), guess=())
    reported_at = first_words_at(what, origin)
    shown = (school, what, place, system, kind, photos)
    sure = await ask(_sure(me), _summary(me, shown, guess, reported_at), about=shown)
    urgent_at = _urgent_from(me, origin, school, reported_at) if guess.urgent else None
    draft = _draft(shown, guess, reported_at, urgent_at, sure)
    number = await ask.act("filed", me.report, draft)
    return None if me.is_bound or number is None else await _bind(ask, me, number)


def _sure(me: Me) -> Summary:
    return Summary("sure", joins="what", changes=CHANGES_WITH_SCHOOL if len(me.schools()) > 1 else CHANGES)


def _draft(
    shown: tuple[str, str, str, str, str, tuple[Media, ...]],
    guess: Guess,
    reported_at: datetime,
    urgent_at: datetime | None,
    sure: str,
) -> Draft:
    school, what, place, system, kind, photos = shown
    confirmed = sure == Sure.CONFIRMED
    # Filed by silence it is not urgent until 紧急 is tapped, then from the words that said so.
    return Draft(
        school, what, place, system, kind, photos, reported_at, urgent_at if confirmed else None, urgent_at, confirmed
    )


def _urgent_from(me: Me, origin: Origin | None, school: str, reported_at: datetime) -> datetime:
    """When the message was sent by which the words say so: urgency counts from there (agreement §3, Start)."""
    said = ""
    for words, at in origin.bubbles if origin is not None else ():
        said = f"{said}\n{words}".strip()
        if at is not None and me.understand(said, school).urgent:
            return max(at, reported_at)
    if origin is None or origin.bubbles or any(me.understand(str(one), school).urgent for one, _ in origin.earlier):
        return reported_at
    return max(origin.at, reported_at)


def first_words_at(what: str, origin: Origin | None) -> datetime:
    """When the first words that remain in what is filed were sent: there the clock starts (agreement §3, Start)."""
    if origin is None:
        raise ValueError("the matter was said by nobody")
    for value, at in origin.earlier:
        if at is not None and _remains(str(value), what):
            return min(at, origin.at)
    return origin.at


def _remains(earlier: str, final: str) -> bool:
    blocks = SequenceMatcher(None, earlier, final, autojunk=False).get_matching_blocks()
    return bool(earlier) and sum(block.size for block in blocks if block.size > 1) >= SAME * len(earlier)


def _summary(
    me: Me, shown: tuple[str, str, str, str, str, tuple[Media, ...]], guess: Guess, reported_at: datetime
) -> Say:
    school, what, place, system, kind, photos = shown
    names = {one.key: one.label for one in me.schools()}
    return say(
        "report.summary",
        what=what,
        school=names.get(school, ""),
        place=place or say("report.open"),
        system=system or say("report.open"),
        kind=say(f"kind.{kind}"),
        urgent=say("report.urgent") if guess.urgent else say("report.not_urgent"),
        photos=_sent(photos) or say("report.no_photos"),
        at=reported_at,
        written=_written(me, school, kind),
    )


def _sent(photos: tuple[Media, ...]) -> list[Say]:
    """How many of each kind: whoever sent a voice looks for a voice, not for a photo."""
    counts = Counter(one.kind for one in photos)
    return [say(f"report.{kind.value}", count=counts[kind]) for kind in MediaKind if kind in counts]


def _written(me: Me, school: str, kind: str) -> Say | str:
    """What the tap means for a customised request: its text is frozen, and a representative's tap confirms it."""
    if kind != Kind.CUSTOMISED.value:
        return ""
    return say("report.confirms" if me.speaks_for(school) else "report.passed_on")


async def _bind(ask: Ask, me: Me, number: int) -> Say | None:
    name = await ask(NAME, say("ask.your_name", number=number))
    phone = await ask(PHONE, say("ask.your_phone"))
    school = await ask.act("bound", me.bind_by_room, name, phone)
    return say("join.welcome", name=name, school=school, role=say("role.teacher"), link=me.privacy_link)


FLOWS = (
    Flow(
        name="report",
        run=report,
        title=say("title.report"),
        silence=Silence.FILES,
        matter="what",
        photos="photos",
    ),
    Flow(
        name="free_words",
        run=free_words,
        title=say("title.free_words"),
        silence=Silence.FILES,
        matter="what",
        photos="photos",
    ),
    Flow(
        name="something_wrong",
        run=something_wrong,
        title=say("title.something_wrong"),
        silence=Silence.FILES,
        matter="what",
        photos="photos",
    ),
    Flow(
        name="unclear",
        run=unclear,
        title=say("title.report"),
        silence=Silence.ENDS,
        beneath=Beneath.GOES,
        photos="photos",
    ),
)
