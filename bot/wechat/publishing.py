"""What the account shows beside the talk: its menu, and codes to scan."""

from bot.wechat.client import Answer, AnsweredError, Client, NoAnswerError
from bot.wechat.menu import as_json

NO_MENU = 46003
MOST_SCENE = 64  # characters of a scene


async def publish(client: Client) -> None:
    """Publish the menu unless it stands there already: there are few calls a day. Raises CallError."""
    wanted = as_json()
    if _buttons(await _current(client)) != _buttons({"menu": wanted}):
        await client.call("/cgi-bin/menu/create", wanted)


async def scan_address(client: Client, scene: str) -> str:
    """What a lasting QR code for this scene must contain (a room's code, an invite); drawn by ourselves for
    print.

    Raises ValueError for a scene that is empty or too long, CallError.
    """
    if not 0 < len(scene) <= MOST_SCENE:
        raise ValueError(f"a scene has 1 to {MOST_SCENE} characters")
    wanted = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": scene}}}
    address = (await client.call("/cgi-bin/qrcode/create", wanted)).get("url")
    if not isinstance(address, str) or not address:
        raise NoAnswerError("no url in the answer")
    return address


async def _current(client: Client) -> Answer:
    try:
        return await client.get("/cgi-bin/menu/get")
    except AnsweredError as error:
        if error.code == NO_MENU:
            return {}
        raise


def _buttons(answer: Answer) -> object:
    """The buttons without what the platform adds: empty lists of sub-buttons, ids."""
    menu = answer.get("menu")
    return _bare(menu.get("button")) if isinstance(menu, dict) else None


def _bare(value: object) -> object:
    if isinstance(value, list):
        return [_bare(one) for one in value]
    if isinstance(value, dict):
        return {name: _bare(one) for name, one in value.items() if name in KEPT and one}
    return value


KEPT = frozenset({"name", "type", "key", "sub_button"})
