"""What a person did in one message, as a dialog sees it: words, a tap, media, and when it was sent."""

from dataclasses import dataclass, replace
from datetime import datetime

from conversations.engine.messages import Media


@dataclass(frozen=True)
class DialogTap:
    """A button of a prompt. `digest` is that of the content shown with it, "" where nothing is confirmed."""

    frame: str
    question: str
    key: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class Heard:
    """One message, sent `at` (timezone-aware). Text and media may come together: a caption."""

    at: datetime
    text: str = ""
    tap: DialogTap | None = None
    media: tuple[Media, ...] = ()
    message: str = ""  # its id, kept with the answer; an edit of the message names it again

    @property
    def words_only(self) -> "Heard":
        """The same message without what was sent along."""
        return replace(self, text=self.words, media=())

    @property
    def emptied(self) -> "Heard":
        """When and in which message, without anything that was said in it: a tap says nothing besides itself."""
        return replace(self, text="", media=())

    @property
    def words(self) -> str:
        """What was typed, or what the platform recognised in a voice message; trimmed."""
        return self.text.strip() or " ".join(one.recognised for one in self.media if one.recognised).strip()
