"""For the walks about moving on: in each language a preschool and a class, a child for the school and one elsewhere."""

import uuid
from datetime import timedelta
from typing import Any

from tests.browser.family_world import photo

# By language: the preschool, the class, the child that starts school here, the child that goes elsewhere, their friend.
WALKS = {
    "sv": ("Bäckgården", "F röd", "Signe", "Melker", "Torkel"),
    "nb": ("Fjordgården", "F blå", "Sunniva", "Eskil", "Vetle"),
}
# Of the one guardian in each walk who has come in less surely: an e-ID knows them by it.
NATIONAL_IDS = {"sv": "198703122384", "nb": "197505052387"}
DAYS_LEFT = 10
# What is written about each of the two children; there is another child in the first.
TITLES = BRIDGE, SNAIL, RAIN = "Bron vid bäcken", "En snigel i handen", "Regnet på taket"
TOO_OLD, NEVER, AGREED = "För mer än ett år sedan", "Bara för arbetslaget.", "Vi läser ramsor varje kväll."
QUOTE_OF_ANOTHER, HOME_WORDS = "Jag vill bygga högre!", "Vi såg en uggla i går kväll."


def fill(cast: Any) -> dict[str, Any]:
    """Write it, with the sessions of everybody; a walk's people have its language."""
    return {
        "walks": {language: _walk(cast, language) for language in WALKS},
        "sessions": {login: _session(cast, login) for language in WALKS for login in _logins(language)},
    }


def _logins(language: str) -> list[str]:
    family = [f"{who}-{language}" for who in ("moves-first", "moves-second", "away-first", "away-second")]
    return [*family, f"moves-teacher-{language}", f"moves-head-{language}", f"class-teacher-{language}"]


def _session(cast: Any, login: str) -> str:
    from tests.browser.world import session

    return session(cast, login, strength=1 if login.startswith("moves-first") else 2)


def _walk(cast: Any, language: str) -> dict[str, Any]:
    from people.models import Duty, Group, Unit
    from visibility.viewer import Hat

    preschool, of_class, moves, away, friend = WALKS[language]
    unit = Unit.objects.create(organisation=cast.organisation, name=preschool, kind="preschool")
    group = Group.objects.create(unit=unit, name=f"Gruppen {moves}")
    in_class = Group.objects.create(unit=cast.school, name=of_class, kind="class")
    teacher = _person(cast, f"moves-teacher-{language}", "Tilde", Hat.STAFF)
    cast.make.duty(teacher, Duty.Role.PEDAGOGUE, unit, group)
    cast.make.duty(_person(cast, f"moves-head-{language}", "Rut", Hat.STAFF), Duty.Role.HEAD, unit)
    cast.make.duty(
        _person(cast, f"class-teacher-{language}", "Gudrun", Hat.SCHOOL), Duty.Role.PEDAGOGUE, cast.school, in_class
    )
    other = cast.make.child(friend, "Kvist")
    cast.make.place(other, group)
    found = {"friend": friend, "school": cast.school.name, "class": of_class}
    for which, given in (("moves", moves), ("away", away)):
        child = cast.make.child(given, "Lind")
        cast.make.place(child, group)
        for place in ("first", "second"):
            adult = _person(cast, f"{which}-{place}-{language}", f"Adam {place}", Hat.GUARDIAN)
            cast.make.guardian(adult, child)
        _year(cast, child, other, group, teacher.login)
        found[which] = {"name": given, "child": str(child.public_id)}
    first = getattr(cast, f"moves-first-{language}")
    first.national_id = NATIONAL_IDS[language]
    first.save()
    _moves_on(cast, language, in_class)
    _said_yes(cast, language)
    return found


def _person(cast: Any, login: str, given: str, hat: Any) -> Any:
    person = cast.make.person(login, given, "Lind", language=login.rpartition("-")[2])
    setattr(cast, login, person)
    cast.HATS = {**cast.HATS, login: hat}
    return person


def _child(cast: Any, given: str) -> Any:
    from people.models import Child

    return Child.objects.get(organisation=cast.organisation, given_name=given, family_name="Lind")


