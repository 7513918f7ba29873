"""No template says a word of its own: all that people read goes through the catalogues."""

import re

import jinja2
import pytest

from scripts import messages

TEMPLATES = sorted(path for kind in ("html", "txt") for path in (messages.ROOT / "templates").rglob(f"*.{kind}"))
READ_ALOUD = re.compile(r"\b(?:aria-label|aria-description|title|alt|placeholder)=\"([^\"\x00]*[^\W\d_]{2}[^\"]*)\"")
NOT_READ = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
# A set block may build a list of classes or attributes outside any tag.
MADE_FOR_TAGS = re.compile(r"[\w-]+=\"[^\"]*\"|\b[a-z]+-[a-z-]*|\bbutton\b")
WORD = re.compile(r"[^\W\d_]{2,}")
ENVIRONMENT = jinja2.Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


def bare_words(source):
    """Words between the tags, and in attributes that are read aloud, that stand outside every expression."""
    text, translated = [], False
    for _line, kind, value in ENVIRONMENT.lex(source):
        if kind == "name" and value in {"trans", "endtrans"}:
            translated = value == "trans"
        if kind == "data" and not translated:
            text.append(value)
        elif kind in {"variable_begin", "block_begin"}:
            text.append("\x00")
    whole = "".join(text)
    between = MADE_FOR_TAGS.sub(" ", NOT_READ.sub("\n", whole).replace("\x00", " "))
    return READ_ALOUD.findall(whole) + WORD.findall(between)


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 50


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(messages.ROOT).as_posix())
def test_a_template_holds_no_words_outside_the_catalogues(template):
    assert bare_words(template.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Hello</p>",
        '<p>{{ name }} said <b>{{ _("yes") }}</b></p>',
        '<img alt="A red ball" src="{{ href }}">',
        "{% trans %}Hello{% endtrans %} you",
    ],
)
def test_bare_words_would_be_found(source):
    assert bare_words(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p class="quiet small">{{ _("Hello") }}</p>',
        "{% trans %}Hello{% endtrans %}",
        '{# Why it is so. #}<img alt="{{ picture.alt }}">',
        "{% set classes %}button is-{{ kind }}{% endset %}",
    ],
)
def test_names_of_classes_and_comments_are_no_words(source):
    assert bare_words(source) == []
