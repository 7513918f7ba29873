"""Why somebody can see a child: every tie that the rule counts today, read the other way round and said in words."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ground.names import sort_names
from people.models import Child, Person
from visibility import relations as r
from visibility import ties
from visibility.relations import Relation
from visibility.viewer import Moment

# What each tie opens, in the order in which the page tells it.
OPENS: dict[Relation, str | Promise] = {
    r.FAMILY: _("Guardian of the child: the child’s page and the contacts of the staff"),
    r.GUARDIAN: _("May read the log: what is shared with the family, and the conversations of the own home"),
    r.WAITING: _("Not activated: one form about whom the family wants in, and nothing else"),
    r.PEDAGOGUE: _("Pedagogue in one of the child’s groups: the log, drafts, conversations and words from home"),
    r.CHILDCARE_WORKER: _("Childcare worker in one of the child’s groups: as a pedagogue"),
    r.SPECIAL_EDUCATOR: _("Special educator, named for the child: the log, conversations and words from home"),
    r.SUBSTITUTE: _("Substitute with a pass to one of the child’s groups: the log and words from home, today"),
    r.HEAD: _("Head of the preschool: what is shared, conversations, words from home, and this page"),
    r.KEEPER: _("Records keeper of a child who has left: this page, transfers, what they are asked to put right"),
    r.OFFICER: _("Owner’s officer while the child has no head on duty: this page, and nothing of the log"),
    r.OWN_CHILD: _("Works in the group of their own child: writes about the group, reads nothing about this child"),
    r.FINISHING: _("Worked in the group until lately: only to finish what they began about the child"),
    r.ON_DUTY: _("On duty at the preschool today: contact details in case of need"),
    r.ON_PASS: _("Has a pass at the preschool today: contact details in case of need"),
    r.RECEIVING_SCHOOL: _("At the receiving school: nothing, until every guardian has said yes"),
}
CONTACTS_ONLY = frozenset({r.ON_DUTY, r.ON_PASS})


@dataclass
class Reacher:
    """One person, and each reason why the rule lets them in."""

    person: Person
    reasons: list[Relation] = field(default_factory=list)

    @property
    def said(self) -> list[str]:
        return [str(words) for relation, words in OPENS.items() if relation in self.reasons]

    @property
    def contacts_only(self) -> bool:
        return CONTACTS_ONLY.issuperset(self.reasons)


def of_child(child: Child, moment: Moment) -> list[Reacher]:
    """Everybody whom the rule ties to the child now, by name; whom it ties in daily work first."""
    found: dict[int, set[Relation]] = defaultdict(set)
    for relation, rows in ties.of_children([child.pk], list(OPENS), moment).items():
        for tie in rows:
            found[tie.person].add(relation)
    people = Person.objects.filter(pk__in=found)
    reachers = [Reacher(person, _narrowed(found[person.pk])) for person in people]
    named = sort_names(reachers, lambda reacher: reacher.person.given_name, get_language() or "en")
    return sorted(named, key=lambda reacher: reacher.contacts_only)


@dataclass
class Reached:
    """One child, and each reason why one person is let in to it."""

    child: Child
    reasons: list[Relation]

    @property
    def said(self) -> list[str]:
        return [str(words) for relation, words in OPENS.items() if relation in self.reasons]


def of_person(person: Person, children: Iterable[Child], moment: Moment) -> list[Reached]:
    """Which of these children one person reaches now, and why."""
    rows = {child.pk: child for child in children}
    found: dict[int, set[Relation]] = defaultdict(set)
    for relation, tied in ties.of_children(rows, list(OPENS), moment).items():
        for tie in tied:
            if tie.person == person.pk and tie.child is not None:
                found[tie.child].add(relation)
    reached = [Reached(rows[key], _narrowed(reasons)) for key, reasons in found.items()]
    return sort_names(reached, lambda one: one.child.given_name, get_language() or "en")


def _narrowed(reasons: set[Relation]) -> list[Relation]:
    """Contact details in case of need go without saying where a closer tie opens more."""
    closer = reasons - CONTACTS_ONLY
    kept = closer if closer - {r.OWN_CHILD} else reasons
    return [relation for relation in OPENS if relation in kept]
