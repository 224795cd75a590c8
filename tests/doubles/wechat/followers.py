"""The people on the platform: who follows, whose window is open for how many messages, whom it refuses."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

LONG = (5, timedelta(hours=48))  # a message
SHORT = (3, timedelta(minutes=1))  # a tap on a menu or a msgmenu line, a scan, following

# What a story's word makes the platform answer.
REFUSALS = {"blocked": 43004, "window": 45015, "quota": 45047}


@dataclass
class Follower:
    """One person. The window is the platform's own count, which it tells nobody."""

    openid: str
    name: str
    is_following: bool = True
    until_at: datetime | None = None
    left: int = 0
    refused: str = ""
    menu_lines: dict[str, str] = field(default_factory=dict)  # id of a msgmenu line → its words

    def acts(self, now: datetime, opens: tuple[int, timedelta]) -> None:
        """An act resets count and time to the larger value; quotas do not add up."""
        messages, lasts = opens
        if self.until_at is None or self.until_at <= now:
            self.until_at, self.left = now + lasts, messages
        else:
            self.until_at, self.left = max(self.until_at, now + lasts), max(self.left, messages)

    def takes(self, now: datetime) -> int:
        """0 and one message less, or the error code."""
        if code := REFUSALS.get(self.refused):
            return code
        if not self.is_following:
            return 43004
        if self.until_at is None or self.until_at <= now:
            return 45015
        if self.left <= 0:
            return 45047
        self.left -= 1
        return 0
