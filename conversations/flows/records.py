"""单据: at once, the records of a ticket that are the person's to have. 签回: one comes back, signed on paper. 案卷: a
link to the page of them all."""

from collections.abc import Sequence
from typing import Protocol

from conversations.engine.ask import Ask
from conversations.engine.flow import Flow
from conversations.engine.gathering import Content
from conversations.engine.questions import Choice, Option, Papers, Summary, Sure
from texts.say import Say, say

WHICH = Choice("which")
PAGES = Papers("pages")
SURE = Summary("sure", joins="pages", changes=(Option("pages", say("label.photos")),))


class Asking(Protocol):
    """What these flows know and do."""

    def hand_out_records(self) -> None: ...

    def returnable(self) -> Sequence[Option]:
        """Records that the person may have, by number. Refused where there is none."""
        ...

    def take_back(self, which: str, pages: Content) -> None: ...

    def case_link(self) -> Say:
        """The address of the case's page, for this person alone."""
        ...


async def records(ask: Ask, me: Asking) -> Say | None:
    await ask.act("given", me.hand_out_records)
    return None


async def signed_paper(ask: Ask, me: Asking) -> Say | None:
    """Which record, its pages as photos or files, 确认提交."""
    which = await ask(WHICH, say("ask.which_record"), among=me.returnable())
    pages = await ask(PAGES, say("ask.signed_pages"))
    shown = say("papers.signed", files=say("papers.files", count=len(pages.media)))
    sure = await ask(SURE, shown, about=(which, pages))
    if sure == Sure.CONFIRMED:
        await ask.act("returned", me.take_back, which, pages)
    return None


async def case(ask: Ask, me: Asking) -> Say | None:
    return await ask.once("link", me.case_link)


FLOWS = (
    Flow(name="records", run=records, title=say("label.records")),
    Flow(name="signed_paper", run=signed_paper, title=say("label.signed_paper")),
    Flow(name="case", run=case, title=say("label.case")),
)
