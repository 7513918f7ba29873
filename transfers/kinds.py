"""What the matrix's conditions about transfers mean, for what lies in the rooms below."""

from collections.abc import Callable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people.models import Unit
from transfers import choice, inside
from transfers.models import Handover
from visibility import conditions
from visibility.conditions import Spec
from visibility.kinds import Kind, register
from visibility.viewer import Moment

AtUnit = Callable[[Moment, int], Q]
_SCHOOL = _("chosen for the school by every legal guardian")
_PRESCHOOL = _("chosen for the next preschool by the legal guardians")
_WINDOW = _("from the twelve months before the first day there, as it stood before that day")
_LEFT = _("left out by nobody")


def _chosen(child: str, *, log: bool = False, conferences: bool = False) -> dict[str, Spec]:
    """A yes to each question that is asked, for a school and for a next preschool."""

    def of(unit_kind: str) -> Callable[[Moment], Q]:
        asked = [choice.log(unit_kind)] if log else []
        asked += [choice.conferences(unit_kind)] if conferences else []

        def yes(moment: Moment) -> Q:
            found = Q()
            for question in asked:
                found &= choice.says_yes(question, moment.at, child=child)
            return found

        return yes

    return {
        "SCHOOL_CHOSEN": Spec(_SCHOOL, q=of(Unit.Kind.SCHOOL)),
        "PRESCHOOL_CHOSEN": Spec(_PRESCHOOL, q=of(Unit.Kind.PRESCHOOL)),
    }


def _of_conference(path: str, key: str, *, also: AtUnit | None = None, kept: Q | None = None) -> dict[str, Spec]:
    """Window and list of what hangs on a conference by this path; `key` leads to the conference itself."""

    def within(moment: Moment, unit: int) -> Q:
        found = inside.conference(moment, unit, path=path, key=key)
        return found & also(moment, unit) if also else found

    def standing(moment: Moment) -> Q:
        found = inside.kept("conference", key, f"{path}child_id")
        return found & kept if kept is not None else found

    return {"IN_WINDOW": Spec(_WINDOW, at_unit=within), "NOT_LEFT_OUT": Spec(_LEFT, q=standing)}


def _version_in_time(moment: Moment, unit: int) -> Q:
    """What was added to a sealed record goes along only if that was before the first day too."""
    return inside.before_first_day(unit, "conference__child_id", "at")


def _recorded_in_time(moment: Moment, unit: int) -> Q:
    return inside.before_first_day(unit, "version__conference__child_id", "version__at")


_CHILD = "version__conference__child_id"


def _material_in_window(moment: Moment, unit: int) -> Q:
    """An entry inside a conference passes the window by itself."""
    return _recorded_in_time(moment, unit) & inside.entry(moment, unit, entry="entry_id", child=_CHILD)


def _handed_over(moment: Moment, unit: int) -> Q:
    """A receiver knows of a transfer that is open for it today, on a yes to one of the questions at least."""

    def either(kind: str) -> Q:
        return choice.says_yes(choice.log(kind), moment.at) | choice.says_yes(choice.conferences(kind), moment.at)

    kinds = (Unit.Kind.SCHOOL, Unit.Kind.PRESCHOOL)
    yes = [Q(unit__kind=kind) & either(kind) for kind in kinds]
    here = inside.open_handovers(moment).filter(pk=OuterRef("pk"), unit=unit)
    return Q(Exists(here)) & (yes[0] | yes[1])


ENTRY = {
    **_chosen("child", log=True),
    "IN_WINDOW": Spec(_WINDOW, at_unit=inside.entry),
    "NOT_LEFT_OUT": Spec(_LEFT, q=lambda moment: inside.kept("entry", "entry_id", "child_id")),
}
WORDS = {
    **_chosen("child", log=True),
    "TICKED": Spec(_("that their writer lets go along"), q=lambda moment: inside.ticked()),
    "IN_WINDOW": Spec(_WINDOW, at_unit=inside.words),
    # Words are left out by their writer, by not ticking them.
    "NOT_LEFT_OUT": Spec(_LEFT),
}
CONFERENCE = {**_chosen("child", conferences=True), **_of_conference("", "pk")}
VERSION = {
    **_chosen("conference__child", conferences=True),
    **_of_conference("conference__", "conference_id", also=_version_in_time),
}
AGREEMENT = {**_chosen("conference__child", conferences=True), **_of_conference("conference__", "conference_id")}
RECORD = {
    **_chosen("version__conference__child", conferences=True),
    **_of_conference("version__conference__", "version__conference_id", also=_recorded_in_time),
}
RECORDED_MATERIAL = {
    **_chosen("version__conference__child", log=True, conferences=True),
    **_of_conference(
        "version__conference__", "version__conference_id", also=_material_in_window,
        kept=inside.kept("entry", "entry_id", _CHILD) & inside.kept("picture", "picture_id", _CHILD),
    ),
}  # fmt: skip

HANDOVER = Kind(
    "HANDOVER",
    Handover,
    links=Handover.objects.all,
    specs={
        "HANDED_OVER": Spec(_("open for that unit today, and chosen"), at_unit=_handed_over),
        "NOT_ENDED": Spec(_("not ended"), q=lambda moment: Q(ended_at__isnull=True)),
    },
)
LOWER: dict[str, dict[str, Spec]] = {
    "ENTRY": ENTRY,
    "WORDS": WORDS,
    "CONFERENCE": CONFERENCE,
    "VERSION": VERSION,
    "RECORD": RECORD,
    "RECORDED_MATERIAL": RECORDED_MATERIAL,
    "AGREEMENT": AGREEMENT,
}


def register_all() -> None:
    """Supply the conditions of the Kinds below, and make this room's own known."""
    for kind, specs in LOWER.items():
        for name, spec in specs.items():
            conditions.register(kind, name, spec)
    register(HANDOVER)
