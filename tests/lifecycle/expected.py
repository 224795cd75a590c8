"""What the documents of the house allow: which act, by whom, from which case, leads where.

Written from the vocabulary, the agreement and the acts, not from `agreement/lifecycle.py`: a test that copies the
rule cannot fail. `=` is the state it was in. Whoever and wherever is not named is refused.
"""

from collections.abc import Mapping

PEOPLE = (
    "reporter", "follower", "colleague", "representative", "stranger", "other_representative", "assignee", "engineer",
    "lead", "desk", "archivist", "manager",
)  # fmt: skip
# The cases: each a ticket brought into its state by real acts (cases.py), with the state it is in.
CASES: Mapping[str, str] = {
    "registered": "registered",
    "answered": "acknowledged",  # by the desk on the phone: no assignee
    "acknowledged": "acknowledged",
    "urgent": "acknowledged",
    "slow": "acknowledged",  # a matter of performance
    "wish": "acknowledged",  # a customised change
    "wish_tested": "acknowledged",
    "wish_discussed": "acknowledged",
    "urgent_done": "resolved",  # put right within the hour, nobody was sent
    "urgent_closed": "closed",
    "urgent_reopened": "in_progress",  # a second round that is not urgent
    "proposed": "proposed",
    "replanned": "proposed",  # a newer plan waits beside the one that was agreed
    "agreed": "in_progress",
    "begun": "in_progress",
    "reopened": "in_progress",  # a second round that nobody has acknowledged
    "done": "resolved",
    "done_deep": "resolved",
    "solved": "resolved",
    "accepted": "accepted",
    "accepted_solved": "accepted",
    "closed": "closed",
    "archived": "archived",
    "declined": "declined",
    "not_objected": "declined",
    "cancelled": "cancelled",
    "merged": "merged",
}
PLANNED = "proposed replanned"
FRESH = "registered answered"  # nobody has it: whoever begins the work takes it
CALM = "acknowledged slow wish wish_tested wish_discussed"
BEFORE_PLAN = f"{CALM} urgent"
WORK = "agreed begun reopened urgent_reopened"
UNRESOLVED = f"{FRESH} {BEFORE_PLAN} {PLANNED} {WORK}"
RESOLVED = "done done_deep solved urgent_done"
OPEN = f"{UNRESOLVED} {RESOLVED} accepted accepted_solved"
ENGINEERS = "assignee engineer"
# Any act of an engineer on an unacknowledged ticket acknowledges it too; a desk's never does.
RESORTING = (
    (ENGINEERS, "registered", "acknowledged"),
    (ENGINEERS, f"answered {BEFORE_PLAN} {PLANNED} {WORK}", "="),
    ("desk", UNRESOLVED, "="),
)

