"""For the walks through conferences: a group with a teacher of its own for each walk; two homes, one, or two again."""

from typing import Any

# By walk: the language of its people, the child, and the adults, each in a home of their own.
WALKS = {
    "two": ("sv", "Vide", ("hedda", "henrik")),
    "one": ("nb", "Ylva", ("ingeborg",)),
    "clash": ("en", "Otis", ("jane",)),
    "times": ("sv", "Alva", ("harriet", "hasse")),
    "tider": ("nb", "Brage", ("ragnhild", "roar")),
}


def fill(cast: Any) -> dict[str, Any]:
    """Templates, groups, families; the sessions of all of them."""
    from django.core.management import call_command

    from people.models import Group
    from tests.browser.world import session
    from visibility.viewer import Hat

    call_command("load_conference_templates", verbosity=0)
    groups, children, logins = {}, {}, []
    for walk, (language, given, adults) in WALKS.items():
        group = Group.objects.create(unit=cast.unit, name=f"Gruppen {given}")
        child = cast.make.child(given, "Lund")
        cast.make.place(child, group)
        for login in adults:
            person = cast.make.person(login, login.title(), "Lund", language=language)
            cast.make.guardian(person, child)
            setattr(cast, login, person)
            cast.HATS = {**cast.HATS, login: Hat.GUARDIAN}
        staff = (f"{walk}-teacher", f"{walk}-colleague")
        for login in staff:
            person = cast.make.person(login, "Tilde" if login.endswith("teacher") else "Kaj", "Ås", language=language)
            cast.make.duty(person, "pedagogue", cast.unit, group)
            setattr(cast, login, person)
            cast.HATS = {**cast.HATS, login: Hat.STAFF}
        groups[walk], children[walk] = str(group.public_id), str(child.public_id)
        logins += [*adults, *staff]
    return {"groups": groups, "children": children, "sessions": {login: session(cast, login) for login in logins}}
