"""One message inside a dialog: which question it answers, what it changes, and what is shown then."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from conversations.engine.asking import (
    NO_LONGER,
    Answer,
    Asked,
    Joinable,
    Joins,
    Leaves,
    Lists,
    Reading,
    Reopens,
    Sets,
    Unfit,
    Unread,
)
from conversations.engine.flow import Flow, FlowError, Stage
from conversations.engine.gathering import is_evidence, with_new
from conversations.engine.heard import DialogTap, Heard
from conversations.engine.kept import Dialog, Earlier, Frame, How, Kept
from conversations.engine.messages import Media
from conversations.engine.running import Played, Step, play
from conversations.engine.showing import CHANGES, TAKEN_BACK, as_shown, list_of_changes, prompt_of
from conversations.engine.stranding import stranded
from conversations.engine.summary import Summary
from conversations.engine.turn import BACK, Ended, Showing, Stranded, Turn
from texts.say import Say, say

READABLE_AFTER = timedelta(seconds=3)  # words sent earlier were not written to our question (rule 4)
MISSES = 3  # in a row: a human is offered (rule 9)
POCKET = 9  # things that wait for their question at most
REPLACED = 5  # earlier values remembered of one answer
CHANGED_MEANWHILE = say("dialog.changed_meanwhile")
PHOTO_KEPT = say("dialog.photo_kept")
GONE_BACK = say("dialog.gone_back")
NOTHING_BEHIND = say("dialog.nothing_behind")
CANCELLED = say("dialog.cancelled")
ALREADY_DONE = say("dialog.already_done")


@dataclass
class Talk:
    """The work on one message; `dialog` grows towards the new one. Lives no longer than the message."""

    dialog: Dialog
    stage: Stage
    heard: Heard
    unused: tuple[Media, ...] = ()
    note: Say | None = None
    ended: list[Ended] = field(default_factory=list)
    stranded: list[Stranded] = field(default_factory=list)
    views: dict[str, object] = field(default_factory=dict)

    # --- playing and showing

    def view(self, frame: Frame) -> object:
        if frame.id not in self.views:
            self.views[frame.id] = self.stage.view(frame)
        return self.views[frame.id]

    def played(self, frame: Frame, *, silently: bool = False) -> Played:
        """The frame replayed; after an act every view is stale."""
        flow = self.stage.flows[frame.flow]
        played = play(frame, flow, self.stage, self._fresh, self.dialog.pocket, silently=silently)
        if played.acted:
            self.views.clear()
        self.dialog = replace(self.dialog, pocket=played.pocket)
        return played

    def _fresh(self, frame: Frame) -> object:
        return self.view(frame)

    def touched(self, frame: Frame) -> Frame:
        return replace(frame, touched_at=self.stage.now, reminded_at=None)

    def shown(self, played: Played, note: Say | None = None) -> Turn:
        """What follows: the open question, or the flow's last words and what lies beneath."""
        if played.open is None:
            return self.over(played.frame, played.result)
        frame = replace(played.frame, slips=0)
        return self._prompted(replace(played, frame=frame), note or self.note)

    def missed(self, played: Played, why: Say) -> Turn:
        """Not understood: the question again with the reason; the third time in a row a human is offered."""
        frame = replace(played.frame, slips=played.frame.slips + 1)
        turn = self._prompted(replace(played, frame=frame), why)
        return replace(turn, understood=False, offers_human=frame.slips >= MISSES)

    def _prompted(self, played: Played, note: Say | None) -> Turn:
        prompt, frame = prompt_of(played, note, self._showing(), self.stage.now)
        self.dialog = self.dialog.raised(frame)
        return Turn(
            dialog=self.dialog,
            prompts=(prompt,),
            ended=tuple(self.ended),
            stranded=tuple(self.stranded),
            unused=self.unused,
        )

    def _showing(self) -> Showing:
        """Nothing typed below it and nothing ended in between: the earlier prompt is edited."""
        quiet = self.heard.tap or (self.heard.media and not self.heard.words)
        return Showing.IN_PLACE if quiet and not self.ended else Showing.BELOW

    def over(self, frame: Frame, result: Say | None) -> Turn:
        self.dialog = self.dialog.without(frame, result)
        self.ended.append(Ended(frame=frame.id, flow=frame.flow, subject=frame.subject, result=result))
        return self.resumed()

    def resumed(self) -> Turn:
        """The frame on top shown (again); one whose flow is gone is handed to the desk."""
        while frame := self.dialog.top:
            flow = self.stage.flows.get(frame.flow)
            if flow:
                back_to = say("dialog.back_to", title=flow.title) if self.ended or self.stranded else None
                played = self.played(frame)
                if played.open is None:
                    return self.over(played.frame, played.result)
                return self._prompted(played, back_to)
            self.stranded.append(stranded(frame, self.dialog, self.heard))
            self.dialog = replace(self.dialog.without(frame, say("dialog.flow_gone")), pocket=())
        return Turn(
            dialog=self.dialog, ended=tuple(self.ended), stranded=tuple(self.stranded), unused=self.unused
        )

    # --- words and media

    def heard_by(self, frame: Frame) -> Turn:
        """The message goes to the open question of this frame, its media first."""
        played = self.played(frame)
        if played.open is None:
            return self.shown(played)
        asked = as_shown(played)
        played, answered = self._with_media(played)
        if self.unused == self.heard.media and not self.heard.words:
            self.dialog = self.dialog.raised(played.frame)
            return Turn(dialog=self.dialog, unused=self.unused, understood=False)
        if not self.heard.words or played.open is None:
            return self.shown(played)
        if not answered:
            return self._read(played, asked, self.heard.words_only)
        if isinstance(asked.question, Joinable) and asked.question.takes_words:
            return self.shown(played)
        return self._captioned(played)

    def _read(self, played: Played, asked: Asked, words: Heard) -> Turn:
        if played.open and played.open.name != asked.name:
            asked = as_shown(played)
        reading = asked.question.read(words, asked)
        if self._unseen(played, asked) and not (isinstance(reading, Answer) and asked.question.offers(asked)):
            shown = played.frame.shown
            if shown and not shown.takes_words:
                return self.shown(played, CHANGED_MEANWHILE)
        digest = played.frame.shown.digest if played.frame.shown else ""
        return self.taken(played, asked, reading, digest)

    def _captioned(self, played: Played) -> Turn:
        """The photo was the answer; its caption joins the words before, else it answers what comes next."""
        step = self._last_words(played)
        if step:
            return self._joined(played, step, self.heard.words_only)
        asked = as_shown(played)
        reading = asked.question.read(self.heard.words_only, asked)
        is_answer = isinstance(reading, Answer) and not asked.digest  # what is not shown yet is not confirmed
        return self.taken(played, asked, reading, "") if is_answer else self.shown(played)

    def _with_media(self, played: Played) -> tuple[Played, bool]:
        """Each thing to the open question, else to the last on the path that takes it, else to the pocket."""
        asked = played.open
        assert asked is not None
        question, media = asked.question, self.heard.media
        fitting = tuple(one for one in media if question.takes(one))
        rest = tuple(one for one in media if one not in fitting)
        answered = False
        if fitting:
            words = isinstance(question, Joinable) and question.takes_words
            reading = question.read(
                replace(self.heard, media=fitting, text=self.heard.text if words else ""), asked
            )
            answered = isinstance(reading, Answer)
            played = self._settled(played, asked, reading)
        if rest:
            played = self._late(played, rest)
        return played, answered

    def _settled(self, played: Played, asked: Asked, reading: Reading) -> Played:
        if isinstance(reading, Answer):
            self.note = reading.note
            return self.played(self._keep(played.frame, asked, reading.value, How.COLLECTING))
        if isinstance(reading, Unfit | Unread):
            self.note = reading.why
        return played

    def _late(self, played: Played, media: tuple[Media, ...]) -> Played:
        for step in reversed(played.after_act):
            question = step.asked.question if step.asked else None
            if step.asked and isinstance(question, Joinable) and any(question.takes(one) for one in media):
                fitting = tuple(one for one in media if question.takes(one))
                self.unused = tuple(one for one in media if one not in fitting)
                joined = question.joined(step.value, Heard(at=self.heard.at, media=fitting))
                return self._settled(played, step.asked, joined)
        flow = self.stage.flows[played.frame.flow]
        if played.has(flow.photos):
            self.unused = media  # an act has used the photos: these belong to what came of it
        else:
            self.keep_early(flow, media)
        return played

    def keep_early(self, flow: Flow, media: tuple[Media, ...]) -> None:
        """Photos before their question wait in the pocket, where the flow has such a question."""
        early = tuple(one for one in media if flow.photos and is_evidence(one))
        self.unused = (*self.unused, *(one for one in media if one not in early))
        if early:
            self.dialog, refused = pocketed(self.dialog, early, self.stage.now)
            self.note = say("dialog.photos_full", most=POCKET) if refused else PHOTO_KEPT

    # --- what a reading does

    def taken(self, played: Played, asked: Asked, reading: Reading, digest: str) -> Turn:
        """Carry out what the words or the tap meant. `digest` is that of what the person had before them."""
        frame = played.frame
        calm = replace(played, frame=replace(frame, changing=""))
        match reading:
            case Answer(value, note):
                if asked.digest and asked.question.binds(value) and digest != asked.digest:
                    return self.shown(calm, CHANGED_MEANWHILE)
                return self.shown(self.played(self._keep(calm.frame, asked, value, How.SAID)), note)
            case Joins(name, words):
                return self._joined(
                    calm, self._step(played, name, asked), replace(self.heard, text=words, media=())
                )
            case Sets(name, words):
                return self._set(calm, self._step(played, name, asked), words)
            case Reopens(name):
                return self._reopened(calm, self._step(played, name, asked))
            case Lists():
                return self._listed(played, asked)
            case Leaves():
                return self.left(frame)
            case Unread(why) | Unfit(why):
                step = self._bubble(played, asked) if isinstance(reading, Unread) else None
                return self._joined(calm, step, self.heard.words_only) if step else self.missed(played, why)

    def _step(self, played: Played, name: str, asked: Asked) -> Step:
        found = {step.name: step for step in played.after_act}
        step = found.get(asked.part + name) or found.get(name)
        if step is None:
            raise FlowError(
                f"{asked.name}: joins or changes {name!r}, which was not asked since the last act"
            )
        return step

    def _joined(self, played: Played, step: Step, words: Heard) -> Turn:
        asked = step.asked
        assert asked is not None
        assert isinstance(asked.question, Joinable)
        joined = asked.question.joined(step.value, words)
        if isinstance(joined, Unfit):
            return self.missed(played, joined.why)
        frame = self._keep(played.frame, asked, joined.value, How.SAID)
        before = played.frame.answers.get(step.name)
        first = frame.answers[step.name]
        kept = replace(  # the first words keep their time; a guess has none of its own
            first,
            at=before.at if before else None,
            message=before.message if before else "",
            earlier=before.earlier if before else (),
        )
        return self.shown(
            self.played(replace(frame, answers={**frame.answers, step.name: kept})), joined.note
        )

    def _set(self, played: Played, step: Step, words: str) -> Turn:
        assert step.asked is not None
        reading = step.asked.question.read(replace(self.heard, text=words, media=()), step.asked)
        if isinstance(reading, Answer):
            return self.shown(self.played(self._keep(played.frame, step.asked, reading.value, How.SAID)))
        return self.missed(played, reading.why if isinstance(reading, Unread | Unfit) else NO_LONGER)

    def _reopened(self, played: Played, step: Step) -> Turn:
        asked = step.asked
        assert asked is not None
        kept = played.frame.answers.get(step.name)
        if kept is None:
            kept = Kept(value=asked.question.freeze(step.value), how=How.GUESSED, kind=asked.kind)
        kept = replace(kept, how=How.AGAIN, was=kept.how, why=None)
        return self.shown(self.played(_with(played.frame, step.name, kept)))

    def _listed(self, played: Played, asked: Asked) -> Turn:
        """修改: the list stands open instead of the summary it belongs to."""
        answers = {name: kept for name, kept in played.frame.answers.items() if name != asked.name}
        return self.shown(self.played(replace(played.frame, answers=answers, changing=asked.name)))

    def _keep(self, frame: Frame, asked: Asked, value: object, how: How) -> Frame:
        before = frame.answers.get(asked.name)
        earlier = before.earlier if before else ()
        if before and before.value is not None and before.at:
            earlier = (*earlier, Earlier(value=before.value, at=before.at))[-REPLACED:]
        kept = Kept(
            value=asked.question.freeze(value),
            how=how,
            kind=asked.kind,
            at=self.heard.at,
            message=self.heard.message,
            digest=asked.digest if asked.question.binds(value) else "",
            earlier=earlier,
        )
        return _with(frame, asked.name, kept)

    # --- two bubbles, one sentence

    def _unseen(self, played: Played, asked: Asked) -> bool:
        shown = played.frame.shown
        return shown is not None and shown.question != asked.address

    def _bubble(self, played: Played, asked: Asked) -> Step | None:
        """The text before, where these words were sent before the open question could be read."""
        shown = played.frame.shown
        early = shown is not None and self.heard.at - shown.at < READABLE_AFTER
        return (
            self._last_words(played)
            if not self.heard.tap and (early or self._unseen(played, asked))
            else None
        )

    def _last_words(self, played: Played) -> Step | None:
        for step in reversed(played.after_act):
            question = step.asked.question if step.asked else None
            if isinstance(question, Joinable) and question.takes_words and step.how in TAKEN_BACK:
                return step
        return None

    # --- taps, back, cancel

    def tapped(self, tap: DialogTap) -> Turn:
        """A button means its own frame and question, however old it is (rule 2)."""
        frame = self.dialog.frame(tap.frame)
        if frame is None:
            over = next((one for one in self.dialog.over if one.frame == tap.frame), None)
            toast = over.result if over and over.result else say("dialog.over")
            return Turn(dialog=self.dialog, toast=toast)
        self.dialog = self.dialog.raised(frame)
        if frame.flow not in self.stage.flows:
            return self.resumed()
        frame = self.touched(frame)
        if tap.key == BACK.key:
            is_open = frame.shown is not None and frame.shown.question == tap.question
            return self.back(frame) if is_open else self.shown(self.played(frame), NO_LONGER)
        return self._tapped_in(self.played(frame), tap)

    def _tapped_in(self, played: Played, tap: DialogTap) -> Turn:
        if played.open is None:
            return self.shown(played)
        asked = self._meant(played, tap)
        if asked is None and (restored := _restored(played.frame, played.open.name)):
            again = self.played(restored)
            asked = self._meant(again, tap)
            played = again if asked else played
        if asked is None:
            is_behind = played.has(tap.question.removesuffix(CHANGES))
            return self.shown(played, ALREADY_DONE if is_behind else NO_LONGER)
        reading = asked.question.tapped(tap.key, asked)
        if isinstance(reading, Unread | Unfit):
            return self.shown(played, reading.why if isinstance(reading, Unfit) else NO_LONGER)
        return self.taken(played, asked, reading, tap.digest)

    def _meant(self, played: Played, tap: DialogTap) -> Asked | None:
        """The question of the button, where it is open or can still be changed."""
        name = tap.question.removesuffix(CHANGES)
        asked = played.open if played.open and played.open.name == name else None
        for step in played.after_act:
            if step.name == name:
                asked = step.asked
        if asked and isinstance(asked.question, Summary) and tap.question.endswith(CHANGES):
            return list_of_changes(asked, asked.question, played.frame)
        return asked

    def back(self, frame: Frame) -> Turn:
        """The last answer said on this run's path, after the last act (rule 6); before the first one: out."""
        played = self.played(frame)
        if played.open is None:
            return self.shown(played)
        if frame.changing == played.open.name:
            return self.shown(replace(played, frame=replace(played.frame, changing="")))
        if restored := _restored(played.frame, played.open.name):
            return self.shown(self.played(restored), GONE_BACK)
        said = [step for step in played.after_act if step.how in TAKEN_BACK]
        if said:
            kept = replace(played.frame.answers[said[-1].name], how=How.AGAIN, was=None, why=None)
            return self.shown(self.played(_with(played.frame, said[-1].name, kept)), GONE_BACK)
        return self.shown(played, NOTHING_BEHIND) if played.has_act else self.left(played.frame)

    def left(self, frame: Frame) -> Turn:
        """Cancelled: the frame ends, what lies beneath comes up."""
        return self.over(frame, CANCELLED)


def pocketed(
    dialog: Dialog, media: tuple[Media, ...], now: datetime | None
) -> tuple[Dialog, tuple[Media, ...]]:
    """The dialog with these in its pocket, and what found no room there."""
    pocket = with_new(dialog.pocket, media)
    return replace(dialog, pocket=pocket[:POCKET], pocketed_at=now), pocket[POCKET:]


def _with(frame: Frame, name: str, kept: Kept) -> Frame:
    return replace(frame, answers={**frame.answers, name: kept})


def _restored(frame: Frame, name: str) -> Frame | None:
    """The frame with a change taken back that was chosen and not made; None where there is none."""
    kept = frame.answers.get(name)
    if kept is None or kept.how is not How.AGAIN or kept.was is None:
        return None
    if kept.was is How.GUESSED:
        return replace(frame, answers={key: one for key, one in frame.answers.items() if key != name})
    return _with(frame, name, replace(kept, how=kept.was, was=None))
