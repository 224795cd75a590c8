"""The reading tables: each type of message and event, as the platform's pages show it."""

from datetime import UTC, datetime

import pytest

from bot.wechat.parsing import Pushed, UnreadableError, parse
from bot.wechat.reading import DROPPED, EVENTS, MESSAGES, Read, read
from bot.wechat.windows import Act
from conversations.engine.messages import Contact, Media, MediaKind
from tests.doubles.wechat.pushes import xml_of

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
SENT = datetime(2026, 11, 23, 5, 59, 58, tzinfo=UTC)


def pushed(fields: dict[str, object]) -> Pushed:
    return parse(
        xml_of({"ToUserName": "gh_1", "FromUserName": "oAbc", "CreateTime": int(SENT.timestamp()), **fields})
    )


def reading(**fields: object) -> Read:
    found = read(pushed(fields), "raw", NOW)
    assert found is not None
    return found


def message(kind: str, **fields: object) -> Read:
    return reading(MsgType=kind, MsgId=24000000000000001, **fields)


def event(name: str, **fields: object) -> Read:
    return reading(MsgType="event", Event=name, **fields)


def test_who_when_and_what_for_evidence() -> None:
    """Person and chat are the OpenID, the time is the platform's, the text as received is kept."""
    one = message("text", Content="投影坏了").incoming
    assert (one.channel, one.account, one.chat) == ("wechat", "oAbc", "oAbc")
    assert (one.external_id, one.sent_at, one.received_at) == ("24000000000000001", SENT, NOW)
    assert (one.raw, one.text) == ("raw", "投影坏了")


MEDIA: list[tuple[str, dict[str, object], Media]] = [
    ("image", {"PicUrl": "http://x", "MediaId": "m"}, Media(kind=MediaKind.PHOTO, reference="m")),
    (
        "voice",
        {"MediaId": "m", "Format": "amr"},
        Media(kind=MediaKind.VOICE, reference="m", media_type="audio/amr"),
    ),
    (
        "voice",
        {"MediaId": "m", "Format": "speex", "Recognition": "坏了", "MediaId16K": "n"},
        Media(kind=MediaKind.VOICE, reference="m", media_type="audio/speex", recognised="坏了"),
    ),
    (
        "voice",
        {"MediaId": "m", "Recognition": ""},
        Media(kind=MediaKind.VOICE, reference="m", media_type="audio/amr"),
    ),
    ("video", {"MediaId": "m", "ThumbMediaId": "t"}, Media(kind=MediaKind.VIDEO, reference="m")),
    ("shortvideo", {"MediaId": "m", "ThumbMediaId": "t"}, Media(kind=MediaKind.VIDEO, reference="m")),
    (
        "location",
        {"Location_X": "31.2", "Location_Y": "121.5", "Scale": 16, "Label": "校门"},
        Media(kind=MediaKind.LOCATION, latitude=31.2, longitude=121.5, name="校门"),
    ),
    ("file", {"Title": "log.txt"}, Media(kind=MediaKind.STICKER)),
    ("hologram", {}, Media(kind=MediaKind.STICKER)),
    ("text", {"Content": "【收到不支持的消息类型，暂无法显示】"}, Media(kind=MediaKind.STICKER)),
]


@pytest.mark.parametrize(("kind", "fields", "media"), MEDIA)
def test_media(kind: str, fields: dict[str, object], media: Media) -> None:
    """What was sent besides words; what we cannot show is still something that was sent."""
    found = message(kind, **fields)
    assert (found.incoming.media, found.incoming.text, found.act) == ((media,), "", Act.MESSAGE)


WORDS: list[tuple[str, dict[str, object], str]] = [
    ("text", {"Content": "你好"}, "你好"),
    ("text", {"Content": ""}, ""),
    ("text", {"Content": "a]]>b<c>"}, "a]]>b<c>"),
    ("text", {"Content": "看这里", "MsgDataId": "1", "Idx": "1"}, "看这里"),
    ("TEXT", {"Content": "大写"}, "大写"),
    ("link", {"Title": "通知", "Description": "", "Url": "https://x/1"}, "通知\nhttps://x/1"),
]


@pytest.mark.parametrize(("kind", "fields", "text"), WORDS)
def test_words(kind: str, fields: dict[str, object], text: str) -> None:
    """A shared page is words too."""
    found = message(kind, **fields)
    assert (found.incoming.text, found.incoming.media, found.act) == (text, (), Act.MESSAGE)


def test_a_tap_on_a_msgmenu_is_its_id_alone() -> None:
    """Its label comes as Content and is no word of the person; it earns no long window."""
    found = message("text", Content="确认提交", bizmsgmenuid="d.1")
    assert (found.incoming.tap, found.incoming.text, found.act) == ("d.1", "", Act.TAP)


