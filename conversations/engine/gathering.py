"""Questions answered by sending things: photos, papers (words and files), a location."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from conversations.engine.asking import (
    NOTHING_KEY,
    Answer,
    Asked,
    Joinable,
    Option,
    Question,
    Reading,
    Unfit,
    Unread,
)
from conversations.engine.heard import Heard
from conversations.engine.messages import Media, MediaKind
from conversations.engine.wording import nothing
from texts.say import Say, say

NO_PHOTOS = say("label.no_photos")
NO_LOCATION = say("label.no_location")
EVIDENCE = frozenset({MediaKind.PHOTO, MediaKind.VIDEO, MediaKind.VOICE, MediaKind.FILE})


def is_evidence(media: Media) -> bool:
    """Whether it shows something that words do not; a voice whose words were recognised is these words."""
    return media.kind in EVIDENCE and not media.recognised


def with_new(kept: Sequence[Media], came: Iterable[Media]) -> tuple[Media, ...]:
    """All of them once: a platform's retry of the same content is not a second photo."""
    known = {one.unique for one in kept if one.unique}
    return (*kept, *(one for one in came if not one.unique or one.unique not in known))


@dataclass(frozen=True)
class Photos(Joinable[tuple[Media, ...]]):
    """Photos and other evidence, at most `most`. The first one answers; the rest of the album joins it."""

    most: int = 9
    nothing: Say | None = NO_PHOTOS

    @property
    def shape(self) -> object:
        return tuple[Media, ...]

    @property
    def takes_words(self) -> bool:
        return False

    def offers(self, asked: Asked) -> Sequence[Option]:
        return (nothing(self.nothing),) if self.nothing else ()

    def takes(self, media: Media) -> bool:
        return is_evidence(media)

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if any(self.takes(one) for one in heard.media):
            return self.joined((), heard)
        if any(one.is_named(heard.words) for one in self.offers(asked)):
            return Answer(())
        return Unread(say("dialog.photos_wanted"))

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(()) if self.nothing and key == NOTHING_KEY else Unread()

    def joined(self, value: tuple[Media, ...] | None, heard: Heard) -> Answer | Unfit:
        everything = with_new(value or (), (one for one in heard.media if self.takes(one)))
        full = say("dialog.photos_full", most=self.most) if len(everything) > self.most else None
        return Answer(everything[: self.most], full)

    def holds(self, value: tuple[Media, ...], asked: Asked) -> bool:
        return len(value) <= self.most


@dataclass(frozen=True)
class Content:
    """Words and files that together are one paper; one of both may be empty."""

    words: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True)
class Papers(Joinable[Content]):
    """A paper handed over in chat: words and/or files, in one message or several."""

    most: int = 9  # files
    most_words: int = 4000  # characters

    @property
    def shape(self) -> object:
        return Content

    def takes(self, media: Media) -> bool:
        return is_evidence(media)

    def read(self, heard: Heard, asked: Asked) -> Reading:
        if heard.words or any(self.takes(one) for one in heard.media):
            return self.joined(None, heard)
        return Unread(say("dialog.papers_wanted"))

    def joined(self, value: Content | None, heard: Heard) -> Answer | Unfit:
        before = value or Content()
        words = "\n".join(one for one in (before.words, heard.words) if one)
        media = with_new(before.media, (one for one in heard.media if self.takes(one)))
        if len(words) > self.most_words:
            return Unfit(say("dialog.too_long", most=self.most_words, has=len(words)))
        full = say("dialog.photos_full", most=self.most) if len(media) > self.most else None
        return Answer(Content(words, media[: self.most]), full)


@dataclass(frozen=True)
class Spot:
    """A point on the earth in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Location(Question[Spot | None]):
    """A location sent from the phone; None when the person sends none."""

    nothing: Say = NO_LOCATION

    @property
    def shape(self) -> object:
        return Spot | None

    def offers(self, asked: Asked) -> Sequence[Option]:
        return (nothing(self.nothing),)

    def takes(self, media: Media) -> bool:
        return media.kind is MediaKind.LOCATION and media.latitude is not None and media.longitude is not None

    def read(self, heard: Heard, asked: Asked) -> Reading:
        for one in heard.media:
            if one.latitude is not None and one.longitude is not None:
                return Answer(Spot(one.latitude, one.longitude))
        if any(one.is_named(heard.words) for one in self.offers(asked)):
            return Answer(None)
        return Unread(say("dialog.location_wanted"))

    def tapped(self, key: str, asked: Asked) -> Reading:
        return Answer(None) if key == NOTHING_KEY else Unread()
