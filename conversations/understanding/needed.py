"""What a text must hold for a pattern to be found in it: whoever lacks a character of it need not be searched.

Only the patterns of `words.toml` are read: what is not known here (a range, \\d, a group that looks around) needs
nothing, and a pattern that needs nothing is searched in every text.
"""

import re
from collections.abc import Iterator
from typing import Final

Needs = tuple[frozenset[str], ...]  # of each of these sets the text holds at least one character
_Tokens = list[tuple[str, str]]  # what each is and how it is written, the next one last

_TOKEN: Final = re.compile(
    r"(?P<looks>\(\?<?[=!])"
    r"|(?P<group>\((?:\?:|\?P<\w+>)?(?![?]))"
    r"|(?P<end>\))"
    r"|(?P<either>\|)"
    r"|(?P<often>(?:[*+?]|\{\d*,?\d*\})\??)"
    r"|(?P<one_of>\[[^\]^\\-][^\]\\-]*\])"
    r"|(?P<unknown>\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?P=\w+\)|\\.|[.^$])"
    r"|(?P<itself>[^(])",
    re.DOTALL,
)
_MAY_BE_MISSING: Final = re.compile(r"[*?]|\{0?,|\{0\}")
_NOTHING: Final[Needs] = ()


def needs_of(pattern: str) -> Needs:
    """The sets of characters of which a text must hold one each, the smallest set first."""
    tokens = list(_tokens(pattern))[::-1]
    found = _alternatives(tokens)
    if tokens:
        raise ValueError(f"a bracket too many in {pattern}")
    return tuple(sorted(dict.fromkeys(found), key=len))


def alternatives_of(pattern: str) -> tuple[str, ...]:
    """The patterns of which it is found where any is: each needs more than all of them have in common."""
    found, depth = [""], 0
    for kind, written in _tokens(pattern):
        depth += (kind in {"group", "looks"}) - (kind == "end")
        if kind == "either" and not depth:
            found.append("")
        else:
            found[-1] += written
    return tuple(found)


def _tokens(pattern: str) -> Iterator[tuple[str, str]]:
    at = 0
    while at < len(pattern):
        match = _TOKEN.match(pattern, at)
        if match is None:
            raise ValueError(f"not understood in {pattern}: {pattern[at:]}")
        yield str(match.lastgroup), match.group()
        at = match.end()


def _alternatives(tokens: _Tokens) -> Needs:
    """Up to the end of the group. One of several alternatives is there: of each the smallest set, together."""
    branches = [_sequence(tokens)]
    while tokens and tokens[-1][0] == "either":
        tokens.pop()
        branches.append(_sequence(tokens))
    if len(branches) == 1:
        return branches[0]
    if not all(branches):
        return _NOTHING
    return (frozenset[str]().union(*(min(branch, key=len) for branch in branches)),)


def _sequence(tokens: _Tokens) -> Needs:
    found: list[frozenset[str]] = []
    while tokens and tokens[-1][0] not in {"either", "end"}:
        needs = _one(*tokens.pop(), tokens)
        if tokens and tokens[-1][0] == "often" and _MAY_BE_MISSING.match(tokens.pop()[1]):
            continue
        found.extend(needs)
    return tuple(found)


def _one(kind: str, written: str, tokens: _Tokens) -> Needs:
    if kind in {"group", "looks"}:
        inside = _alternatives(tokens)
        if not tokens:
            raise ValueError("a bracket is not closed")
        tokens.pop()
        return inside if kind == "group" else _NOTHING
    if kind == "unknown":
        return _NOTHING
    return (frozenset(written.strip("[]") if kind == "one_of" else written),)
