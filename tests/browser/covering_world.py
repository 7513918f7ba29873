"""For the walks about cropping and covering: an open group in which one family said no to the others, and one to
photographs."""

from datetime import timedelta
from typing import Any

# Hugo is not shown to other families, Ivar is not to be photographed at all.
CHILDREN = ("Ella", "Finn", "Greta", "Hugo", "Ivar")


def fill(cast: Any) -> dict[str, Any]:
    """Write it in a group of its own; the teacher's and two guardians' sessions."""
    from people.models import Answer, Group, GroupOpening
    from tests import cast as casting
    from tests.browser.world import session
    from visibility.viewer import Hat

    group = Group.objects.create(unit=cast.unit, name="Bäcken")
    long_ago = casting.NOW - timedelta(days=30)
    GroupOpening.objects.create(group=group, opened_at=long_ago)
    for given in CHILDREN:
        child = cast.make.child(given, "Bäck")
        cast.make.place(child, group)
        person = cast.make.person(f"with-{given.lower()}", f"{given}s mamma", "Bäck")
        tie = cast.make.guardian(person, child)
        said = {"other_families": "no" if given == "Hugo" else "yes", "photograph": "no" if given == "Ivar" else "yes"}
        Answer.objects.bulk_create(
            Answer(child=child, guardianship=tie, question=question, value=value, given_at=long_ago, given_by=person)
            for question, value in said.items()
        )
        setattr(cast, person.login, person)
        cast.HATS = {**cast.HATS, person.login: Hat.GUARDIAN}
    cast.vera = cast.make.person("vera", "Vera", "Vik")
    cast.make.duty(cast.vera, "pedagogue", cast.unit, group)
    cast.HATS = {**cast.HATS, "vera": Hat.STAFF}
    logins = ("vera", "with-ella", "with-hugo")
    return {"group": str(group.public_id), "sessions": {login: session(cast, login) for login in logins}}
