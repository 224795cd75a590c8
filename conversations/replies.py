"""What the router answers with: messages to the person who wrote, each worded in that person's language."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from conversations.buttons import CardTap, Signer
from conversations.engine.heard import DialogTap
from conversations.engine.messages import Button
from conversations.engine.turn import Prompt, Showing
from desk.sitting import Sitting
from desk.telling import Line, Telling, put
from texts.say import Say, render, say


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One message. `question` names the prompt it shows, so that a later showing can take its place."""

    text: str
    buttons: tuple[Button, ...] = ()
    question: str = ""
    replaces: str = ""  # key of the earlier showing that is not worth sending any more
    edits: str = ""  # yes: takes the place of the earlier showing of `question`, where the channel can
    ticket_id: int | None = None


@dataclass
class Replies:
    """What is said in answer to one message, in order; written to the outbox at its end."""

    sitting: Sitting
    signer: Signer
    said: list[Reply] = field(default_factory=list)

    def say(self, key: str, /, **values: object) -> None:
        self.add(Reply(text=self.worded(say(key, **values))))

    def say_with_end(self, key: str, talk_id: int) -> None:
        """With 结束 at hand: a talk is never a trap."""
        data = self.signer.card(CardTap("end", talk_id, 0), self.sitting.actor.account_id or 0)
        end = Button(label=self.worded(say("label.end")), data=data)
        self.add(Reply(text=self.worded(say(key)), buttons=(end,)))

    def add(self, reply: Reply) -> None:
        self.said.append(reply)

    def begin_with(self, news: Say) -> None:
        """The news stands above whatever is said first, or alone."""
        if not self.said:
            self.add(Reply(text=self.worded(news)))
            return
        first = self.said[0]
        self.said[0] = replace(first, text=f"{self.worded(news)}\n{first.text}")

    def worded(self, one: Say) -> str:
        return render(one, self.sitting.actor.language, self.sitting.now)

    def prompt(self, prompt: Prompt, about: str = "") -> None:
        """An open question with its numbered choices as buttons. `about` stands before it: "#12 "."""
        lines = [self.worded(prompt.note)] if prompt.note is not None else []
        lines.append(f"{about}{self.worded(prompt.text)}")
        made = tuple(
            Button(
                label=option.label if isinstance(option.label, str) else self.worded(option.label),
                style=option.style,
                data=self.signer.dialog(
                    DialogTap(prompt.frame, prompt.question, option.key, prompt.digest),
                    self.sitting.actor.account_id or 0,
                ),
            )
            for option in prompt.choices
        )
        in_place = "yes" if prompt.replaces and prompt.showing is Showing.IN_PLACE else ""
        self.add(
            Reply(
                text="\n".join(lines),
                buttons=made,
                question=prompt.key,
                replaces=prompt.replaces,
                edits=in_place,
            )
        )

    def write(self, line: Line, key: str) -> None:
        """Into the outbox, behind whatever the acts of this message told."""
        put(
            self.sitting.session,
            self.sitting.now,
            [
                Telling(
                    line=line,
                    key=f"{key}:{number}",
                    weight="reply",
                    question=one.question,
                    ticket_id=one.ticket_id,
                    body={"text": one.text, "edits": one.edits, "buttons": _rows(one.buttons)},
                )
                for number, one in enumerate(self.said)
            ],
        )


def _rows(buttons: Sequence[Button]) -> list[list[str]]:
    return [[one.label, one.data, one.style] for one in buttons]
