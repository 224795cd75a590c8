"""Every table of the house. Importing this package registers all of them in `Table.metadata`."""

from storage.tables.base import Table
from storage.tables.contracts import (
    Asset,
    CalendarDay,
    Contract,
    PolicyRow,
    Project,
    ProjectEngineer,
    Room,
    School,
)
from storage.tables.people import Account, Consent, Invite, Membership, Person, Shift
from storage.tables.promises import Alarm, Penalty, PromiseRow, Reminder
from storage.tables.records import (
    Acceptance,
    Archived,
    Confirmation,
    Opinion,
    Plan,
    PlanStep,
    Review,
    Visit,
    WorkOrder,
)
from storage.tables.talk import Call, DailyRun, Dialog, Heartbeat, Inbox, Job, Lane, Outbox, Secret, Talk
from storage.tables.tickets import Attachment, Counter, Event, Follower, Number, Ticket

__all__ = [
    "Acceptance", "Account", "Alarm", "Archived", "Asset", "Attachment", "CalendarDay", "Call", "Confirmation",
    "Consent", "Contract", "Counter", "DailyRun", "Dialog", "Event", "Follower", "Heartbeat", "Inbox", "Invite",
    "Job", "Lane", "Membership", "Number", "Opinion", "Outbox", "Penalty", "Person", "Plan", "PlanStep",
    "PolicyRow", "Project", "ProjectEngineer", "PromiseRow", "Reminder", "Review", "Room", "School", "Secret",
    "Shift", "Table", "Talk", "Ticket", "Visit", "WorkOrder",
]
