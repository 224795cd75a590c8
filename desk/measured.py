"""Sums in words, a line for each: promises, satisfaction, hotline, visits. Nothing is rounded in anybody's favour."""

from collections.abc import Sequence

from agreement.measuring import PromiseCount, Satisfaction, Share
from desk.measuring import Visited
from desk.satisfaction import Liked
from texts.say import Say, say

MOST_LIKED = 3  # lines for engineers, and as many for projects: a report is read on a phone
MOST_NAMES = 5


def sums_said(counts: Sequence[PromiseCount]) -> list[Say]:
    """The agreement's promises, then the house's own targets under a heading of their own."""
    lines: list[Say] = []
    for heading, of in (("digest.promises", True), ("digest.targets", False)):
        rows = [one for one in counts if one.is_agreements is of]
        if rows:
            lines += [say(heading), *(_line(one) for one in rows)]
    return lines


def _line(one: PromiseCount) -> Say:
    key = "digest.promise_broken" if one.broken else "digest.promise_kept"
    return say(key, promise=say(f"promise.{one.promise.value}"), kept=one.kept, broken=one.broken)


def satisfaction_said(marks: Satisfaction) -> Say:
    """Index, base and response together; silence counted apart."""
    if not marks.response.whole:
        return say("digest.nobody_asked")
    if marks.index is None:
        return say("digest.no_marks", asked=marks.response.whole, silent=marks.silent)
    return say(
        "digest.satisfaction",
        index=str(marks.index),
        base=marks.base,
        asked=marks.response.whole,
        percent=marks.response.percent,
        silent=marks.silent,
    )


def liked_said(heading: str, rows: Sequence[Liked]) -> list[Say]:
    """The first few of them under their heading, and how many more there are."""
    if not rows:
        return []
    more = [say("digest.more_rows", count=len(rows) - MOST_LIKED)] if len(rows) > MOST_LIKED else []
    return [say(heading), *(_liked(one) for one in rows[:MOST_LIKED]), *more]


def _liked(one: Liked) -> Say:
    asked, silent = one.marks.response.whole, one.marks.silent
    if one.marks.index is None:
        return say("digest.unmarked", name=one.name, asked=asked, percent=one.marks.response.percent, silent=silent)
    return say(
        "digest.liked",
        name=one.name,
        index=str(one.marks.index),
        base=one.marks.base,
        asked=asked,
        percent=one.marks.response.percent,
        silent=silent,
    )


def hotline_said(answered: Share) -> Say:
    """Of how many calls how many were answered; where nobody called there is no share."""
    if not answered.whole:
        return say("digest.no_calls")
    return say("digest.hotline", part=answered.part, whole=answered.whole, percent=answered.percent)


def visited_said(quarter: int, visited: Visited) -> list[Say]:
    """Schools where somebody was in that quarter, and a few of the names of those where nobody was."""
    share, missing = visited.share, visited.missing
    if not share.whole:
        return []
    more = say("digest.more_schools", count=len(missing) - MOST_NAMES) if len(missing) > MOST_NAMES else ""
    unvisited = say("digest.unvisited", names=missing[:MOST_NAMES], more=more) if missing else ""
    return [
        say("digest.schools_visited", quarter=quarter, part=share.part, whole=share.whole, unvisited=unvisited)
    ]
