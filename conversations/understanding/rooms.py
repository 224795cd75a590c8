"""Which of the school's rooms a sentence means: by name, alias, or number in any spelling."""

import re
from dataclasses import dataclass
from functools import lru_cache

from conversations.understanding.folding import Folded, fold, plain
from conversations.understanding.matching import NOWHERE, Found, Span, best, clear, outside, spots
from conversations.understanding.shapes import Named

_TAIL = "教室|办公室|实验室|室|房间|号房|房|号|班"
_OWN_NUMBER = re.compile(rf"(?P<block>.*?)(?P<letter>(?:(?<![a-z])[a-z])?)-?(?P<number>\d{{3,4}})(?:{_TAIL})?")
_SAID_NUMBER = re.compile(
    rf"(?<![\d.:/¥$#=])(?:(?<!\d)-)?(?:(?P<block>\d{{1,2}})(?:号楼|-))?(?:\d{{1,2}}楼-?)?(?P<letter>(?:(?<![a-z])[a-z])?)-?"
    rf"(?P<number>\d{{3,4}})(?P<tail>{_TAIL})?(?!\d|[.:%/]\d|-\d{{3}})"
)
# What makes a number a count, a time, an amount, a code, not a room.
_NO_ROOM_BEFORE = re.compile(
    r"(?:错误码?|报错码?|代码|状态码?|编码|编号|工号|学号|账号|帐号|电话|短号|分机|手机|版本|型号|单号|工单|端口|密码|价格|共|约|大概|差不多|近|"
    r"error|code|http|ext|version|line|port|ticket|status|order|no|id|ip|v|第)$"
)
_NO_ROOM_AFTER = re.compile(
    r"\s?(?:个|人|名|位|元|块|分|条|张|份|次|天|年|月|日|点|秒|页|错误|报错|多|道|题|米|届|本|套|周|度|家|字|款|步|行|寸|伏|瓦|台|"
    r"%|兆|(?:error|w|kb|mb|gb|g|ms|m|s|students?|users?|teachers?|people|pages?|dpi|am|pm|times|rows?|errors?)(?![a-z]))"
)
_BUILDING = ("building", "bldg", "block", "buildingno", "buildingnumber")


@dataclass(frozen=True)
class _Room:
    named: Named
    forms: tuple[str, ...]
    blocks: tuple[tuple[str, str, str], ...]  # (building, letter, number) of every name that is a number


@lru_cache(maxsize=256)
def _prepared(rooms: tuple[Named, ...]) -> tuple[_Room, ...]:
    return tuple(_prepare(room) for room in rooms)


def _prepare(room: Named) -> _Room:
    forms = tuple(dict.fromkeys(fold(plain(name)).text for name in (room.name, *room.aliases) if name.strip()))
    numbers = [match for form in forms if (match := _OWN_NUMBER.fullmatch(form))]
    buildings = tuple(f"{word}{m[1]}" for form in forms if (m := re.fullmatch(r"(\d{1,2})号楼", form)) for word in _BUILDING)
    after = tuple(f"{m[2]}{m[1]}" for form in forms if (m := re.fullmatch(r"(\D{2,}[^\d楼])(\d{1,2})", form)))
    turned = tuple(f"{form[len(m.group()) :]}{m.group()}" for form in forms if (m := re.match(r"\d{1,2}(?=\D{2,}$)", form)))
    return _Room(
        room,
        forms + buildings + after + tuple(form for form in turned if "楼" not in form),
        tuple((m["block"].removesuffix("号楼").removesuffix("-"), m["letter"], m["number"]) for m in numbers),
    )


def find_room(said: Folded, text: str, rooms: tuple[Named, ...], *, taken: Span = NOWHERE) -> Found | None:
    """The room that the sentence means, or None; `text` is the plain text that `said` was folded from.

    A room whose name stands inside `taken`, the longer name of a system, is not meant.
    """
    found: list[Found] = []
    for room in _prepared(rooms):
        for form in room.forms:
            found.extend(Found(room.named, *spot, weight=_weight(form)) for spot in spots(form, said, text))
    found.extend(_numbered(said, text, _prepared(rooms)))
    return best(clear(outside(found, taken), text))


def _weight(form: str) -> int:
    """A room is more to the point than the building it stands in."""
    return 1 if form.endswith(("楼", "校区", "馆", "building")) else 2


def _numbered(said: Folded, text: str, rooms: tuple[_Room, ...]) -> list[Found]:
    found: list[Found] = []
    for match in _SAID_NUMBER.finditer(said.text):
        before, end = said.text[: match.start()], said.ends[match.end() - 1]
        if not match["tail"] and (_NO_ROOM_BEFORE.search(before) or _NO_ROOM_AFTER.match(text, end)):
            continue
        meant = _meant(match, before, rooms)
        if meant:
            found.append(Found(meant, said.starts[match.start()], end, weight=3))
    return found


def _meant(match: re.Match[str], before: str, rooms: tuple[_Room, ...]) -> Named | None:
    """The one room of that number; with several, the one whose building is said, else the one without."""
    fits: dict[Named, bool] = {}
    for room in rooms:
        for block, letter, number in room.blocks:
            if number != match["number"] or letter != match["letter"]:
                continue
            said_block = match["block"] or ""
            is_said = bool(block) and (block == said_block or before.endswith((block, f"{block}-")))
            if block and said_block and not is_said:
                continue
            fits[room.named] = fits.get(room.named, False) or is_said
    exact = [room for room, is_said in fits.items() if is_said]
    bare = [r.named for r in rooms if r.named in fits and any(b == "" and n == match["number"] for b, _, n in r.blocks)]
    for choice in (exact, bare, list(fits)):
        if len(choice) == 1:
            return choice[0]
    return None
