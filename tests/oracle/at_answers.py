"""The oracle's part about answers: may a child be photographed, or shown to the other families of an open group."""

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from people import models as people

if TYPE_CHECKING:
    from tests.oracle.worlds import World

QUESTIONS = ("photograph", "film", "other_families", "print", "profile")


def way(oracle: Any, question: str, child: int) -> tuple[str, bool]:
    """On what ground it is decided, and whether a yes and silence are enough."""
    owner = oracle.facts.one("organisations", oracle.facts.one("children", child).organisation_id)
    rows = [
        row for row in oracle.facts.question_settings if row.organisation_id == owner.id and row.question == question
    ]
    if rows:
        last = max(rows, key=lambda row: (row.at, row.id))
        return last.basis, last.silence_is_yes
    task = owner.country == "SE" and question in ("photograph", "film")
    return ("objection" if task else "consent"), False


def last_word(oracle: Any, question: str, tie: int) -> str:
    rows = [row for row in oracle.facts.answers if row.guardianship_id == tie and row.question == question]
    return max(rows, key=lambda row: (row.given_at, row.id)).value if rows else ""


def was_asked(oracle: Any, child: int, group: int | None, since: Any) -> bool:
    """A round about the child in this group, put while it was open as now and not before `since`, whose time is up."""
    for opening in oracle.facts.openings:
        open_now = opening.opened_at <= oracle.at and (opening.closed_at is None or oracle.at < opening.closed_at)
        if opening.group_id != group or not open_now:
            continue
        for put in oracle.facts.rounds:
            about = {row.child_id for row in oracle.facts.round_children if row.round_id == put.id}
            in_time = opening.opened_at <= put.put_at and put.answers_until <= oracle.at
            here = put.group_id == group and put.question == "other_families" and child in about
            if here and in_time and (since is None or since <= put.put_at):
                return True
    return False


def allows(oracle: Any, question: str, child: int, group: int | None = None) -> bool:
    """Whether the answers of now allow it; `group` is the one whose other families would see the child."""
    if oracle.blocked(child):
        return False
    yes = silent = 0
    heard = question != "other_families" or was_asked(oracle, child, group, None)
    for tie in oracle.facts.guardianships:
        running = tie.begins_at <= oracle.at and (tie.ends_at is None or oracle.at < tie.ends_at)
        if tie.child_id != child or tie.kind != "legal" or not running:
            continue
        said = last_word(oracle, question, tie.id)
        if said in ("no", "withdrawn"):
            return False
        if tie.activated_at is None or oracle.at < tie.activated_at:
            continue
        if tie.inactivated_at is not None and tie.inactivated_at <= oracle.at:
            continue
        if said == "yes":
            yes += 1
            continue
        silent += 1
        if question == "other_families" and not was_asked(oracle, child, group, tie.activated_at):
            heard = False
    basis, enough = way(oracle, question, child)
    if basis == "objection":
        return heard or (yes > 0 and silent == 0)
    return yes > 0 and (silent == 0 or (enough and heard))


def all_said_yes(oracle: Any, question: str, child: int) -> bool:
    """Whether each legal guardian who is active has said yes, and none whose tie runs has said no."""
    active = []
    for tie in oracle.facts.guardianships:
        running = tie.begins_at <= oracle.at and (tie.ends_at is None or oracle.at < tie.ends_at)
        if tie.child_id != child or tie.kind != "legal" or not running:
            continue
        said = last_word(oracle, question, tie.id)
        if said in ("no", "withdrawn"):
            return False
        begun = tie.activated_at is not None and tie.activated_at <= oracle.at
        if begun and (tie.inactivated_at is None or oracle.at < tie.inactivated_at):
            active.append(said)
    return bool(active) and set(active) == {"yes"} and not oracle.blocked(child)


# --- what the worlds do --------------------------------------------------------------------------------------------


def answer(world: "World", child: int, number: int, question: str, value: str, days: int) -> None:
    """One of the child's guardians, of whatever kind, said something; how it is asked is another test's."""
    ties = people.Guardianship.objects.filter(child=world.children[child]).order_by("pk")
    tie = ties[number % ties.count()]
    people.Answer.objects.create(
        child=tie.child, guardianship=tie, question=question, value=value, given_at=world.moment(days),
        given_by=tie.person,
    )  # fmt: skip


def decide(world: "World", question: str, basis: str, silence: bool, days: int) -> None:
    people.QuestionSetting.objects.create(
        organisation=world.organisation, question=question, basis=basis, silence_is_yes=silence and basis == "consent",
        at=world.moment(days),
    )  # fmt: skip


def put(world: "World", group: int, days: int, hours: int, children: Any) -> None:
    at = world.moment(days)
    row = people.Round.objects.create(
        organisation=world.organisation, group=world.groups[group], question="other_families", put_at=at,
        answers_until=at + timedelta(hours=hours),
    )  # fmt: skip
    people.RoundChild.objects.bulk_create(people.RoundChild(round=row, child=world.children[key]) for key in children)


DEEDS = {"answer": answer, "decide": decide, "put": put}


def steps(random: Any, children: int) -> list[Any]:
    """What families said and how they were asked, mostly about being shown to others."""
    asked = ("photograph", "other_families", "other_families")
    found: list[Any] = []
    for question in ("photograph", "other_families"):
        if random.random() < 0.5:
            basis = random.choice(("consent", "objection"))
            found.append(("decide", question, basis, random.random() < 0.5, random.choice((-300, -2))))
    for child in range(children):
        for number in range(random.choice((0, 1, 2, 2))):
            value = random.choice(("yes", "yes", "yes", "no", "withdrawn"))
            found.append(("answer", child, number, random.choice(asked), value, random.choice((-300, -9, -1, 0))))
        if random.random() < 0.4:
            found.append(("answer", child, 0, "other_families", "yes", -300))
    for _ in range(random.randint(0, 2)):
        about = tuple(random.sample(range(children), random.choice((2, children, children))))
        found.append(("put", random.randrange(3), random.choice((-350, -340, -8, -7)), random.choice((24, 336)), about))
    # By a chance of its own: the rest of the world is what it was before anybody was asked about films.
    return found + _about_films(Random(repr(found)), children)


def _about_films(random: Random, children: int) -> list[Any]:
    found: list[Any] = []
    if random.random() < 0.5:
        found.append(("decide", "film", random.choice(("consent", "objection")), random.random() < 0.5, -300))
    for child in range(children):
        if random.random() < 0.6:
            found += [("answer", child, number, "film", "yes", -300) for number in range(3)]
            found += [("answer", child, number, "other_families", "yes", -300) for number in range(3)]
        if random.random() < 0.3:
            value = random.choice(("yes", "no", "withdrawn"))
            found.append(("answer", child, random.randrange(3), "film", value, random.choice((-9, -1, 0))))
    return found
