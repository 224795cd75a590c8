"""What each event of the log means for the promises of its ticket."""

from datetime import datetime

from tests.year.oracle import promised
from tests.year.oracle.case import BY_ENGINEERS, WORK, Case, Event

EVERYTHING = list(promised.KEPT_BY)


def happen(cases: dict[int, Case], case: Case, event: Event) -> None:
    """Tell the ticket's clocks of this event."""
    if event.name in WORK and event.by in BY_ENGINEERS:
        _work(case, event)
    meaning = MEANINGS.get(event.name)
    if meaning is not None:
        meaning(case, event)
    if event.name == "merged_from":
        _merged_from(case, event, cases[event.data["from"]])


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(str(value)) if value else None


def _work(case: Case, event: Event) -> None:
    # > Any other act of an engineer on an unacknowledged ticket acknowledges it too; a desk's, lead's or bot's
    # never does.
    _acknowledged(case, event)
    # > 开工: implied by the engineer's first act after 同意方案.
    if case.work_agreed:
        case.keep(event, "started")
        case.work_agreed = False


def _acknowledged(case: Case, event: Event) -> None:
    # > A person's acknowledgement (a bot's receipt never counts).
    if case.acknowledged_at is None:
        case.acknowledged_at = event.at
        case.keep(event, "acknowledged")


def _report(case: Case, event: Event) -> None:
    # > The report is the message that first states the matter. … A phone or paper request: the clock starts when
    # it was received.
    reported_at = _moment(event.data["reported_at"])
    assert reported_at is not None
    case.kind, case.matter_at = event.data["kind"], reported_at
    _under_contract(case, event)
    for promise in promised.OF_KIND[case.kind]:
        case.begin(promise, event, reported_at)
    # > Urgency counts from the message that first stated it. … An urgent fault runs its fault clocks as well.
    _urgent_since(case, event, _moment(event.data["urgent_at"]))


def _urgent_since(case: Case, event: Event, since: datetime | None) -> None:
    if since is not None:
        case.urgent_at = since
        for promise in promised.URGENT:
            case.begin(promise, event, since)


def _settle_school(case: Case, event: Event) -> None:
    # A due time is not moved "by the vendor alone": the clocks that run keep their terms.
    _under_contract(case, event)


def _under_contract(case: Case, event: Event) -> None:
    case.contract, case.policy = event.data["contract"], event.data["policy"]


def _urgent(case: Case, event: Event) -> None:
    # > The customer's word makes it so at once.
    _urgent_since(case, event, _moment(event.data["since"]))


def _not_urgent(case: Case, event: Event) -> None:
    # > Only the customer takes it back.
    case.urgent_at = None
    case.everywhere(event, "withdraw", promised.URGENT)


def _answered_at_once(case: Case, event: Event) -> None:
    # > 已当场答复 is the acknowledgement as of the time received. It is a person's answer too.
    _acknowledged(case, event)
    case.keep(event, "answer")


def _sent(case: Case, event: Event) -> None:
    # > 出发 keeps urgent-dispatch; 到场 counts as 出发 if that is missing.
    case.keep(event, "sent")


def _answer(case: Case, event: Event) -> None:
    case.keep(event, "answer")


def _start(case: Case, event: Event) -> None:
    case.keep(event, "started")


def _contingency(case: Case, event: Event) -> None:
    case.keep(event, "contingency plan")


def _fix_plan(case: Case, event: Event) -> None:
    case.keep(event, "fix plan")


def _finding(case: Case, event: Event) -> None:
    # > performance starts: the request, where review finds that the software causes it. … The month counts from
    # the request.
    if event.data["is_software"]:
        case.begin("performance", event, case.matter_at)


def _propose(case: Case, event: Event) -> None:
    # > A detailed solution with a schedule handed to the customer for confirmation.
    case.plans[event.data["version"]] = [datetime.fromisoformat(due) for _, due in event.data["steps"]]
    case.keep(event, "plan")


def _agree(case: Case, event: Event) -> None:
    version = event.data["version"]
    steps = case.plans[version]
    case.everywhere(event, "confirm", EVERYTHING)
    case.everywhere(event, "move", promised.MOVED_BY_A_SCHEDULE, due=max(steps))
    # A newer schedule that the customer confirmed takes the place of what is open of the older one.
    case.everywhere(event, "supersede", ["plan-step"])
    # > plan-step: the customer confirms the schedule; that step done; its own date.
    for number, due in enumerate(steps, start=1):
        case.begin("plan-step", event, event.at, step=("plan-step", case.round, version, number), due=due)
    case.agreed = version
    # > custom-start: agreement reached (同意方案); work started (开工); 1 week.
    case.work_agreed = True
    if case.kind == "customised":
        case.begin("custom-start", event, event.at)


def _step_done(case: Case, event: Event) -> None:
    case.keep(event, "step", step=("plan-step", case.round, case.agreed, event.data["step"]))


def _done(case: Case, event: Event) -> None:
    # > 完成: resolved by the last step. … 'Done' means resolved.
    case.keep(event, "resolved")


