"""A second reading of the agreement: from an event log to every due time, breach and entitlement.

A comment that begins with `>` is a sentence of the agreement, or of the page of acts in chat.

It imports nothing of the project and was written from the agreement's text, whose sentences stand as comments
beside the rules. It is slow and plain on purpose: where it and the product differ, one of them is wrong.
"""
