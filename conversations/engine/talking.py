"""The work on one message: frames are replayed, the dialog grows towards the new one, what follows is shown.

What the message means stands beside this: words in `hearing.py`, media in `pocketing.py`, taps and back in
`tapping.py`, and what a reading does in `meaning.py`.
"""

from dataclasses import dataclass, field, replace

from conversations.engine.flow import Beneath, Flow, Silence, Stage
from conversations.engine.heard import Heard
from conversations.engine.kept import Dialog, Frame, How
from conversations.engine.messages import Media
from conversations.engine.running import Answering, Played, play
from conversations.engine.showing import prompt_of
from conversations.engine.stranding import stranded
from conversations.engine.turn import Ended, Showing, Stranded, Turn, ended
from texts.say import Say, say

MISSES = 3  # in a row: a human is offered (rule 9)
DONE = frozenset({How.SAID, How.COLLECTING, How.SILENT, How.ACTED})  # a flow that only told something did nothing
FLOW_GONE = say("dialog.flow_gone")


@dataclass
class Talk:
    """The state of that work; lives no longer than the message."""

    dialog: Dialog
    stage: Stage
    heard: Heard
    unused: tuple[Media, ...] = ()
    note: Say | None = None
    ended: list[Ended] = field(default_factory=list)
    stranded: list[Stranded] = field(default_factory=list)
    views: dict[str, object] = field(default_factory=dict)

    def flow_of(self, frame: Frame) -> Flow:
        return self.stage.flows[frame.flow]

    def view(self, frame: Frame) -> object:
        """What the flow sees, made once per message: views may cost queries."""
        if frame.id not in self.views:
            self.views[frame.id] = self.stage.view(frame)
        return self.views[frame.id]

    def played(self, frame: Frame, answers_by: Answering = Answering.PERSON) -> Played:
        """The frame replayed up to its open question or its end."""
        flow, pocket = self.flow_of(frame), self.dialog.pocket
        played = play(frame, flow, self.stage, self.view, pocket, self.views.clear, answers_by)
        self.dialog = replace(self.dialog, pocket=played.pocket)
        return played

    def touched(self, frame: Frame) -> Frame:
        """The person said something in it: silence begins anew."""
        return replace(frame, touched_at=self.stage.now, reminded_at=None)

    # --- what follows

    def shown(self, played: Played, note: Say | None = None) -> Turn:
        """The open question, or the flow's last words and what lies beneath."""
        if played.open is None:
            return self.over(played.frame, played.result)
        frame = replace(played.frame, slips=0)
        return self._prompted(replace(played, frame=frame), note or self.note)

    def missed(self, played: Played, why: Say) -> Turn:
        """Not understood: the question again with the reason; the third time in a row a human is offered."""
        frame = replace(played.frame, slips=played.frame.slips + 1)
        turn = self._prompted(replace(played, frame=frame), why)
        return replace(turn, understood=False, offers_human=frame.slips >= MISSES)

    def over(self, frame: Frame, result: Say | None) -> Turn:
        """The frame has ended; what lies beneath comes up."""
        self.dialog = self.dialog.without(frame, result)
        self.ended.append(ended(frame, result))
        if any(one.how in DONE for one in frame.answers.values()):
            self._let_go(frame)
        return self.resumed()

    def _let_go(self, over: Frame) -> None:
        """Questions that need no answer any more, now that something else was said or done.

        Of one that was begun before it, whose act is done and whose buttons wait, only the buttons stay: nobody is
        asked it twice.
        """
        for one in self.dialog.frames:
            flow = self.stage.flows.get(one.flow)
            if flow is not None and flow.beneath is Beneath.GOES:
                self.dialog = self.dialog.without(one, None)
            elif flow is not None and flow.silence is Silence.WAITS and int(one.id) < int(over.id):
                self.dialog = self.dialog.putting_away(one)

    def resumed(self) -> Turn:
        """The frame on top shown (again); one whose flow is gone is handed to the desk."""
        while frame := self.dialog.top:
            if frame.flow in self.stage.flows:
                played = self.played(frame)
                if played.open is None:
                    return self.over(played.frame, played.result)
                return self._prompted(played, self._back_to(frame))
            self.stranded.append(stranded(frame, self.dialog, self.heard))
            self.dialog = replace(self.dialog.without(frame, FLOW_GONE), pocket=(), pocketed_at=None)
        return self._turn()

    def _back_to(self, frame: Frame) -> Say | None:
        is_beneath = self.ended or self.stranded
        return say("dialog.back_to", title=self.flow_of(frame).title) if is_beneath else None

    def _prompted(self, played: Played, note: Say | None) -> Turn:
        prompt, frame = prompt_of(played, note, self._showing(), self.stage.now)
        self.dialog = self.dialog.raised(frame)
        return replace(self._turn(), prompts=(prompt,))

    def _turn(self) -> Turn:
        return Turn(
            dialog=self.dialog, ended=tuple(self.ended), stranded=tuple(self.stranded), unused=self.unused
        )

    def _showing(self) -> Showing:
        """The earlier prompt is edited where nothing was typed below it and nothing ended in between."""
        is_quiet = self.heard.tap is not None or bool(self.heard.media and not self.heard.words)
        return Showing.IN_PLACE if is_quiet and not self.ended else Showing.BELOW
