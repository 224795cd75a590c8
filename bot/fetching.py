"""Bytes of what came in: fetched outside any transaction, kept by their digest, then shown to whom it concerns."""

import hashlib
import logging
import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlalchemy.orm import Session

from agreement.file_types import type_of
from bot.channel import Channel, FetchError
from bot.clock import Clock
from conversations.engine.messages import Media, MediaKind
from desk.relaying import relay
from storage import media
from storage.media import Wanted
from storage.work import Work

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
AGAIN = timedelta(seconds=30)
MOST_BYTES = 20 * 2**20


class Fetching:
    """Fetches what attachments want."""

    def __init__(self, work: Work, clock: Clock, channels: Mapping[str, Channel], directory: Path) -> None:
        self._work = work
        self._clock = clock
        self._channels = channels
        self._directory = directory

    async def drain(self) -> int:
        """Fetch everything that is wanted now; how many that was."""
        now = self._clock.now()
        wanted = await self._work.run(lambda session: media.claim(session, now, LEASE))
        for one in wanted:
            await self._fetch(one)
        return len(wanted)

    async def _fetch(self, one: Wanted) -> None:
        try:
            path, digest, size, head = await self._store(one)
        except (FetchError, OSError) as error:  # a full disk is no end either
            log.warning("attachment %s of %s: %s", one.id, one.channel, error)
            permanent = isinstance(error, FetchError) and error.permanent
            await self._work.run(lambda session: self._failed(session, one, permanent=permanent))
            return
        now = self._clock.now()
        found = type_of(head) if head else ""
        media_type = found or one.media_type or ("application/octet-stream" if head else "")

        def keep(session: Session) -> None:
            media.keep(session, one.id, path=path, digest=digest, size=size, media_type=media_type)
            relay(session, now, one.id)

        await self._work.run(keep)

    def _failed(self, session: Session, one: Wanted, *, permanent: bool) -> None:
        if permanent:
            media.give_up(session, one.id)
        else:
            media.postpone(session, one, at=self._clock.now() + AGAIN)

    async def _store(self, one: Wanted) -> tuple[str, str, int, bytes]:
        """(path, SHA-256, bytes, first bytes); a location has none of them. Raises FetchError."""
        if not one.reference:
            return "", "", 0, b""
        channel = self._channels.get(one.channel)
        if channel is None:
            raise FetchError("channel is not configured", permanent=True)
        self._directory.mkdir(parents=True, exist_ok=True)
        digest, size, head = hashlib.sha256(), 0, b""
        with NamedTemporaryFile(dir=self._directory, delete=False) as file:
            try:
                async for chunk in channel.fetch(Media(kind=MediaKind(one.kind), reference=one.reference)):
                    size += len(chunk)
                    if size > MOST_BYTES:
                        raise FetchError("larger than 20 MiB", permanent=True)
                    head = head or chunk[:16]
                    digest.update(chunk)
                    file.write(chunk)
            except BaseException:
                os.unlink(file.name)  # noqa: PTH108 - a local file just made
                raise
        path = self._directory / digest.hexdigest()
        os.replace(file.name, path)  # noqa: PTH105 - atomic, local
        return str(path.resolve()), digest.hexdigest(), size, head
