"""Finding by words. Families search what was shared with their own child, never a name; staff search working copies.

A word is found at the beginning or inside of another one, so that "löv" finds "höstlöven"; PostgreSQL also finds other
forms of it, in the language the entry is written in. Punctuation is no part of a search: it could count children.
"""

import re
from typing import Any

from django.db import connections
from django.db.models import Exists, OuterRef, Q, QuerySet

from ground.text import casefolded
from learninglog import mentions
from learninglog.models import EntryChild
from people.models import Child
from visibility import rule
from visibility.viewer import Viewer

MOST_WORDS = 8
CONFIGS = {"sv": "swedish", "nb": "norwegian", "en": "english"}


def terms(text: str) -> list[str]:
    """The words of a search, casefolded; more than eight say nothing more."""
    return re.findall(r"[^\W_]+", casefolded(text[:200]))[:MOST_WORDS]


def in_publications(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Publications whose own family may find them by these words."""
    return _found(rows, terms(text), "version__language")


def in_words(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Words from home with these words."""
    return _found(rows, terms(text), "")


def in_entries(rows: QuerySet[Any], text: str, viewer: Viewer) -> QuerySet[Any]:
    """Entries by their words, or by the names of children on them that this viewer is tied to now."""
    wanted = terms(text)
    known = _labels(viewer) if wanted else []
    left = []
    for word in wanted:
        keys = [label.child_id for label in known if word in terms(label.text)]
        if not keys:
            left.append(word)
            continue
        named = EntryChild.objects.filter(entry=OuterRef("pk"), child__in=keys, left_out=False)
        rows = rows.filter(Q(Exists(named)) | Q(search__contains=word))
    return _found(rows, left, "language")


def _labels(viewer: Viewer) -> list[mentions.Label]:
    rows = Child.objects.unblocked().filter(rule.knows(viewer, "ENTRY", "pk")).order_by("pk")
    return mentions.labels(rows.values_list("pk", "given_name", "family_name"))


def _found(rows: QuerySet[Any], wanted: list[str], language: str) -> QuerySet[Any]:
    if not wanted:
        return rows
    plain = Q()
    for word in wanted:
        plain &= Q(search__contains=word)
    if connections[rows.db].vendor != "postgresql":
        return rows.filter(plain)
    return _with_full_text(rows, plain, wanted, language)


def _with_full_text(rows: QuerySet[Any], plain: Q, wanted: list[str], language: str) -> QuerySet[Any]:
    from django.contrib.postgres.search import SearchQuery, SearchVector

    query = " & ".join(f"{word}:*" for word in wanted)
    if not language:
        rows = rows.alias(lexemes=SearchVector("search", config="simple"))
        return rows.filter(plain | Q(lexemes=SearchQuery(query, config="simple", search_type="raw")))
    for code, config in CONFIGS.items():
        rows = rows.alias(**{f"lexemes_{code}": SearchVector("search", config=config)})
        forms = Q(**{f"lexemes_{code}": SearchQuery(query, config=config, search_type="raw"), language: code})
        plain |= forms
    return rows.filter(plain)