EVENT_ROWS: list[tuple[str, dict[str, object], Contact, str, str, Act | None]] = [
    ("subscribe", {"EventKey": ""}, Contact.FOLLOWED, "", "", Act.FOLLOW),
    ("subscribe", {}, Contact.FOLLOWED, "", "", Act.FOLLOW),
    (
        "subscribe",
        {"EventKey": "qrscene_room302", "Ticket": "t"},
        Contact.FOLLOWED,
        "room302",
        "",
        Act.FOLLOW,
    ),
    ("subscribe", {"EventKey": "last_trade_no_77"}, Contact.FOLLOWED, "", "", Act.FOLLOW),
    ("SCAN", {"EventKey": "room302", "Ticket": "t"}, Contact.MESSAGE, "room302", "", Act.SCAN),
    ("unsubscribe", {"EventKey": ""}, Contact.LEFT, "", "", None),
    ("CLICK", {"EventKey": "report"}, Contact.MESSAGE, "", "报修", Act.CLICK),
    ("CLICK", {"EventKey": "progress"}, Contact.MESSAGE, "", "进度", Act.CLICK),
    ("CLICK", {"EventKey": "a_menu_of_last_year"}, Contact.MESSAGE, "", "帮助", Act.CLICK),
    (
        "scancode_waitmsg",
        {"EventKey": "scan", "ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": "room302"}},
        Contact.MESSAGE,
        "room302",
        "",
        Act.CLICK,
    ),
    (
        "scancode_push",
        {"EventKey": "scan", "ScanCodeInfo": {"ScanResult": "https://desk.cn/r/room302/?a=1"}},
        Contact.MESSAGE,
        "room302",
        "",
        Act.CLICK,
    ),
    ("scancode_waitmsg", {"EventKey": "scan"}, Contact.MESSAGE, "", "报修", Act.CLICK),
    ("VIEW", {"EventKey": "https://x", "MenuId": "1"}, Contact.IGNORED, "", "", None),
    ("view_miniprogram", {"EventKey": "pages/1"}, Contact.IGNORED, "", "", None),
    (
        "pic_sysphoto",
        {"EventKey": "k", "SendPicsInfo": {"Count": 1, "PicList": {"item": {"PicMd5Sum": "a"}}}},
        Contact.IGNORED,
        "",
        "",
        None,
    ),
    ("location_select", {"EventKey": "k", "SendLocationInfo": {"Label": "x"}}, Contact.IGNORED, "", "", None),
    ("TEMPLATESENDJOBFINISH", {"MsgID": "1", "Status": "success"}, Contact.RECEIPT, "", "", None),
    ("TEMPLATESENDJOBFINISH", {"MsgID": "1", "Status": "failed:user block"}, Contact.RECEIPT, "", "", None),
    (
        "subscribe_msg_sent_event",
        {"SubscribeMsgSentEvent": {"List": {"MsgID": "1"}}},
        Contact.RECEIPT,
        "",
        "",
        None,
    ),
    (
        "subscribe_msg_popup_event",
        {"SubscribeMsgPopupEvent": {"List": {"TemplateId": "t"}}},
        Contact.IGNORED,
        "",
        "",
        None,
    ),
    ("kf_create_session", {"KfAccount": "a@b"}, Contact.IGNORED, "", "", None),
    ("user_authorization_revoke", {"OpenID": "o"}, Contact.IGNORED, "", "", None),
    ("something_of_next_year", {}, Contact.IGNORED, "", "", None),
]


@pytest.mark.parametrize(("name", "fields", "contact", "scan", "text", "act"), EVENT_ROWS)
def test_events(
    name: str, fields: dict[str, object], contact: Contact, scan: str, text: str, act: Act | None
) -> None:
    """What it says of the line, what it scans or says, and which window it opens."""
    found = event(name, **fields)
    assert (found.incoming.contact, found.incoming.scan, found.incoming.text) == (contact, scan, text)
    assert (found.incoming.tap, found.act) == ("", act)


def test_every_row_of_the_tables_was_walked() -> None:
    """A new row needs a line here."""
    kinds = {kind.lower() for kind, *_ in (*MEDIA, *WORDS)}
    assert kinds >= set(MESSAGES)
    walked = {name.lower() for name, *_ in EVENT_ROWS} | {"subscribe_scan"}
    assert walked >= set(EVENTS)


def test_where_a_person_is_is_not_kept() -> None:
    """The LOCATION event comes every five seconds unasked."""
    fields: dict[str, object] = {
        "MsgType": "event",
        "Event": "LOCATION",
        "Latitude": "31",
        "Longitude": "121",
    }
    assert read(pushed(fields), "raw", NOW) is None
    assert frozenset({"location"}) == DROPPED


def test_events_of_one_second_are_told_apart() -> None:
    """Events have no MsgId: person, second, name and key make theirs, and a repetition has the same."""
    ids = [
        one.incoming.external_id
        for one in (
            event("CLICK", EventKey="report"),
            event("CLICK", EventKey="progress"),
            event("SCAN", EventKey="report"),
            event("subscribe", EventKey="qrscene_a"),
            event("subscribe", EventKey="qrscene_b"),
            event("subscribe"),
        )
    ]
    assert len(set(ids)) == len(ids)
    assert event("CLICK", EventKey="report").incoming.external_id == ids[0]
    assert ids[0].startswith(f"oAbc+{int(SENT.timestamp())}+click+")


@pytest.mark.parametrize(
    "fields",
    [
        {"MsgType": "text", "Content": "x"},
        {"MsgType": "text", "Content": "x", "MsgId": "1 2"},
        {"MsgType": "text", "Content": "x", "MsgId": "9" * 21},
        {"MsgType": "text", "Content": {"a": "b"}, "MsgId": 1},
        {"MsgType": "image", "MsgId": 1},
        {"MsgType": "voice", "MsgId": 1},
        {"MsgType": "video", "MsgId": 1},
        {"MsgType": "location", "MsgId": 1},
        {"MsgType": "location", "MsgId": 1, "Location_X": "91", "Location_Y": "0"},
        {"MsgType": "location", "MsgId": 1, "Location_X": "nan", "Location_Y": "0"},
        {"MsgType": "event", "Event": "SCAN", "EventKey": {"a": "b"}},
        {"MsgType": "event", "Event": "scancode_push", "ScanCodeInfo": {"ScanResult": {"a": "b"}}},
    ],
    ids=str,
)
def test_what_lacks_its_own_fields_is_unreadable(fields: dict[str, object]) -> None:
    """One error, which names the field and holds nothing of the content."""
    with pytest.raises(UnreadableError):
        read(pushed(fields), "raw", NOW)