# act → rows of (people, cases, state it leads to)
EXPECTED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    # What is said of a merged report is said of the one that goes on.
    "add": (("reporter follower representative", f"{OPEN} merged", "="),),
    "nudge": (("reporter follower", f"{UNRESOLVED} {RESOLVED} merged", "="),),
    "urgent": (("reporter follower representative", f"{FRESH} {CALM} {PLANNED} {WORK} merged", "="),),
    "not_urgent": (("reporter representative", "urgent", "="),),
    "state_urgency": (("reporter follower representative", "urgent urgent_done", "="),),
    "withdraw": (("reporter", f"{FRESH} {BEFORE_PLAN} proposed", "cancelled"),),
    "acknowledge": ((ENGINEERS, FRESH, "acknowledged"), (ENGINEERS, "reopened urgent_reopened", "in_progress")),
    "hand_over": ((ENGINEERS, FRESH, "acknowledged"), ("assignee", f"{BEFORE_PLAN} {PLANNED} {WORK} {RESOLVED}", "=")),
    "assign": (("lead desk", f"{UNRESOLVED} {RESOLVED}", "="),),
    # An urgent fault that is done at a distance still owes a technician.
    "depart": (
        (ENGINEERS, FRESH, "acknowledged"),
        ("assignee", f"{BEFORE_PLAN} {PLANNED} {WORK} urgent_done urgent_closed", "="),
    ),
    "arrive": (
        (ENGINEERS, FRESH, "acknowledged"),
        ("assignee", f"{BEFORE_PLAN} {PLANNED} {WORK} urgent_done urgent_closed", "="),
    ),
    "ask": ((ENGINEERS, FRESH, "acknowledged"), ("assignee", f"{BEFORE_PLAN} {PLANNED} {WORK}", "=")),
    "answer": (
        (ENGINEERS, FRESH, "acknowledged"),
        ("assignee", f"{BEFORE_PLAN} {PLANNED} {WORK} {RESOLVED} accepted accepted_solved", "="),
    ),
    "note": (
        (ENGINEERS, FRESH, "acknowledged"),
        (f"{ENGINEERS} lead desk", f"{OPEN} declined not_objected closed urgent_closed", "="),
    ),
    "propose": (
        (ENGINEERS, FRESH, "proposed"),
        ("assignee", f"{BEFORE_PLAN} {PLANNED} {WORK}", "proposed"),
    ),
    "agree": (("representative", PLANNED, "in_progress"),),
    "discuss": (("representative", "proposed", "acknowledged"), ("representative", "replanned", "in_progress")),
    "start": ((ENGINEERS, FRESH, "in_progress"), ("assignee", f"{BEFORE_PLAN} {WORK}", "in_progress")),
    # No clause ends with 已办结 what is owed: a later round that is not urgent may hand it over.
    "contingency": (("assignee", "urgent urgent_done urgent_closed urgent_reopened", "="),),
    "fix_plan": (("assignee", "urgent urgent_done urgent_closed urgent_reopened", "="),),
    "test": (("assignee", "wish wish_tested wish_discussed", "="),),
    "finding": (("assignee", "slow", "="),),
    "done": (
        (ENGINEERS, FRESH, "resolved"),
        ("assignee", f"acknowledged urgent slow wish_tested replanned {WORK}", "resolved"),
    ),
    "decline": ((ENGINEERS, FRESH, "declined"), ("assignee", BEFORE_PLAN, "declined")),
    # nobody has confirmed the reporter's customised request yet
    "confirm_request": (("representative", "wish wish_tested wish_discussed", "="),),
    "discuss_request": (("representative", "wish wish_tested", "="),),
    "revise_request": (("reporter representative", "wish_discussed", "="),),
    "object": (("reporter follower representative", "declined", "acknowledged"),),
    "no_objection": (("reporter representative", "declined", "="),),
    # What the school agreed to is merged into, never away.
    "merge": ((f"{ENGINEERS} desk", UNRESOLVED.replace(" agreed ", " ").replace(" replanned ", " "), "merged"),),
    "resort": RESORTING,
    "resort_urgency": RESORTING,
    "settle_school": (),  # every one of these tickets has a school
    "accept": (("lead", "done_deep", "accepted"),),
    "reject": (("lead", "done_deep", "in_progress"),),
    "solved": (("reporter follower", f"{RESOLVED} accepted accepted_solved", "="),),
    "rate": (("reporter follower", f"{RESOLVED} accepted accepted_solved closed urgent_closed", "="),),
    "not_solved": (("reporter follower", f"{RESOLVED} accepted accepted_solved closed urgent_closed", "in_progress"),),
    "close": (("desk", "solved accepted_solved", "closed"),),
    "aware": (("manager", OPEN, "="),),
    "archive": (("archivist", "closed urgent_closed not_objected", "archived"),),
}


def leads_to(act: str, person: str, case: str) -> str | None:
    """The state after it, or None where it must be refused."""
    for people, cases, to in EXPECTED[act]:
        if person in people.split() and case in cases.split():
            return CASES[case] if to == "=" else to
    return None
