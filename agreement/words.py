"""The words of the house as enums: one word for one thing in code, tables, texts and stories.

The values are stored in tables and written in stories, so they never change; the Chinese and
English words for them stand in `texts/`.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person is to the desk. A person may hold several roles."""

    TEACHER = "teacher"
    REPRESENTATIVE = "representative"
    ENGINEER = "engineer"
    DESK = "desk"
    LEAD = "lead"
    ARCHIVIST = "archivist"
    MANAGER = "manager"


SCHOOL_ROLES = frozenset({Role.TEACHER, Role.REPRESENTATIVE})
VENDOR_ROLES = frozenset(Role) - SCHOOL_ROLES


class Kind(StrEnum):
    """What kind of request a ticket is (agreement §3)."""

    FAULT = "fault"
    CONSULTATION = "consultation"
    USABILITY = "usability"
    PERFORMANCE = "performance"
    IN_SCOPE = "in_scope"
    CUSTOMISED = "customised"


class MaintenanceType(StrEnum):
    """The three types of maintenance (agreement §1)."""

    CORRECTIVE = "corrective"
    ADAPTIVE = "adaptive"
    PERFECTIVE = "perfective"


class State(StrEnum):
    """Where a ticket stands; entered by what `lifecycle.py` says."""

    REGISTERED = "registered"
    ACKNOWLEDGED = "acknowledged"
    PROPOSED = "proposed"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    ARCHIVED = "archived"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    MERGED = "merged"


class Promise(StrEnum):
    """The clocks of agreement §3, by their names in stories and tables."""

    FAULT_RESPONSE = "fault-response"
    FAULT_RESOLUTION = "fault-resolution"
    PLAN_STEP = "plan-step"
    URGENT_DISPATCH = "urgent-dispatch"
    URGENT_CONTINGENCY = "urgent-contingency"
    URGENT_FIX_PLAN = "urgent-fix-plan"
    USABILITY = "usability"
    PERFORMANCE = "performance"
    IN_SCOPE = "in-scope"
    CUSTOM_UNDERSTAND = "custom-understand"
    CUSTOM_REPLY = "custom-reply"
    CUSTOM_START = "custom-start"
    CONSULTATION_ANSWER = "consultation-answer"


class PromiseState(StrEnum):
    """Where a promise stands; a broken one stays broken, also when it is fulfilled late."""

    RUNNING = "running"
    PAUSED = "paused"
    KEPT = "kept"
    BROKEN = "broken"
    WITHDRAWN = "withdrawn"


class PenaltyState(StrEnum):
    """Where an entry of the ledger stands (agreement §3, Money)."""

    CLAIMABLE = "claimable"
    CLAIMED = "claimed"
    AGREED = "agreed"
    DISPUTED = "disputed"
    DEDUCTED = "deducted"
    LET_GO = "let_go"
    EXHAUSTED = "exhausted"
    VOID = "void"  # unclaimed, and news proved that the promise was kept in time


class Cause(StrEnum):
    """Why an urgent request is urgent (agreement §3)."""

    POLICY = "policy"
    DEFECT = "defect"
    BUSINESS = "business"
    UNSTATED = "unstated"


class Harm(StrEnum):
    """What an urgent request does if left alone (agreement §3)."""

    INTERRUPTION = "interruption"
    LOSS = "loss"
    UNSTATED = "unstated"


class Record(StrEnum):
    """The seven records of agreement §2; the values are the customer's own words."""

    REGISTER = "客户咨询/反馈登记表"
    REVIEW = "用户问题反馈及落实情况表"
    RECEIPT = "客户回执"
    WORK_ORDER = "维护任务单"
    OPINION = "用户意见反馈表"
    ACCEPTANCE = "维护验收表"
    ARCHIVE = "归档记录"


class Occasion(StrEnum):
    """On what occasion the vendor asks by itself whether all is well (agreement §3, Keeping in touch)."""

    AFTER_CLOSING = "after_closing"
    QUARTER = "quarter"


class FollowUpAnswer(StrEnum):
    """What a follow-up came to: said by the person, or found by the clock."""

    WELL = "well"  # 一切正常
    WRONG = "wrong"  # 有问题
    CALL = "call"  # 请来电
    OTHER = "other"  # on the phone: neither, in words
    SILENCE = "silence"
    UNDISTURBED = "undisturbed"  # the person wishes no courtesies
    UNREACHED = "unreached"  # called, and never reached


class FollowUpWay(StrEnum):
    """How a follow-up was answered."""

    ONLINE = "online"  # 在线回访
    PHONE = "phone"  # 电话回访


class CallReason(StrEnum):
    """Why a human must call; what a platform refused a message for may stand there as well."""

    ASKED = "asked"  # 请来电
    NO_ANSWER = "no_answer"
    NO_WORDS = "no_words"  # 有问题 was tapped, and nothing said
    EVERY_NTH = "every_nth"  # the policy wants a voice
    LOW_MARK = "low_mark"
    NO_LINE = "no_line"


class CallOutcome(StrEnum):
    """What a call came to."""

    WELL = "well"
    WRONG = "wrong"
    OTHER = "other"
    ANSWERED = "answered"  # what the engineer had asked
    SOLVED = "solved"  # the customer's opinion of the work, given by phone
    NOT_SOLVED = "not_solved"
    UNREACHED = "unreached"
    WITHDRAWN = "withdrawn"  # the person answered in chat meanwhile


class Act(StrEnum):
    """Everything a person can do to a ticket; `lifecycle.py` and `desk/access.py` each have its row."""

    REPORT = "report"
    REGISTER = "register"
    ADD = "add"
    NUDGE = "nudge"
    URGENT = "urgent"
    NOT_URGENT = "not_urgent"
    STATE_URGENCY = "state_urgency"  # cause and harm, given after the word
    WITHDRAW = "withdraw"
    ACKNOWLEDGE = "acknowledge"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    DEPART = "depart"
    ARRIVE = "arrive"
    CONTINGENCY = "contingency"
    FIX_PLAN = "fix_plan"
    TEST = "test"
    FINDING = "finding"
    ASK = "ask"
    ANSWER = "answer"
    NOTE = "note"
    PROPOSE = "propose"
    AGREE = "agree"
    DISCUSS = "discuss"
    START = "start"
    DONE = "done"
    DECLINE = "decline"
    CONFIRM_REQUEST = "confirm_request"
    DISCUSS_REQUEST = "discuss_request"
    REVISE_REQUEST = "revise_request"
    OBJECT = "object"
    NO_OBJECTION = "no_objection"
    MERGE = "merge"
    RESORT = "resort"
    RESORT_URGENCY = "resort_urgency"
    SETTLE_SCHOOL = "settle_school"
    ACCEPT = "accept"
    REJECT = "reject"
    SOLVED = "solved"
    NOT_SOLVED = "not_solved"
    RATE = "rate"
    CLOSE = "close"
    ARCHIVE = "archive"
    AWARE = "aware"  # 已知悉: the manager knows, and is not called daily any more


class Relation(StrEnum):
    """What a person is to one ticket; derived from roles, memberships and the ticket's own rows."""

    REPORTER = "reporter"
    FOLLOWER = "follower"  # the reporter of one that was merged into it: the same matter is theirs too
    COLLEAGUE = "colleague"  # a teacher of the ticket's school who follows it
    REPRESENTATIVE = "representative"
    ASSIGNEE = "assignee"
    ENGINEER = "engineer"  # any engineer of the ticket's project
    DESK = "desk"
    LEAD = "lead"
    ARCHIVIST = "archivist"
    MANAGER = "manager"
    SYSTEM = "system"  # the clock, by policy
