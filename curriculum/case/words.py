"""What the office reads beside a package: its pages are in Django's template language, their words are here."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "heading": _("Curricula from and for other systems"),
    "refused": _("This file was refused, and nothing was changed."),
    "line": _("Line"),
    "wrong": _("What is wrong"),
    "bring": _("Bring a package"),
    "before": _(
        "You see what it would change before anything does. Then it becomes drafts, and one review publishes them all."
    ),
    "look": _("Look at it"),
    "take_out": _("Take a framework out"),
    "take": _("Take out"),
    "changes": _("What the package would change"),
    "moves": _("moves to"),
    "gone": _("No longer in the package"),
    "gone_why": _(
        "These stay, because entries may have them. Retire them with a date if they should not be chosen any more."
    ),
    "write": _("Write this as drafts"),
    "leave": _("Leave it"),
    "nothing": _("There is nothing to change."),
    "unseen": _("Nothing that is read here changes; what only other systems read is brought along."),
}
