"""What is pointed out while somebody writes: never sent away, never in the way."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from learninglog import sensitive
from learninglog.models import SensitiveWord
from tests.entries import write
from tests.learninglog.staff.conftest import filled, href

SAMPLES = json.loads((Path(__file__).parent.parent / "sensitive_samples.json").read_text(encoding="utf-8"))
WORDS = [("diabet*", "health"), ("diagnos*", "health"), ("adhd", "health"), ("ångest*", "health")]


@pytest.mark.parametrize(("text", "found"), SAMPLES)
def test_numbers_and_words_are_found_where_they_stand(text, found):
    assert [finding.word for finding in sensitive.findings([text], WORDS)] == found


@pytest.mark.django_db
def test_the_words_that_come_with_the_product_are_loaded_once_and_the_office_has_the_last_say():
    call_command("load_sensitive_words", verbosity=0)
    loaded = SensitiveWord.objects.count()
    assert {row.language for row in SensitiveWord.objects.all()} == {"sv", "nb", "en"}
    SensitiveWord.objects.filter(word="adhd").update(in_use=False)
    call_command("load_sensitive_words", verbosity=0)
    assert SensitiveWord.objects.count() == loaded
    assert "adhd" not in dict(sensitive.words())


@pytest.mark.django_db
def test_a_word_of_the_office_is_folded_and_has_its_star_at_the_end():
    word = SensitiveWord(language="sv", word=" Ångest* ")
    word.clean()
    assert word.word == "ångest*"
    for wrong in ("*", "a*", "a*b"):
        with pytest.raises(ValidationError):
            SensitiveWord(language="sv", word=wrong).clean()


@pytest.mark.django_db
def test_it_is_pointed_out_beside_the_draft_and_blocks_nothing(cast, at):
    SensitiveWord.objects.create(language="en", word="asthma", kind="health")
    entry = write(cast, cast.bo)
    cecilia = at("cecilia")
    page = cecilia.get(href("compose", entry=entry)).content.decode()
    form = filled(page, text="He has asthma, 20130512-2386.", do="next")
    assert cecilia.post(href("save", entry=entry), form).url == href("share", entry=entry)
    beside = cecilia.get(href("compose", entry=entry)).content.decode()
    assert "<b>asthma</b>" in beside
    assert "<b>20130512-2386</b>" in beside
    assert 'name="confirmed"' in cecilia.get(href("share", entry=entry)).content.decode()
