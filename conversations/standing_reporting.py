"""The part of `Standing` that a report needs: what the words say, whose school it is, and the filing of it."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache

from agreement.words import Kind, Role
from conversations import complaints, schools_named
from conversations.at_the_ticket import AtTheTicket
from conversations.caring import Caring
from conversations.engine.questions import Option
from conversations.flows.me import Draft, Guess
from conversations.thanks import CLAUSES, is_polite, is_thanks
from conversations.understanding import (
    NO_NAMES,
    IsReport,
    Named,
    Surroundings,
    likelier_place,
    names_something,
    reads_as,
    sounds_settled,
    understand,
)
from desk import knowing, reporting, scanned_rooms, talking
from desk.numbers import number_now
from desk.reporting import Matter
from desk.representing import is_represented
from desk.sitting import Sitting
from desk.vocabulary import Known, Names
from storage.around import OwnTicket
from texts.say import Say, say

ANOTHER = re.compile(r"另外|还有|顺便|也|\b(?:also|another|too)\b", re.IGNORECASE)
MENDED = re.compile(r"(?:已经|都|修|弄|搞)?(?:好|定)[了啦]")
ADDS = ("是补充", "这是补充", "补充的", "补充一下", "是补充的", "it's more", "an addition")


class ReportingStanding(AtTheTicket):
    """Whoever reports, known to the desk or not."""

    def __init__(
        self, sitting: Sitting, subject: str, filed: list[int], own: Callable[[], Sequence[OwnTicket]]
    ) -> None:
        """`filed` remembers the ids of the tickets that are filed here; `own` reads the person's open ones."""
        super().__init__(sitting, subject)
        self._filed = filed
        self._own = own
        self.care = Caring(sitting, subject)
        self._talk = int(subject[1:]) if subject.startswith("t") and subject[1:].isdigit() else 0

    def understand(self, words: str, school: str) -> Guess:
        """What the words say, by the school's own rooms and systems."""
        read = understand(words, self._surroundings(school))
        place = read.place or self._scanned_place(school)
        return Guess(place, read.system, read.kind.value, tuple(one.value for one in read.kinds), read.urgent)

    def place_of(self, before: str, words: str, school: str) -> str:
        """Of the place that was said first and the one in the words, as the school calls it."""
        around = self._surroundings(school)
        return likelier_place(understand(before, around), understand(words, around)) or before

    def _surroundings(self, school: str) -> Surroundings:
        if not school.isdigit():
            return NO_NAMES
        return _surroundings_by(knowing.names_of(self._sitting, int(school)))

    def schools(self) -> Sequence[Option]:
        return self._schools

    @cached_property
    def _schools(self) -> Sequence[Option]:
        """Looked up once per message: a flow asks for them several times."""
        return [Option(str(one.id), one.name) for one in knowing.schools(self._sitting)]

    def usual_school(self) -> str:
        if len(self.schools()) < 2:
            return ""
        usual = knowing.usual_school(self._sitting)
        return str(usual) if usual is not None else ""

    def school_here(self, words: str) -> str:
        """Of several schools the one that the words name, else, where they may mean no other, the one whose room's code
        was scanned a moment ago; empty where nothing says which.
        """
        mine = {one.key: str(one.label) for one in self.schools()}
        if len(mine) < 2 or not self.is_bound:
            return ""
        named = [key for key, label in mine.items() if schools_named.is_named(label, words)]
        if named:
            return named[0] if len(named) == 1 else ""
        found = (scanned_rooms.room_just_scanned(self._sitting, int(school)) for school in mine)
        here = next((str(room.school_id) for room in found if room is not None), "")
        others = [label for key, label in mine.items() if key != here]
        return "" if here and schools_named.may_mean(others, mine[here], words) else here

    def speaks_for(self, school: str) -> bool:
        """Whether the person is this school's representative, or stands in where it has named none."""
        if not school.isdigit() or not self.is_bound:
            return False
        is_one = self._sitting.actor.is_at(int(school), Role.REPRESENTATIVE)
        return is_one or not is_represented(self._sitting, int(school))

    def _scanned_place(self, school: str) -> str:
        if not self.is_bound:
            room = scanned_rooms.scanned_room(self._sitting)
        else:
            room = scanned_rooms.room_just_scanned(self._sitting, int(school)) if school.isdigit() else None
        return room.name if room is not None else ""

    def open_tickets(self, about: str = "") -> Sequence[Option]:
        """The person's open tickets, newest first; one alone is just 补充. A representative without any has the
        school's, unless the words were said while one of their own was open (`about`) that is so no more.
        """
        found = self._own() or knowing.of_their_school(self._sitting)
        if about and not self._own() and about not in {str(one.id) for one in found}:
            return []
        if len(found) == 1:
            return [Option(str(found[0].id), say("label.add"), "primary", also=ADDS)]
        return [Option(str(one.id), _added_to(one)) for one in found[:8]]

    def newest_open(self) -> str:
        return next((one.key for one in self.open_tickets()), "")

    def states_a_new_fault(self, words: str) -> bool:
        """Whether the words state a fault though all that is open was called solved, also by these words themselves
        (好了，谢谢，另外303也坏了): silence adds them to none."""
        own = self._own()
        if not own or reads_as(words) is not IsReport.YES:
            return False
        return all(one.is_solved for one in own) or _is_solved_and_another(words)

    def is_thanks(self, words: str) -> bool:
        return is_thanks(words)

    def says_no_matter(self, words: str) -> bool:
        """Whether they are politeness and nothing else: 好的，麻烦了."""
        return is_polite(words)

    def goes_with(self, ticket: str, words: str) -> bool:
        """Whether all that was said is of the matter that was withdrawn meanwhile, and no other: 不用了，自己好了."""
        states_another = any(reads_as(one) is IsReport.YES for one in words.splitlines())
        return not states_another and knowing.is_withdrawn(self._sitting, int(ticket))

    def ask_human(self) -> None:
        talking.ask_human(self._sitting)

    def report(self, draft: Draft) -> int | None:
        """File it; the number that people say, where the talk goes on with it: a stranger is asked who they are."""
        actor = self._sitting.actor
        self.care.may_file()
        ticket = reporting.report(
            self._sitting,
            self._matter(draft),
            reporter_id=actor.person_id,
            reporter_account_id=actor.account_id,
            channel=actor.channel,
        )
        complaints.note(self._sitting, ticket.id, draft.what)
        self.care.filed(ticket.id)
        if self._talk:
            talking.became_report(self._sitting, self._talk)
        self._filed.append(ticket.id)
        if self.is_bound:
            return None
        number_now(self._sitting, ticket)
        return ticket.ordinal

    def _matter(self, draft: Draft) -> Matter:
        """With the ticket that the button, or the follow-up, was about as the one that came before."""
        return Matter(
            school_id=int(draft.school) if draft.school else None,
            text=draft.what,
            reported_at=draft.reported_at,
            kind=Kind(draft.kind),
            place=draft.place,
            system=draft.system,
            sent=self._sent(draft.photos),
            urgent_at=draft.urgent_at,
            is_unconfirmed=not draft.confirmed,
            urgency_said_at=draft.urgency_said_at,
            follows_id=self._ticket or self.care.asked_about(),
        )


def _is_solved_and_another(words: str) -> bool:
    """The first clause says that it works, and a later one that something named does not either."""
    first, *others = [one for one in CLAUSES.split(words) if one.strip()] or [""]
    is_another = any(ANOTHER.search(one) and names_something(one) for one in others)
    return is_another and (sounds_settled(first) or bool(MENDED.fullmatch(first.strip())))


def _added_to(one: OwnTicket) -> Say:
    """What was filed in this very message has no number yet: it is told by its words."""
    text = " ".join(one.opening.split())  # on a button there is one line
    if one.ordinal < 0:
        return say("ask.add_to_newest", text=text)
    return say("ask.add_to", number=one.ordinal, text=text)


@lru_cache(maxsize=256)  # schools
def _surroundings_by(names: Names) -> Surroundings:
    return Surroundings(tuple(map(_named, names.rooms)), tuple(map(_named, names.systems)))


def _named(one: Known) -> Named:
    return Named(str(one.id), one.name, one.aliases)
