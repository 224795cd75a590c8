"""In which language somebody is written to: what a platform said at first, or what they themselves chose since."""

from dataclasses import replace

from sqlalchemy import select, update

from desk.sitting import Sitting
from storage.tables import Account, Person


def choose(sitting: Sitting, language: str) -> Sitting:
    """From now on, on every line of this person; of a stranger on the account they write from. The sitting in which
    they read the answer. What is delivered later is worded in the language of then."""
    actor = sitting.actor
    if actor.person_id is not None:
        sitting.session.execute(update(Person).where(Person.id == actor.person_id).values(language=language))
    else:
        sitting.session.execute(update(Account).where(Account.id == actor.account_id).values(language=language))
    return replace(sitting, actor=replace(actor, language=language))


def first_line(sitting: Sitting, person_id: int) -> None:
    """Before an invite binds this line to a person whom the desk knew by name: if they have no other one, nobody
    knows better in which language they are written to than whoever writes on it."""
    lines = select(Account.id).where(Account.person_id == person_id)
    heard_first = update(Person).where(Person.id == person_id, ~lines.exists())
    sitting.session.execute(heard_first.values(language=sitting.actor.language))
