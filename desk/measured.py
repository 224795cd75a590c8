"""Sums in words: one line for each promise, one for satisfaction. Nothing is rounded in anybody's favour."""

from collections.abc import Sequence

from agreement.measuring import PromiseCount, Satisfaction
from texts.say import Say, say


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