def _moves_on(cast: Any, language: str, in_class: Any) -> None:
    """The place at the school begins in some days, so that it can be read there already; the hourly job has seen it."""
    from tests import cast as casting
    from transfers.services import handovers

    child = _child(cast, WALKS[language][2])
    cast.make.place(child, in_class, starts=casting.TODAY + timedelta(days=DAYS_LEFT))
    handovers.follow_child(child, casting.NOW)


def _said_yes(cast: Any, language: str) -> None:
    """Both homes of the child that goes elsewhere have chosen, before any school was known."""
    from access.terms import services as terms
    from people.models import Guardianship
    from tests import cast as casting
    from transfers.services import choosing

    at = casting.NOW - timedelta(days=2)
    wanted = dict.fromkeys(("school_log", "school_conferences"), True)
    words = {question: terms.current(question, language) for question in wanted}
    digests = {question: frozen.digest for question, frozen in words.items() if frozen is not None}
    for tie in Guardianship.objects.filter(child=_child(cast, WALKS[language][3])).order_by("pk"):
        by = cast.viewer(tie.person.login, at=at)
        choosing.choose(guardianship=tie, wanted=wanted, wordings=digests, by=by)


def _year(cast: Any, child: Any, other: Any, group: Any, by: str) -> None:
    """Three entries of the last months, one with another child in it; one that is too old; a conference; words."""
    from learninglog.services import words
    from tests.entries import share, write

    for number, title in enumerate((*TITLES, TOO_OLD)):
        at = _now() - timedelta(days=400 if title == TOO_OLD else 30 + number * 20)
        about = (child, other) if number == 0 else (child,)
        entry = write(
            cast, *about, by=by, title=title, text=f"@{child.given_name} och @{other.given_name} stannade länge.",
            at=at, happened_on=at.date(), group=group,
            quotes={other: [QUOTE_OF_ANOTHER]} if number == 0 else None,
        )  # fmt: skip
        for place in range(3 if number == 0 else 0):
            _picture(
                cast, entry, about if place == 2 else (child,), group.unit, (number, place), cast.viewer(by, at=at)
            )
        share(cast, entry, by=by, at=at)
    guardian = child.guardianships.order_by("pk").first().person
    by_guardian = cast.viewer(guardian.login, at=_now() - timedelta(days=5))
    words.write_words(
        child=child, by=by_guardian, text=HOME_WORDS, happened_on=by_guardian.day, readers="home",
        client_key=uuid.uuid4(),
    )  # fmt: skip
    _talk(cast, child, group.unit, by)


def _picture(cast: Any, entry: Any, about: Any, unit: Any, which: tuple[int, int], by: Any) -> None:
    from learninglog import services
    from media_policy.services import mark, take_in

    row = take_in(upload=photo(*which), by=by, unit=unit, organisation=cast.organisation)
    mark(picture=row, children=list(about), nobody=False, by=by)
    services.add_picture(entry=entry, picture=row, by=by)


def _talk(cast: Any, child: Any, unit: Any, by: str) -> None:
    """Held and sealed a month ago, with something agreed on and something that the staff keep for themselves."""
    from conferences.services import agreeing, sealing, showing, writing
    from tests.conferences import talks

    at = _now() - timedelta(days=30)
    viewer = cast.viewer(by, at=at)
    row = talks.begun_by(viewer, child, unit)
    talks.put(row, "watch", NEVER, viewer)
    talks.put(row, "joy", "Ramsor och rim.", viewer)
    writing.note_talk(
        conference=row, home=None, held_on=viewer.day, took_part="alla", interpreter="", by=viewer
    )  # fmt: skip
    agreeing.agree(
        conference=row, question=talks.key("agree"), what=AGREED, who="both", by_when=None, client_key=uuid.uuid4(),
        by=viewer,
    )  # fmt: skip
    showing.show(conference=row, by=viewer)
    sealing.seal(conference=row, by=cast.viewer(by, at=at + timedelta(hours=1)))


def _now() -> Any:
    from tests import cast as casting

    return casting.NOW
