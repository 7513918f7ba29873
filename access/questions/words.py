"""How a question is decided, and what a change means from now on, in plain words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from media_policy.answers import AFTER_A_ROUND, Standing
from media_policy.questions import Question, Way
from people.models import Guardianship


def decided(way: Way, question: str) -> str:
    """How this question is decided here."""
    if way.objection:
        return _("It is part of the preschool’s task. It may be done until a legal guardian says no.")
    if way.silence_is_yes:
        said = _("It takes a yes from one legal guardian, and no no from the other.")
        return said if question not in AFTER_A_ROUND else said + " " + _("Whoever does not answer in time agrees.")
    return _("It takes a yes from every legal guardian. Silence is a no.")


def now(question: str, standing: Standing, mine: Guardianship) -> str:
    """Where it stands, without telling what another guardian has said."""
    if standing.allowed:
        return _("Allowed now.")
    if mine in standing.against:
        return _("Not allowed: you have said no.")
    if mine in standing.yes:
        return _("Not allowed yet: your yes alone is not enough.")
    return _("Not allowed now.")


# What is so from the moment on, by question: when it became allowed, and when it ended.
FROM_NOW: dict[str, tuple[str | Promise, str | Promise]] = {
    Question.PHOTOGRAPH: (
        gettext_lazy("The staff may photograph %(name)s, and share the pictures with you."),
        gettext_lazy(
            "The staff see on %(name)s’s name that no pictures may be taken, and cannot share a picture on which "
            "%(name)s can be recognised. No other family sees one any more. What was shared with you before stays "
            "with you until you ask the preschool to take it away."
        ),
    ),
    Question.FILM: (
        gettext_lazy("The staff may film and record %(name)s."),
        gettext_lazy("No film or recording with %(name)s goes to another family any more."),
    ),
    Question.OTHER_FAMILIES: (
        gettext_lazy("In an open group the other families can see pictures with %(name)s."),
        gettext_lazy(
            "No other family sees a picture with %(name)s any more, the earlier ones neither. What somebody has saved "
            "on a device of their own cannot be taken back by the system."
        ),
    ),
    Question.PRINT: (
        gettext_lazy("%(name)s may appear in print."),
        gettext_lazy("%(name)s appears in nothing that is printed from now on. What is printed already is out."),
    ),
    Question.PROFILE: (
        gettext_lazy("%(name)s may have a profile picture."),
        gettext_lazy("%(name)s has no profile picture any more."),
    ),
}


def changed(question: str, name: str, *, before: bool, after: bool) -> list[str]:
    """What is different from this moment on; a change that changes nothing says that too."""
    if before == after:
        same = _("It is allowed, as before.") if after else _("It stays not allowed.")
        return [_("Your answer is kept and counts at once."), same]
    became, ended = FROM_NOW[question]
    return [_("Your answer is kept and counts at once."), str(became if after else ended) % {"name": name}]
