"""Whether an answer stands now: kept ones are judged like fresh ones, and some need nobody to give them."""

from dataclasses import dataclass, replace
from datetime import datetime

from conversations.engine.ask import ToAsk
from conversations.engine.asking import NO_LONGER, Asked
from conversations.engine.freezing import digest_of
from conversations.engine.kept import Frame, How, Kept
from conversations.engine.summary import Summary, Sure


@dataclass(frozen=True)
class Found:
    """An answer that need not be asked; `how` is None for a guess, which is kept nowhere."""

    value: object
    how: How | None


def as_asked(wish: ToAsk, frame: Frame, now: datetime) -> Asked:
    """The question as it stands in this frame now. What confirms something has the digest of that content."""
    bound = wish.about is not None or wish.question.confirms
    shown = frame.shown
    return Asked(
        question=wish.question,
        name=wish.name,
        prompt=wish.prompt,
        now=now,
        among=wish.among,
        likely=wish.likely,
        guess=wish.guess,
        digest=digest_of(wish.prompt if wish.about is None else wish.about) if bound else "",
        on_silence=wish.on_silence,
        numbers=shown.numbers if shown and shown.question == wish.name else (),
    )


def standing(asked: Asked, kept: Kept) -> Found | Kept | None:
    """The kept answer where it is one still; else what is kept instead (asked anew, with the reason) or None.

    What an act has used is not judged. A confirmation of other content is no answer at all.
    """
    if kept.how is How.AGAIN:
        return kept
    found = read_back(asked, kept)
    if found is not None and (kept.settled or kept.how is How.SILENT):
        return found
    if found is None or not asked.question.holds(found.value, asked):
        return replace(kept, how=How.AGAIN, why=NO_LONGER)
    return None if asked.digest != kept.digest and asked.question.binds(found.value) else found


def read_back(asked: Asked, kept: Kept) -> Found | None:
    """The kept value; None when it answers another kind of question or cannot be read any more."""
    if kept.kind and kept.kind != asked.kind:
        return None
    try:
        return Found(asked.question.thaw(kept.value), kept.how)
    except ValueError:
        return None


def unsaid(asked: Asked, kept: Kept | None) -> object:
    """When nobody answers: what stood before a change, the summary unconfirmed, the flow's word; or None."""
    former = read_back(asked, kept) if kept and kept.value is not None else None
    if former and asked.question.holds(former.value, asked):
        return former.value
    return Sure.UNCONFIRMED.value if isinstance(asked.question, Summary) else asked.on_silence
