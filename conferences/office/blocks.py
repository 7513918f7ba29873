"""A template's sections and questions as the office fills them in."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from conferences.choices import FilledBy, QuestionType
from conferences.languages import CODE


class Asked(blocks.StructBlock):
    """One wording in one language."""

    language = blocks.RegexBlock(
        regex=CODE,
        error_messages={"invalid": _("A language code such as sv, so or ar.")},
        label=_("Language"),
        help_text=_("A language code such as sv, so or ar. It need not be one of the site’s own."),
        max_length=12,
    )
    text = blocks.TextBlock(label=_("Text"), max_length=1000)


def in_languages(label: object, required: bool = True) -> blocks.ListBlock:
    return blocks.ListBlock(Asked(), min_num=1 if required else 0, label=label)


class OptionBlock(blocks.StructBlock):
    label = in_languages(_("What it says"))


class QuestionBlock(blocks.StructBlock):
    type = blocks.ChoiceBlock(choices=QuestionType.choices, default=QuestionType.TEXT, label=_("Type"))
    filled_by = blocks.ChoiceBlock(choices=FilledBy.choices, default=FilledBy.STAFF, label=_("Filled in by"))
    seen = blocks.ChoiceBlock(
        choices=[
            ("staff", _("Only the staff, always")),
            ("shown", _("Every home, when it is shown to them")),
            ("sealed", _("Every home, after the talk")),
            ("home", _("Only the home that wrote it, and the staff once it was handed in")),
        ],
        default="shown",
        label=_("Read by"),
        help_text=_("A home’s own part is read by that home and the staff; what is written together, after the talk."),
    )
    label = in_languages(_("Question"))
    help = in_languages(_("Help beside it"), required=False)
    options = blocks.ListBlock(
        OptionBlock(),
        min_num=0,
        label=_("Choices"),
        help_text=_("Where something is chosen: two or more. Nothing here grades, measures or ranks a child."),
    )

    class Meta:
        icon = "help"
        label = _("Question")


class SectionBlock(blocks.StructBlock):
    title = in_languages(_("Heading"))
    intro = in_languages(_("Words under the heading"), required=False)
    questions = blocks.ListBlock(QuestionBlock(), min_num=1, label=_("Questions"))

    class Meta:
        icon = "list-ul"
        label = _("Section")
