"""An `Outgoing` to a person by customer service messages: the window asked, the parts sent, one outcome.

There is no key that would make a sending exactly-once: after a timeout the message may have arrived, so the
outcome is `unsure` and nothing is tried again here. What certainly was not sent is `later`.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime

from bot.wechat import windows
from bot.wechat.client import AnsweredError, Client, NoAnswerError, NotSentError
from bot.wechat.errors import Alarm, Remedy, meaning_of, outcome_of
from bot.wechat.layout import Choices, Medium, MenuOf, Part, as_json, as_list, laid_out, medium_json
from bot.wechat.media import TooLargeError, upload
from bot.wechat.windows import Verdict, WindowStore
from conversations.engine.messages import Fate, Outcome, Outgoing

log = logging.getLogger(__name__)

SEND = "/cgi-bin/message/custom/send"
AGAIN_SECONDS = 10.0  # after the platform was down
REMEMBERED = 1000  # messages of which a part was sent and another waits
RESERVE = 1  # of each window, for what somebody must act on
ONLY_LISTS = 40200  # the account's type allows no msgmenu
CORRECTIONS = {45015: windows.closed, 45047: windows.used_up}
REFUSED = frozenset({Verdict.TOO_FEW, Verdict.RESERVED})


class Sender:
    """Sends one message at a time to each person; delivery keeps the order."""

    def __init__(self, client: Client, store: WindowStore, clock: Callable[[], datetime]) -> None:
        self._client = client
        self._windows = store
        self._clock = clock
        self._choices = Choices.MENU
        self._sent_parts: OrderedDict[str, tuple[Part, ...]] = OrderedDict()

    async def send(self, message: Outgoing) -> Outcome:
        """One attempt; never raises for what the platform may answer."""
        parts = laid_out(message, self._choices)
        before = self._sent_parts.pop(message.key, ())
        done = len(before) if parts[: len(before)] == before else 0  # it may be rendered otherwise by now
        refusal = await self._refusal(message, len(parts) - done)
        if refusal is not None:
            return refusal
        for number, part in enumerate(parts[done:], start=done):
            outcome = await self._part(message, part)
            if outcome.fate is not Fate.SENT:
                self._remember(message.key, parts[:number])
                return outcome
        return Outcome(fate=Fate.SENT, message_id=message.key)

    async def _refusal(self, message: Outgoing, parts: int) -> Outcome | None:
        """Half a message helps nobody: unless all of it fits into the window, the next channel takes the
        whole."""
        window = await self._windows.get(message.account)
        reserve = RESERVE if message.quiet and message.edits else 0
        verdict = windows.verdict(window, self._clock(), messages=parts, reserve=reserve)
        if verdict not in REFUSED:
            return None
        return Outcome(fate=Fate.REFUSED, reason="quota", detail=f"own count: {verdict}")

    def _remember(self, key: str, parts: tuple[Part, ...]) -> None:
        """A later attempt goes on where this one ended, so that a photo is not shown twice."""
        if parts:
            self._sent_parts[key] = parts
        while len(self._sent_parts) > REMEMBERED:
            self._sent_parts.popitem(last=False)

    async def _part(self, message: Outgoing, part: Part) -> Outcome:
        try:
            await self._post(message, part)
        except AnsweredError as error:
            return await self._answered(message, part, error)
        except TooLargeError as error:
            return Outcome(fate=Fate.REFUSED, reason="too_large", detail=str(error))
        except OSError as error:
            log.error("wechat: the file of outbox %s cannot be read: %s", message.key, type(error).__name__)
            return Outcome(fate=Fate.REFUSED, reason="configuration", detail=type(error).__name__)
        except NotSentError as error:
            return Outcome(fate=Fate.LATER, reason="down", after_seconds=AGAIN_SECONDS, detail=str(error))
        except NoAnswerError as error:
            return Outcome(fate=Fate.UNSURE, reason="timeout", detail=str(error))
        await self._count(message.account)
        return Outcome(fate=Fate.SENT)

    async def _post(self, message: Outgoing, part: Part) -> None:
        if isinstance(part, Medium):
            await self._post_medium(message, part)
            return
        await self._ask(as_json(part, message.account))

    async def _post_medium(self, message: Outgoing, medium: Medium) -> None:
        """By the platform's own reference where there is one; it lives three days, so it may have to be made
        anew."""
        if medium.file.reference:
            try:
                await self._ask(medium_json(medium, medium.file.reference, message.account))
            except AnsweredError as error:
                if meaning_of(error.code).remedy is not Remedy.UPLOAD_AGAIN or not medium.file.path:
                    raise
            else:
                return
        media_id = await self._uploaded(medium)
        await self._ask(medium_json(medium, media_id, message.account))

    async def _uploaded(self, medium: Medium) -> str:
        """An upload without an answer has shown nobody anything: the message was certainly not sent."""
        try:
            return await upload(self._client, medium.file)
        except NoAnswerError as error:
            raise NotSentError(f"upload: {error}") from error

    async def _ask(self, body: dict[str, object]) -> None:
        answer = await self._client.call(SEND, body)
        if answer.get("errcode") != 0:
            raise NoAnswerError("the answer does not say that it was sent")

    async def _answered(self, message: Outgoing, part: Part, error: AnsweredError) -> Outcome:
        row = meaning_of(error.code)
        if row.remedy is Remedy.PLAIN_TEXT and isinstance(part, MenuOf):
            return await self._as_list(message, part, error.code)
        if row.alarm is Alarm.YES:
            log.error("wechat: %s (errcode %s)", row.says, error.code)
        await self._correct(message.account, error.code)
        return outcome_of(error.code)

    async def _as_list(self, message: Outgoing, part: MenuOf, code: int) -> Outcome:
        """The choices as a numbered list; an account that may not send a msgmenu is not asked again."""
        if code == ONLY_LISTS:
            self._choices = Choices.LIST
            log.warning("wechat: this account cannot send choices to tap; they go as numbered lists")
        outcome = Outcome(fate=Fate.SENT)
        for words in as_list(part):
            outcome = await self._part(message, words)
            if outcome.fate is not Fate.SENT:
                break
        return outcome

    async def _count(self, account: str) -> None:
        window = await self._windows.get(account)
        if window is not None:
            await self._windows.set(account, windows.taken(window))

    async def _correct(self, account: str, code: int) -> None:
        """The platform knows better than our count."""
        if change := CORRECTIONS.get(code):
            before = await self._windows.get(account)
            await self._windows.set(account, change(before, self._clock()))
