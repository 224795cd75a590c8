"""A frame whose flow a deploy removed: what the person typed is gathered for the desk."""

from collections.abc import Iterator

from conversations.engine.freezing import thaw
from conversations.engine.heard import Heard
from conversations.engine.kept import Dialog, Frame, How
from conversations.engine.messages import Media
from conversations.engine.turn import Stranded

TYPED = frozenset({"Text", "Place", "Papers"})


def stranded(frame: Frame, dialog: Dialog, heard: Heard) -> Stranded:
    """Words and media of the frame and of this message, oldest first."""
    said = sorted(
        (kept for kept in frame.answers.values() if kept.how is not How.LOOKED_UP and kept.value is not None),
        key=lambda kept: kept.at or frame.opened_at,
    )
    words = [str(kept.value) for kept in said if isinstance(kept.value, str) and kept.kind in {"", *TYPED}]
    words += [
        str(kept.value["words"]) for kept in said if isinstance(kept.value, dict) and "words" in kept.value
    ]
    media = [one for kept in said for one in _media(kept.value)]
    return Stranded(
        frame=frame.id,
        flow=frame.flow,
        subject=frame.subject,
        words=(*words, *((heard.words,) if heard.words else ())),
        media=(*media, *dialog.pocket, *heard.media),
    )


def _media(value: object) -> Iterator[Media]:
    if isinstance(value, dict):
        value = value.get("media", ())
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict) and "kind" in one and "reference" in one:
                media = thaw(one, Media)
                assert isinstance(media, Media)
                yield media
