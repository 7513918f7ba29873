"""A way in of one's own is for the side that its paper was for: family, or work.

The head who hands over a paper answers for who got it there. A guardian's paper opens nothing at another unit where the
guardian works, nor a colleague's paper the log of their child.
"""

from allauth.mfa.models import Authenticator

from people.models import Person
from visibility.viewer import Hat

MADE_FOR = "hat"


def mark(row: Authenticator, hat: Hat) -> None:
    """Write down for which hat it was made."""
    row.data[MADE_FOR] = hat.value
    row.save(update_fields=["data"])


def opens(row: Authenticator, hat: Hat) -> bool:
    """Whether it was made for this hat, or for another one at work when this is one too."""
    made_for = row.data.get(MADE_FOR, "")
    return bool(made_for) and (made_for == Hat.GUARDIAN) == (hat == Hat.GUARDIAN)


def start_anew(person: Person, hat: Hat) -> None:
    """A new paper was used: what opened that side before may be in other hands, and opens nothing any more."""
    held = Authenticator.objects.filter(user=person).order_by("pk")
    Authenticator.objects.filter(pk__in=[row.pk for row in held if opens(row, hat)]).delete()
