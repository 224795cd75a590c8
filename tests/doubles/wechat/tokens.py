"""Access tokens as the platform gives and judges them; every fetch is counted."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

LASTS = timedelta(seconds=7200)
RENEWED_BEFORE = timedelta(minutes=5)


@dataclass
class Tokens:
    """stable_token: the same one until five minutes before its end, then another while the old one works
    on."""

    fetched: int = 0
    made: int = 0
    ends: dict[str, datetime] = field(default_factory=dict)
    newest: str = ""

    def give(self, now: datetime) -> tuple[str, int]:
        """(token, seconds that it lasts)."""
        self.fetched += 1
        if not self.newest or self.ends[self.newest] - now <= RENEWED_BEFORE:
            self.made += 1
            self.newest = f"token-{self.made}-" + "x" * 512
            self.ends[self.newest] = now + LASTS
        return self.newest, int((self.ends[self.newest] - now).total_seconds())

    def judge(self, token: str, now: datetime) -> int:
        """0, or why it is refused: 41001 missing, 40001 not one of ours or not any more, 42001 expired."""
        if not token:
            return 41001
        if token not in self.ends:
            return 40001
        return 42001 if self.ends[token] <= now else 0

    def revoke(self) -> None:
        """Somebody else forced a refresh: every token so far is void."""
        self.ends.clear()
        self.newest = ""