def _decline(case: Case, event: Event) -> None:
    # > The receipt keeps whatever asks for done.
    case.keep(event, "receipt")


def _undo(case: Case, event: Event) -> None:
    case.everywhere(event, "undo", EVERYTHING, causes=frozenset(promised.UNDONE_BY[event.name]))


def _not_solved(case: Case, event: Event) -> None:
    # > What keeps a promise counts at the platform's time: a word of before 已办结 is of the same round.
    if case.closed_at is None or event.at < case.closed_at:
        case.closed_at = None
        _undo(case, event)
        return
    # > After 已办结, a reopening is a new round: new promises from that message. … 接单 shown again until a person
    # acknowledges the round; urgency ended with 已办结.
    case.closed_at = None
    case.round += 1
    case.matter_at, case.acknowledged_at, case.urgent_at = event.at, None, None
    case.agreed, case.work_agreed, case.heard = 0, False, []
    for promise in promised.OF_KIND[case.kind]:
        case.begin(promise, event, event.at)


def _close(case: Case, event: Event) -> None:
    case.closed_at = event.at


def _resort(case: Case, event: Event) -> None:
    # > A re-sorting that the customer agreed to: the old kind's are withdrawn, the new kind's count from the
    # message of consent, or from the report where the desk had sorted it against the customer's words.
    old, case.kind = case.kind, event.data["kind"]
    case.everywhere(event, "withdraw", promised.BELONGS_TO[old])
    for promise in promised.OF_KIND[case.kind]:
        case.begin(promise, event, _moment(event.data.get("since")) or event.at)
    # A plan that is agreed already is an agreement reached; as a customised change it counts from the consent.
    if case.kind == "customised" and case.agreed:
        case.work_agreed = True
        case.begin("custom-start", event, event.at)


def _over(case: Case, event: Event) -> None:
    # > Withdrawn: was running or kept when its ticket was cancelled, merged ...; what is broken stays broken.
    if event.name == "merge":
        case.pass_on(event)
    case.everywhere(event, "withdraw", EVERYTHING)


def _merged_from(case: Case, event: Event, other: Case) -> None:
    # > That one's promises count from the earlier report, urgency passes on with its own start (no clock is lost
    # by merging).
    if other.matter_at < case.matter_at:
        for key in case.of_round(promised.KEPT_BY):
            if key in case.from_matter:
                case.tell(key, event, "recount", start=other.matter_at, history=other.passed_on.get(key[0], ()))
        case.matter_at = other.matter_at
    if other.urgent_at is not None:
        _pass_on_urgency(case, event, other.urgent_at, other)
    # > No clock is lost by merging: also one that the ticket which goes on, of another kind, has not; nor is one later
    # than it was, where the other's own counts from a consent.
    has = {key[0]: key for key in case.of_round(promised.KEPT_BY) if not case.clocks[key].is_withdrawn(event.at)}
    for promise, start in other.whole.items():
        if promise in promised.URGENT:
            continue
        if promise not in has:
            _goes_on(case, event, promise, start, other)
        else:
            case.tell(has[promise], event, "recount", start=start, history=other.passed_on.get(promise, ()))
    # > ... whoever answered the one report answered the matter.
    for promise, key in has.items():
        case.tell(key, event, "inherit", history=other.passed_on.get(promise, ()))


def _goes_on(case: Case, event: Event, promise: str, start: datetime, other: Case) -> None:
    case.begin(promise, event, start)
    begun = case.clocks[promise, case.round, 0, 0].happenings[-1]
    begun.history = [*begun.history, *other.passed_on.get(promise, ())]


def _pass_on_urgency(case: Case, event: Event, since: datetime, other: Case) -> None:
    if case.urgent_at is None:
        broken = {key for key in case.of_round(promised.URGENT) if case.clocks[key].is_broken(event.at)}
        case.urgent_at = since
        for promise in promised.URGENT:
            if (promise, case.round, 0, 0) not in broken:
                _goes_on(case, event, promise, since, other)
    elif since < case.urgent_at:
        case.urgent_at = since
        for key in case.of_round(promised.URGENT):
            case.tell(key, event, "recount", start=since, history=other.passed_on.get(key[0], ()))


MEANINGS = {
    "report": _report,
    "settle_school": _settle_school,
    "urgent": _urgent,
    "not_urgent": _not_urgent,
    "acknowledge": _acknowledged,
    "answered_at_once": _answered_at_once,
    "depart": _sent,
    "arrive": _sent,
    "answer": _answer,
    "start": _start,
    "contingency": _contingency,
    "fix_plan": _fix_plan,
    "finding": _finding,
    "propose": _propose,
    "agree": _agree,
    "step_done": _step_done,
    "done": _done,
    "decline": _decline,
    "object": _undo,
    "discuss": _undo,
    "reject": _undo,
    "not_solved": _not_solved,
    "close": _close,
    "resort": _resort,
    "withdraw": _over,
    "merge": _over,
}
