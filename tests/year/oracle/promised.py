"""The table of promises (§3) as the oracle reads it: term, what starts each, what keeps it, what undoes that."""

# | promise | term |
TERMS = {
    "fault-response": "10 minutes",
    "fault-resolution": "2 hours",
    "urgent-dispatch": "1 hour",
    "urgent-contingency": "1 working day",
    "urgent-fix-plan": "3 working days",
    "usability": "1 week",
    "performance": "1 month",
    "in-scope": "1 week",
    "custom-understand": "2 working days",
    "custom-reply": "5 working days",
    "custom-start": "1 week",
    "consultation-answer": "10 minutes",
}

# > `H` = a house target: watched and reported, never booked as a breach.
HOUSE_TARGETS = {"in-scope", "consultation-answer"}

# > Which promises count is a flag in the policy, shipped: urgent-dispatch.
PENALISED = {"urgent-dispatch": 500_00}

# What a request of each kind starts at once.
OF_KIND = {
    "fault": ["fault-response", "fault-resolution"],
    "consultation": ["consultation-answer"],
    "usability": ["usability"],
    # > performance: the request, where review finds that the software causes it: not before the finding.
    "performance": [],
    "in_scope": ["in-scope"],
    "customised": ["custom-understand", "custom-reply"],
}
URGENT = ["urgent-dispatch", "urgent-contingency", "urgent-fix-plan"]

# Everything that belongs to a kind, also what starts later: gone when the ticket is re-sorted to another kind.
BELONGS_TO = {
    **OF_KIND,
    "performance": ["performance"],
    "customised": ["custom-understand", "custom-reply", "custom-start"],
}

# > A schedule that the customer confirmed moves usability, performance and in-scope to its last step's date.
MOVED_BY_A_SCHEDULE = ["usability", "performance", "in-scope"]

# What keeps each. "'Done' means resolved. The receipt keeps whatever asks for done."
KEPT_BY = {
    "fault-response": {"acknowledged"},
    "fault-resolution": {"resolved", "plan", "confirmed plan", "receipt"},
    "plan-step": {"step", "resolved", "receipt"},
    "urgent-dispatch": {"sent"},
    "urgent-contingency": {"contingency plan"},
    "urgent-fix-plan": {"fix plan"},
    "usability": {"resolved", "receipt"},
    "performance": {"resolved", "receipt"},
    "in-scope": {"resolved", "receipt"},
    # > needs understood and an approach handed over (出方案); a reply (答复 or 出方案).
    "custom-understand": {"plan", "confirmed plan"},
    # A receipt with its reasons is a reply.
    "custom-reply": {"answer", "plan", "confirmed plan", "receipt"},
    "custom-start": {"started"},
    # > 答复 keeps consultation-answer (as do 完成 and 无需维护; 提问 does not).
    "consultation-answer": {"answer", "resolved", "receipt"},
}

# > If the customer says 没解决, or acceptance fails, what kept the promise is undone. A promise kept by a
# confirmed plan stays kept. A refused plan un-keeps likewise. 有异议: what the receipt kept is undone.
UNDONE_BY = {
    "not_solved": {"resolved"},
    "reject": {"resolved"},
    "discuss": {"plan"},
    "object": {"receipt"},
}
