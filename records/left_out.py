"""缺项说明 of 《归档记录》: what a reader of the case file will not find in it, and why (records §8)."""

from collections import Counter
from collections.abc import Iterator, Sequence

from agreement.records import NEEDED
from agreement.words import Record
from desk.case_file import CaseFile
from desk.outcome_facts import OpinionFact
from desk.paper_facts import EditionFact
from records.conventions import moment, word
from records.telling_case import last


def left_out(case: CaseFile, newest: Sequence[EditionFact]) -> tuple[str, ...]:
    """Records that the outcome does not need, those that the customer left without an answer, cells still open."""
    return (*_not_needed(case), *_opinions(case), *_receipt(case), *_open_cells(newest))


def _not_needed(case: CaseFile) -> Iterator[str]:
    """What another outcome would have needed. One that was made all the same is in the list, so it is not missing."""
    made = {record for record, _ in case.numbers}
    absent = [one for one in Record if one not in NEEDED[case.outcome] and one not in made]
    if absent:
        records = "".join(f"《{one.value}》" for one in absent)
        yield word("left_out.not_needed", records=records, why=word(f"left_out.because_{case.outcome.value}"))


def _opinions(case: CaseFile) -> Iterator[str]:
    """Of each round that ended without the customer's own word or mark: how often they were asked again."""
    of_round = {one.round: one for one in case.opinions}  # the last word counts
    for number, opinion in of_round.items():
        if (said := _unsaid(case, opinion)) is not None:
            which = word("left_out.round", round=number) if case.round > 1 else ""
            yield word("left_out.why", record=Record.OPINION.value, round=which, why=said)


def _unsaid(case: CaseFile, opinion: OpinionFact) -> str | None:
    if opinion.answer == "solved" and opinion.mark is None:
        return word("left_out.no_mark")
    if opinion.answer != "silence":
        return None
    times = sum(one.round == opinion.round for one in case.happened("opinion_reminder"))
    return word("left_out.silent_reminded", times=times) if times else word("left_out.silent")


def _receipt(case: CaseFile) -> Iterator[str]:
    """No answer is not consent: the slip came back from nobody."""
    over, sent = last(case.happened("objection_over")), last(case.happened("decline"))
    if over is not None and sent is not None and over.id > sent.id:
        said = word("left_out.no_slip", at=moment(over.at, case.zone))
        yield word("left_out.why", record=Record.RECEIPT.value, round="", why=said)


def _open_cells(newest: Sequence[EditionFact]) -> Iterator[str]:
    """A record of which the case has several, of rounds or tries, is named by its number too."""
    times = Counter(one.record for one in newest)
    for one in newest:
        if one.left_open:
            which = one.number if times[one.record] > 1 else ""
            yield word("left_out.cells", record=one.record.value, which=which, cells="、".join(one.left_open))
