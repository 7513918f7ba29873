"""What a parent without access was granted to know: the items that the head chose, in the child's rendition.

It is no transfer: no window and no answers, for the law asks for neither; and nothing but what was chosen.
"""

from datetime import datetime

from conferences.models import Agreement, Conference, FieldValue, RecordedField, RecordedMaterial
from learninglog.models import Entry, HomeWords
from people.models import Child
from transfers import content, parts
from transfers.models import DisclosedItem, Disclosure, Package
from transfers.rows import Rows

GRANTED = (Disclosure.Decision.GRANTED, Disclosure.Decision.PARTLY)


def behind(package: Package) -> Disclosure | None:
    """The case that a package was made for, while its decision grants something."""
    found: Disclosure | None = package.disclosures.filter(
        child=package.child_id, decision__in=GRANTED, erased_at__isnull=True
    ).first()
    return found


def of_disclosure(disclosure: Disclosure, at: datetime) -> parts.Content:
    """The chosen entries that stand shared and the chosen conferences that are sealed, and nothing beside them."""
    child = Child.objects.select_related("organisation").get(pk=disclosure.child_id)
    items = DisclosedItem.objects.filter(disclosure=disclosure)
    entries = Entry.objects.filter(pk__in=items.filter(entry__isnull=False).values("entry"))
    chosen = items.filter(conference__isnull=False).values("conference")
    talks = Conference.objects.sealed().filter(child=child, pk__in=chosen, erased_at__isnull=True)
    recorded = {"version__conference__in": talks.values("pk"), "home__isnull": True}
    rows = Rows(
        entries=entries,
        words=HomeWords.objects.none(),
        conferences=talks,
        records=RecordedField.objects.filter(**recorded),
        materials=RecordedMaterial.objects.filter(**recorded),
        agreements=Agreement.objects.filter(conference__in=talks.values("pk")),
        values=FieldValue.objects.none(),
    )
    return content.gathered(child, rows, at=at)
