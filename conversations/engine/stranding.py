"""What a person typed in a frame that cannot go on, gathered: for the desk, or to be given back."""

from collections.abc import Iterable, Iterator

from conversations.engine.freezing import thaw
from conversations.engine.heard import Heard
from conversations.engine.kept import Dialog, Frame, How, Kept
from conversations.engine.messages import Media
from conversations.engine.turn import Stranded

TYPED = frozenset({"Text", "Place", "Papers"})


def stranded(frame: Frame, dialog: Dialog, heard: Heard) -> Stranded:
    """Words and media of the frame and of this message, oldest first."""
    said = sorted(
        (kept for kept in frame.answers.values() if kept.how is not How.LOOKED_UP and kept.value is not None),
        key=lambda kept: kept.at or frame.opened_at,
    )
    words = words_of(said)
    media = [one for kept in said for one in _media(kept.value)]
    return Stranded(
        frame=frame.id,
        flow=frame.flow,
        subject=frame.subject,
        words=(*words, *((heard.words,) if heard.words else ())),
        media=(*media, *dialog.pocket, *heard.media),
    )


def words_of(said: Iterable[Kept]) -> list[str]:
    """What was typed for these answers; of papers the words beside them."""
    answers = list(said)
    words = [kept.value for kept in answers if isinstance(kept.value, str) and _is_typed(kept, kept.value)]
    words += [str(kept.value["words"]) for kept in answers if isinstance(kept.value, dict) and "words" in kept.value]
    return [one for one in words if one]


def _is_typed(kept: Kept, value: str) -> bool:
    """What was filled in has no kind: words that were said before it was asked, or the id of a school."""
    return kept.kind in TYPED or (not kept.kind and not value.isdigit())


def _media(value: object) -> Iterator[Media]:
    if isinstance(value, dict):
        value = value.get("media", ())
    if isinstance(value, list):
        for one in value:
            if isinstance(one, dict) and "kind" in one and "reference" in one:
                media = thaw(one, Media)
                assert isinstance(media, Media)
                yield media
