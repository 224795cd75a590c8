"""What the platform's error codes mean for a sender, one row each. Act on the code, never on the words beside
it.

Source: fact sheet §2 "Errors for a sender" and §4. A code that stands in no row is a refusal: it is answered
by the platform, so nothing was sent, and a person must hear by another way.
"""

from dataclasses import dataclass
from enum import StrEnum

from conversations.engine.messages import Fate, Outcome, Scope


class Remedy(StrEnum):
    """What the sender can do about it at once, before it gives the outcome."""

    NONE = "none"
    RENEW_TOKEN = "renew_token"
    PLAIN_TEXT = "plain_text"  # choices as a numbered list instead of a msgmenu
    UPLOAD_AGAIN = "upload_again"


class Alarm(StrEnum):
    """Whether the operator must hear of it."""

    NO = "no"
    YES = "yes"


@dataclass(frozen=True)
class Meaning:
    """One row: what became of the message, why in our words, what to do, and the sentence for the
    operator."""

    fate: Fate
    reason: str
    says: str
    remedy: Remedy = Remedy.NONE
    alarm: Alarm = Alarm.NO
    after_seconds: float = 0.0
    scope: Scope = Scope.CHAT


def _refused(reason: str, says: str, remedy: Remedy = Remedy.NONE) -> Meaning:
    return Meaning(Fate.REFUSED, reason, says, remedy)


def _wrong(says: str, remedy: Remedy = Remedy.NONE) -> Meaning:
    return Meaning(Fate.REFUSED, "configuration", says, remedy, Alarm.YES)


def _later(reason: str, says: str, after_seconds: float, scope: Scope) -> Meaning:
    return Meaning(Fate.LATER, reason, says, after_seconds=after_seconds, scope=scope)


TOKEN = _wrong("the access token is not accepted, also after a new one was fetched", Remedy.RENEW_TOKEN)
MEDIA = _refused("too_large", "the medium has expired, or is of a wrong type or size", Remedy.UPLOAD_AGAIN)
LENGTH = _refused("too_large", "the message is empty or too long")

MEANINGS: dict[int, Meaning] = {
    -1: _later("down", "the platform is busy", 5, Scope.CHAT),
    40001: TOKEN,
    40014: TOKEN,
    42001: TOKEN,
    40164: _wrong("the address of this server is not in the account's IP 白名单"),
    40013: _wrong("YINGNUO_WECHAT_APP_ID is not the AppID of an account"),
    40125: _wrong("YINGNUO_WECHAT_APP_SECRET is not this account's AppSecret"),
    40243: _wrong("the account's AppSecret is frozen in the console"),
    40003: _refused("not_found", "the OpenID is not one of this account's followers"),
    **dict.fromkeys((40004, 40005, 40006, 40007, 40008, 40009, 40010, 40011, 40012), MEDIA),
    40033: _wrong("the request's characters were escaped: our fault"),
    40037: _wrong("the template's id is wrong"),
    47003: _wrong("a value of the template breaks its type"),
    43004: _refused("blocked", "the person does not follow the account"),
    50005: _refused("blocked", "the person does not follow the account any more"),
    43101: _refused("window", "the person gave no consent for this notice, or it is used up"),
    40200: _wrong("this type of account may not send choices", Remedy.PLAIN_TEXT),
    45098: _refused("too_large", "too many choices for one list", Remedy.PLAIN_TEXT),
    **dict.fromkeys((44002, 44003, 44004), LENGTH),
    **dict.fromkeys((45002, 45003, 45004, 45005, 45006, 45007, 45008), LENGTH),
    45009: Meaning(
        Fate.REFUSED, "quota", "the account's daily quota for this call is used up", alarm=Alarm.YES,
    ),
    45011: _later("quota", "calls come too fast", 10, Scope.BOT),
    45015: _refused("window", "the person has not written for 48 hours, or left"),
    45047: _refused("quota", "the messages of this window are used up"),
    48001: _wrong("the account may not use this interface: is it a verified service account?"),
    48004: _wrong("the platform has banned this interface for the account"),
    48008: _wrong("the account has no right to this type of message"),
    48002: _refused("blocked", "the person has switched off messages from the account"),
    50002: _wrong("the person or the account is restricted by the platform"),
    45065: Meaning(Fate.SENT, "", "the platform has this message already"),
    45066: _later("quota", "the same message came too fast again", 60, Scope.CHAT),
}


def meaning_of(code: int) -> Meaning:
    """The row of a code."""
    return MEANINGS.get(code, _wrong(f"the platform answers with {code}, which no row explains"))


def outcome_of(code: int) -> Outcome:
    """The outcome of a sending that was answered with this code, after any remedy was tried."""
    row = meaning_of(code)
    return Outcome(fate=row.fate, reason=row.reason, after_seconds=row.after_seconds, scope=row.scope,
                   detail=f"errcode {code}: {row.says}")
