"""The account's menu: three entries, never deeper than one more; what is tapped there is a word of the house.

Keys are stable names, for phones keep an old menu for minutes. Limits (fact sheet §5): three by five, a name
of 16 bytes above and 60 below, a key of 128 bytes.
"""

from dataclasses import dataclass

from texts.say import sentences


@dataclass(frozen=True)
class Entry:
    """One thing to tap. `says` is the key of the label that the tap stands for; a scan brings a code
    instead."""

    key: str
    says: str
    kind: str = "click"
    label: str = ""  # where the menu names it otherwise than the house does

    def name(self, language: str) -> str:
        return self.label or sentences(language)[f"label.{self.says}"]


TOP = (Entry("report", "report"),)  # one tap for what most people come for
GROUPS = {
    "查询": (
        Entry("progress", "progress"),
        Entry("on_duty", "on_duty"),  # 换班 and 请假 stand under it
        Entry("ledger", "ledger", label="账本（校方代表）"),
    ),
    "更多": (
        Entry("scan", "report", kind="scancode_waitmsg", label="扫码报修"),
        Entry("human", "human"),
        Entry("help", "help"),
        Entry("sign_in", "sign_in", label="签到（工程师）"),
    ),
}
BY_KEY = {entry.key: entry for entry in (*TOP, *(one for group in GROUPS.values() for one in group))}
FALLBACK = "help"  # a key of a menu that we have taken away: show the way rather than nothing


def words_of(key: str, language: str = "zh") -> str:
    """What a tap on the menu says, as if it had been typed."""
    entry = BY_KEY.get(key, BY_KEY[FALLBACK])
    return sentences(language)[f"label.{entry.says}"]


def as_json(language: str = "zh") -> dict[str, object]:
    """The menu as `/cgi-bin/menu/create` wants it."""
    groups = [
        {"name": name, "sub_button": [_button(entry, language) for entry in group]} for name, group in GROUPS.items()
    ]
    return {"button": [*(_button(entry, language) for entry in TOP), *groups]}


def _button(entry: Entry, language: str) -> dict[str, str]:
    return {"type": entry.kind, "name": entry.name(language), "key": entry.key}
