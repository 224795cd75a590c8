"""The web chat's mailbox over the outbox: what was booked as sent is what the page shows."""

from pathlib import Path
from typing import Any

from agreement.words import Role
from bot.waking import Waking
from bot.web.ports import Looking, WebFile, WebMessage
from conversations.menus import menu_of
from storage import mailbox, talk
from storage.mailbox import Sent
from storage.work import Work

SENT = "sent"


class OutboxMailbox:
    """See `bot.web.ports.Mailbox`."""

    def __init__(self, work: Work, waking: Waking) -> None:
        self._work = work
        self._waking = waking

    async def looking(self, account: str, language: str) -> Looking:
        who = await self._work.read(lambda session: talk.known(session, "web", account))
        spoken = who.language if who is not None else "en" if language.startswith("en") else "zh"
        roles = [Role(one.role) for one in who.held if one.until_at is None] if who is not None else []
        return Looking(language=spoken, menu=tuple(menu_of(roles, spoken)))

    async def since(self, account: str, after: int) -> list[WebMessage]:
        rows = await self._work.read(lambda session: mailbox.sent_to(session, "web", account, after))
        return [as_message(row) for row in rows]

    def version(self) -> int:
        return self._waking.version(SENT)

    async def changed(self, version: int, seconds: float) -> None:
        await self._waking.wait(SENT, version, seconds)


def as_message(row: Sent) -> WebMessage:
    """One booked row as a message of the page."""
    shown: dict[str, Any] = row.rendered
    return WebMessage(
        sequence=row.id,
        id=row.message_id or str(row.id),
        text=str(shown.get("text", "")),
        buttons=tuple((label, data, style) for label, data, style in shown.get("buttons", [])),
        edits=str(shown.get("edits", "")),
        at=row.at,
        files=tuple(
            WebFile(kind=kind, name=name, media_type=media_type, key=path.rpartition("/")[2])
            for kind, name, media_type, path in shown.get("files", [])
        ),
    )


class OutboxFiles:
    """See `bot.web.ports.Files`: a file is given only to whom the outbox showed it."""

    def __init__(self, work: Work, directory: Path) -> None:
        self._work = work
        self._directory = directory

    async def shown(self, account: str, key: str) -> tuple[str, str] | None:
        found = await self._work.read(lambda session: mailbox.file_shown(session, "web", account, key))
        if found is None or not Path(found[0]).is_file():  # noqa: ASYNC240 - local
            return None
        return found
