"""For the walks about access: in each language a guardian who waits and one without an e-ID, two homes, three heads."""

from datetime import timedelta
from typing import Any

LANGUAGES = ("sv", "nb", "en")
NATIONAL_ID = "19121212-1212"


def fill(cast: Any) -> dict[str, Any]:
    """Write it in a group of its own; what the walks need to find it again."""
    from people.models import Group
    from tests.browser.world import session
    from visibility.viewer import Hat

    group = Group.objects.create(unit=cast.unit, name="Björken")
    found: dict[str, Any] = {"waiting": {}, "paper": {}, "reviews": _heads(cast)}
    logins = list(found["reviews"].values())
    for language in LANGUAGES:
        found["waiting"][language] = _waits(cast, group, language)
        found["paper"][language] = _without_e_id(cast, group, language)
        logins.append(found["waiting"][language]["login"])
    child = _child(cast, group, "Loke")
    for given in ("Hanna", "Jonas"):
        person = cast.make.person(given.lower(), given, "Strand")
        setattr(cast, given.lower(), person)
        cast.make.guardian(person, child)
        logins.append(given.lower())
    cast.HATS = {**dict.fromkeys(logins, Hat.GUARDIAN), **cast.HATS}
    found["by_e_id"] = _by_e_id(cast, group)
    found["apart"] = {"child": str(child.public_id)}
    found["sessions"] = {login: session(cast, login) for login in logins}
    return found


def _child(cast: Any, group: Any, given: str) -> Any:
    child = cast.make.child(given, "Björk")
    cast.make.place(child, group)
    return child


def _waits(cast: Any, group: Any, language: str) -> dict[str, str]:
    """A legal guardian whose envelope is closed, beside one whose is open."""
    login = f"waits-{language}"
    person, child = cast.make.person(login, "Noomi", language.title()), _child(cast, group, f"Vera-{language}")
    setattr(cast, login, person)
    cast.make.guardian(cast.make.person(f"open-{language}", "Otto", language.title()), child)
    tie = cast.make.guardian(person, child, active=False)
    return {"login": login, "child": str(child.public_id), "guardianship": str(tie.public_id)}


def _without_e_id(cast: Any, group: Any, language: str) -> dict[str, str]:
    """A guardian with a paper in the hand."""
    from access.signing import codes
    from visibility.viewer import Hat

    person, child = (
        cast.make.person(f"paper-{language}", "Pia", language.title()),
        _child(cast, group, f"Ida-{language}"),
    )
    cast.make.guardian(person, child)
    at = _now() - timedelta(minutes=5)
    letter = codes.make(person=person, hat=Hat.GUARDIAN, identified="Pass", by=cast.eva, at=at)
    return {"code": letter.code, "child": str(child.public_id), "name": child.given_name}


def _by_e_id(cast: Any, group: Any) -> dict[str, str]:
    """A guardian whom the register knows by a national id (one of those that the tax agency gives away for tests)."""
    person = cast.make.person("by-e-id", "Elin", "Legitim", national_id=NATIONAL_ID)
    child = _child(cast, group, "Tindra")
    cast.make.guardian(person, child)
    return {"national_id": NATIONAL_ID.replace("-", ""), "child": child.given_name}


def _heads(cast: Any) -> dict[str, str]:
    """Three preschools with a head each; at each of them somebody has not been shown the rules."""
    from access.reviews import services
    from people.models import Duty, Person, Unit
    from visibility.viewer import Hat

    strand = Unit.objects.create(organisation=cast.organisation, name="Strandviken", kind="preschool")
    for login, unit in (("hild", cast.other_unit), ("henny", strand)):
        head = cast.make.person(login, login.title(), "Rektor")
        setattr(cast, login, head)
        cast.make.duty(head, Duty.Role.HEAD, unit)
        cast.HATS = cast.HATS | {login: Hat.STAFF}
        Duty.objects.filter(person=head).update(shown_rules_on=_now().date())
        worker = cast.make.person(f"worker-{login}", "Karin", "Lund")
        duty = cast.make.duty(worker, Duty.Role.SPECIAL_EDUCATOR, unit)
        assert duty.shown_rules_on is None
    Person.objects.update(last_login=_now() - timedelta(days=1))
    services.open_due(at=_now())
    return {"sv": "eva", "nb": "hild", "en": "henny"}


def _now() -> Any:
    from tests import cast as casting

    return casting.NOW
