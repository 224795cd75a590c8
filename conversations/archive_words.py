"""待归档 and 全部归档: what may be archived, what was, and what each of the others still lacks."""

from conversations.buttons import CardTap, Signer
from conversations.engine.messages import Button
from conversations.replies import Reply
from desk import archiving_many
from desk.archiving_many import Batch
from desk.sitting import Sitting
from texts.say import render, say

SHOWN = 20  # lines of one message


def waiting(sitting: Sitting, signer: Signer) -> Reply:
    """What waits for 归档, with 全部归档 where something can be."""
    found = archiving_many.to_archive(sitting)
    text = _told(sitting, found, "archive.ready")
    return Reply(text=text, buttons=(_all(sitting, signer),) if found.archived else ())


def archived(sitting: Sitting) -> Reply:
    """全部归档: done, and told in one message."""
    return Reply(text=_told(sitting, archiving_many.archive_all(sitting), "archive.done"))


def _told(sitting: Sitting, found: Batch, key: str) -> str:
    numbers = " ".join(f"#{one}" for one in found.archived)
    lines = [say(key, count=len(found.archived), numbers=numbers)] if found.archived else []
    if found.refused:
        lines += [say("archive.not_yet", count=len(found.refused)), *found.refused[:SHOWN]]
    if found.left or len(found.refused) > SHOWN:
        lines.append(say("archive.more"))
    written = lines or [say("archive.nothing")]
    return "\n".join(render(one, sitting.actor.language, sitting.now) for one in written)


def _all(sitting: Sitting, signer: Signer) -> Button:
    label = render(say("label.archive_all"), sitting.actor.language)
    return Button(label=label, data=signer.card(CardTap("archive_all", 0, 0), sitting.actor.account_id or 0))
