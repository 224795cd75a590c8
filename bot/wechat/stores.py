"""WeChat's token and windows in the database: they outlive a restart, and several processes share them."""

from dataclasses import asdict
from datetime import datetime

from bot.wechat.reading import CHANNEL
from bot.wechat.tokens import Token
from bot.wechat.windows import Kind, Window
from storage import shared_state
from storage.shared_state import Shared
from storage.work import Work

NAME = "wechat access token"


class StoredToken:
    """See `TokenStore`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def load(self) -> Token | None:
        found = await self._work.read(lambda session: shared_state.secret(session, NAME))
        return Token(found.value, found.expires_at, found.generation) if found is not None else None

    async def save(self, token: Token, *, replaces: int) -> Token:
        new = Shared(token.value, token.expires_at, token.generation)
        kept = await self._work.run(
            lambda session: shared_state.replace_secret(session, NAME, new, replaces)
        )
        return Token(kept.value, kept.expires_at, kept.generation)


class StoredWindows:
    """See `WindowStore`. Somebody's first act comes before their account is a row: it waits here for it."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._unknown: dict[str, Window] = {}

    async def get(self, account: str) -> Window | None:
        if account in self._unknown:
            await self.set(account, self._unknown.pop(account))
        found = await self._work.read(lambda session: shared_state.window(session, CHANNEL, account))
        if found is None:
            return self._unknown.get(account)
        return Window(
            kind=Kind(found["kind"]), opened_at=datetime.fromisoformat(found["opened_at"]),
            until_at=datetime.fromisoformat(found["until_at"]), left=int(found["left"]),
        )  # fmt: skip

    async def set(self, account: str, window: Window) -> None:
        plain = asdict(window) | {
            "kind": window.kind.value,
            "opened_at": window.opened_at.isoformat(),
            "until_at": window.until_at.isoformat(),
        }
        known = await self._work.run(
            lambda session: shared_state.set_window(session, CHANNEL, account, plain)
        )
        if not known:
            self._unknown[account] = window
