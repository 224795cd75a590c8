"""Another implementation talks to the real channel over HTTP: npm wechat-crypto seals, we answer, it
opens."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.clock import SetClock
from bot.wechat.channel import WechatChannel
from tests.doubles.desk import Desk, outgoing
from tests.doubles.wechat import WechatPlatform
from tests.doubles.wechat.platform import AES_KEY, APP_ID, TOKEN
from tests.doubles.wechat.pushes import ACCOUNT
from tests.tools import NODE, missing, program

FOLDER = Path(__file__).parent / "interop"
TEXTS = (
    "a",
    "投影仪坏了，302教室",
    "😀👩‍👩‍👧 好的",
    "a]]>b<c>&amp;",
    "x" * 90,
    "x" * 91,
    "两行\n第二行",
    "应" * 590,
)


@pytest.mark.usefixtures("channel")
async def test_another_library_seals_and_opens_like_ours(
    channel: WechatChannel, platform: WechatPlatform, desk: Desk, clock: SetClock
) -> None:
    """Every text arrives as it was written, and every reply opens with a right signature for our account."""
    node = program(NODE)
    if not (FOLDER / "node_modules" / "wechat-crypto").is_dir():
        missing("npm wechat-crypto is not installed (`npm ci` in tests/wechat/interop)")
    desk.answer = lambda incoming: outgoing(incoming.account, incoming.text, key=incoming.external_id)
    order = {
        "url": platform._house_url,
        "appId": APP_ID,
        "token": TOKEN,
        "aesKey": AES_KEY,
        "account": ACCOUNT,
        "openid": "oPeer",
        "timestamp": str(int(clock.now().timestamp())),
        "texts": TEXTS,
    }
    process = await asyncio.create_subprocess_exec(
        node,
        "--no-deprecation",
        "peer.js",
        cwd=FOLDER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, errors = await process.communicate(json.dumps(order).encode())
    assert process.returncode == 0, errors.decode()
    assert [one.text for one in desk.heard] == list(TEXTS)
    for text, result in zip(TEXTS, json.loads(out), strict=True):
        assert result == {
            "status": 200,
            "id": APP_ID,
            "isSigned": True,
            "to": "oPeer",
            "from": ACCOUNT,
            "type": "text",
            "content": text,
        }
