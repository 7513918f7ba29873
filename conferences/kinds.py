"""What the matrix's conditions mean for conferences and what hangs on them."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from conferences.models import (
    Agreement,
    Conference,
    FieldValue,
    FreeTime,
    Material,
    Offer,
    RecordedField,
    RecordedMaterial,
    Side,
    Talk,
    Version,
)
from visibility.conditions import Spec
from visibility.kinds import Kind, register
from visibility.viewer import Moment

SAME_HOME = Spec(_("of their own home"), pairs={"home_id": "tie_home"})
FOR_EVERY_HOME = Spec(_("for every home"), q=lambda moment: Q(home__isnull=True))


def _of(path: str = "") -> dict[str, Spec]:
    """The conditions about the conference itself, for what hangs on it by this path."""

    def has(**lookups: object) -> Q:
        return Q(**{f"{path}{name}": value for name, value in lookups.items()})

    return {
        "MADE_IN_UNIT": Spec(
            _("held at the same unit, and never of their own child"), pairs={f"{path}unit_id": "tie_unit"},
            never_own=True,
        ),
        "BEGUN_BY": Spec(_("begun by themselves"), pairs={f"{path}issued_by_id": "tie_person"}),
        "STAND_IN": Spec(_("held by themselves as stand-in"), pairs={f"{path}stand_in_id": "tie_person"}),
        "UNDER_WAY": Spec(
            _("under way"), q=lambda moment: has(sealed_at__isnull=True, closed_at__isnull=True, erased_at__isnull=True)
        ),
        "SHOWN": Spec(_("shown to the homes"), q=lambda moment: has(shown_at__isnull=False)),
        "SEALED": Spec(_("sealed"), q=lambda moment: has(sealed_at__isnull=False)),
        "NO_MISTAKE": Spec(
            _("not begun by mistake"),
            q=lambda moment: has(shown_at__isnull=False) | ~has(closed_because=Conference.Closed.MISTAKE),
        ),
    }  # fmt: skip


def _handed_in(moment: Moment) -> Q:
    """Of a home's fields what stood when it handed them in, and what it saved since: never what it wrote before."""
    mine = Q(conference=OuterRef("conference_id"), home=OuterRef("home_id"))
    sides = Side.objects.filter(mine, handed_in_at__lte=moment.at)
    written_over = FieldValue.objects.filter(
        mine,
        question=OuterRef("question"),
        number__gt=OuterRef("number"),
        conference__sides__home=F("home"),
        conference__sides__handed_in_at__gte=F("written_at"),
    )
    return Q(home__isnull=True) | Q(Exists(sides)) & ~Q(Exists(written_over))


def _picked_and_handed_in(moment: Moment) -> Q:
    sides = Side.objects.filter(conference=OuterRef("conference_id"), home=OuterRef("home_id"))
    return Q(home__isnull=True) | Q(Exists(sides.filter(handed_in_at__lte=moment.at)))


def _newest(path: str = "") -> Spec:
    def newest(moment: Moment) -> Q:
        sealed = Q(**{f"{path}kind__in": [Version.Kind.SEALED, Version.Kind.ADDENDUM]})
        return sealed | Q(**{f"{path}conference__current": F(f"{path}pk")})

    return Spec(_("the newest that was shown, sealed or added"), q=newest)


_STAFF_TOO = _("for the staff, or handed in by the home")
_RECORD = {"SAME_HOME": SAME_HOME, "FOR_EVERY_HOME": FOR_EVERY_HOME, "NEWEST": _newest("version__")}
_ON_IT = _of("conference__")
_CHILD = "conference__child_id"

KINDS = (
    Kind("CONFERENCE", Conference, links=Conference.objects.all, specs=_of()),
    Kind(
        "FIELD", FieldValue, links=FieldValue.objects.all, child=_CHILD,
        specs={**_ON_IT, "SAME_HOME": SAME_HOME, "FOR_STAFF": Spec(_STAFF_TOO, q=_handed_in)},
    ),
    Kind(
        "MATERIAL", Material, links=Material.objects.all, child=_CHILD,
        specs={**_ON_IT, "SAME_HOME": SAME_HOME, "FOR_STAFF": Spec(_STAFF_TOO, q=_picked_and_handed_in)},
    ),
    Kind("VERSION", Version, links=Version.objects.all, child=_CHILD, specs={**_ON_IT, "NEWEST": _newest()}),
    Kind(
        "RECORD", RecordedField, links=RecordedField.objects.all, child=f"version__{_CHILD}",
        specs={**_of("version__conference__"), **_RECORD},
    ),
    Kind(
        "RECORDED_MATERIAL", RecordedMaterial, links=RecordedMaterial.objects.all, child=f"version__{_CHILD}",
        specs={**_of("version__conference__"), **_RECORD},
    ),
    Kind("AGREEMENT", Agreement, links=Agreement.objects.all, child=_CHILD, specs=_ON_IT),
    Kind(
        "TALK", Talk, links=Talk.objects.all, child=_CHILD,
        specs={**_ON_IT, "SAME_HOME": SAME_HOME, "FOR_EVERY_HOME": FOR_EVERY_HOME},
    ),
    Kind("SIDE", Side, links=Side.objects.all, child=_CHILD, specs={**_ON_IT, "SAME_HOME": SAME_HOME}),
    Kind(
        "OFFER", Offer, links=Offer.objects.all, child=_CHILD,
        specs={
            **_ON_IT,
            "SAME_HOME": SAME_HOME,
            "STANDING": Spec(_("still offered or booked"), q=lambda moment: Q(ended_at__isnull=True)),
        },
    ),
    Kind("FREE_TIME", FreeTime, unit="unit_id"),
)  # fmt: skip


def register_all() -> None:
    """Make the Kinds of this room known to the rule."""
    for kind in KINDS:
        register(kind)
