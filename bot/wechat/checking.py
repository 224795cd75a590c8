"""What is wrong with the account, tried against the platform: sentences for the operator, none when all is
well."""

from bot.wechat.client import AnsweredError, CallError, Client
from bot.wechat.errors import meaning_of
from bot.wechat.publishing import NO_MENU

ADDRESS_REFUSED = 40164  # the platform's words name the address that it saw


async def wrong_with(client: Client) -> list[str]:
    """Two steps, the second only after the first: a token, and the right to use the account's interfaces."""
    try:
        await client.token()
        await client.get("/cgi-bin/menu/get")
    except AnsweredError as error:
        return [] if error.code == NO_MENU else [_sentence(error)]
    except CallError as error:
        return [f"WeChat cannot be reached at YINGNUO_WECHAT_BASE_URL, or does not answer: {error}"]
    return []


def _sentence(error: AnsweredError) -> str:
    says = f"{meaning_of(error.code).says} (errcode {error.code})"
    return f"{says}: {error.words}" if error.code == ADDRESS_REFUSED else says
