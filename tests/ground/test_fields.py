import pytest
from cryptography.fernet import Fernet
from django.apps.registry import Apps
from django.core.exceptions import FieldError, ImproperlyConfigured, ValidationError
from django.db import DatabaseError, connection, models, transaction

from ground.fields import EncryptedTextField, IdListField, WrongKey, keyed_hash

throwaway = Apps(["ground"])


class Secret(models.Model):
    words = EncryptedTextField(null=True)

    class Meta:
        app_label = "ground"
        apps = throwaway


class Tagged(models.Model):
    goals = IdListField()

    class Meta:
        app_label = "ground"
        apps = throwaway


@pytest.fixture(scope="module", autouse=True)
def tables(make_tables):
    with make_tables(Secret, Tagged):
        yield


def stored(row):
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM ground_secret WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize("words", ["Alma är rädd för ålar", " ", "x" * 5000, "\N{FAMILY}\n"])
def test_encrypted_words_come_back_and_never_lie_plain_in_the_database(words):
    row = Secret.objects.create(words=words)
    assert Secret.objects.get(pk=row.pk).words == words
    assert words not in stored(row)
    assert stored(row).startswith("gAAAA")


@pytest.mark.django_db
def test_every_way_of_writing_encrypts():
    made = Secret.objects.bulk_create([Secret(words="ett hemligt ord"), Secret(words="ett annat hemligt ord")])
    Secret.objects.filter(pk=made[0].pk).update(words="nytt hemligt ord")
    made[1].words = "nyare hemligt ord"
    Secret.objects.bulk_update([made[1]], ["words"])
    assert [row.words for row in Secret.objects.order_by("pk")] == ["nytt hemligt ord", "nyare hemligt ord"]
    assert not [row for row in made if "hemligt" in stored(row)]


@pytest.mark.django_db
def test_nothing_and_emptiness_stay_what_they_are():
    assert stored(Secret.objects.create(words=None)) is None
    assert stored(Secret.objects.create(words="")) == ""
    assert Secret.objects.filter(words__isnull=True).count() == 1


@pytest.mark.django_db
def test_the_same_words_never_look_the_same_twice():
    assert stored(Secret.objects.create(words="lika")) != stored(Secret.objects.create(words="lika"))


@pytest.mark.django_db
def test_an_old_key_still_opens_and_the_newest_closes(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.FIELD_KEYS = [old]
    row = Secret.objects.create(words="skrivet förr")
    settings.FIELD_KEYS = [new, old]
    row = Secret.objects.get(pk=row.pk)
    assert row.words == "skrivet förr"
    row.save()
    assert Fernet(new).decrypt(stored(row)).decode() == "skrivet förr"
    settings.FIELD_KEYS = [new]
    assert Secret.objects.get(pk=row.pk).words == "skrivet förr"


@pytest.mark.django_db
def test_a_wrong_key_is_an_error_that_names_the_field_and_not_the_value(settings):
    row = Secret.objects.create(words="hemligt")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(WrongKey) as caught:
        Secret.objects.get(pk=row.pk)
    assert "ground.Secret.words" in str(caught.value)
    assert stored(row) not in str(caught.value)


@pytest.mark.django_db
def test_plain_words_that_got_into_the_column_are_not_taken_for_ours():
    row = Secret.objects.create(words="x")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ground_secret SET words = 'klartext' WHERE id = %s", [row.pk])
    with pytest.raises(WrongKey):
        Secret.objects.get(pk=row.pk)


@pytest.mark.parametrize("keys", [[], [""], ["no-fernet-key"]])
def test_bad_keys_are_named_by_their_setting_and_not_quoted(settings, keys):
    settings.FIELD_KEYS = keys
    with pytest.raises(ImproperlyConfigured) as caught:
        EncryptedTextField().get_prep_value("hej")
    assert "FIELD_KEYS" in str(caught.value)
    assert "no-fernet-key" not in str(caught.value)


@pytest.mark.parametrize("lookup", ["words", "words__exact", "words__icontains", "words__in", "words__lower"])
def test_nothing_can_be_searched_in_encrypted_words(lookup):
    with pytest.raises(FieldError):
        Secret.objects.filter(**{lookup: ["x"] if lookup.endswith("in") else "x"})


def test_a_keyed_hash_depends_on_value_purpose_and_key(settings):
    first = keyed_hash("201501012384", purpose="national-id")
    assert first == keyed_hash("201501012384", purpose="national-id")
    assert len(first) == 64
    settings.HASH_KEY, old = "another-key", settings.HASH_KEY
    others = {keyed_hash("201501012384", purpose="national-id")}
    settings.HASH_KEY = old
    others |= {keyed_hash("201501012385", purpose="national-id"), keyed_hash("201501012384", purpose="mail")}
    assert len(others | {first}) == 4


def test_a_keyed_hash_wants_a_key_and_a_purpose(settings):
    with pytest.raises(ValueError, match="purpose"):
        keyed_hash("x", purpose="")
    with pytest.raises(ValueError, match="purpose"):
        keyed_hash("x", purpose="a\0b")
    settings.HASH_KEY = ""
    with pytest.raises(ImproperlyConfigured):
        keyed_hash("x", purpose="mail")


@pytest.mark.django_db
@pytest.mark.parametrize("goals", [[], [7], [3, 1, 2], [2**31 - 1, 1]])
def test_a_list_of_ids_comes_back_as_it_was(goals):
    row = Tagged.objects.create(goals=goals)
    assert Tagged.objects.get(pk=row.pk).goals == goals
    assert Tagged.objects.get(goals=goals) == row


@pytest.mark.django_db
def test_rows_are_found_by_one_id_and_by_any_of_several():
    one, both, none = Tagged.objects.bulk_create([Tagged(goals=[1]), Tagged(goals=[1, 12]), Tagged()])
    assert set(Tagged.objects.filter(goals__has_id=1)) == {one, both}
    assert set(Tagged.objects.filter(goals__has_id=12)) == {both}
    assert set(Tagged.objects.filter(goals__has_id=2)) == set()
    assert set(Tagged.objects.filter(goals__has_any_id=[12, 99])) == {both}
    assert set(Tagged.objects.filter(goals__has_any_id=[])) == set()
    assert set(Tagged.objects.exclude(goals__has_id=12)) == {one, none}


@pytest.mark.django_db
def test_lists_are_updated_in_every_way():
    rows = Tagged.objects.bulk_create([Tagged(goals=[1]), Tagged(goals=[2])])
    Tagged.objects.filter(pk=rows[0].pk).update(goals=[5, 6])
    rows[1].goals = [7]
    Tagged.objects.bulk_update([rows[1]], ["goals"])
    assert [row.goals for row in Tagged.objects.order_by("pk")] == [[5, 6], [7]]


@pytest.mark.parametrize("goals", ["12", [True], ["1"], [0], [-1], [2**31], [None], 5, [1.0]])
def test_what_is_no_list_of_ids_is_refused(goals):
    with pytest.raises(ValidationError):
        Tagged._meta.get_field("goals").get_prep_value(goals)
    with pytest.raises(ValidationError):
        list(Tagged.objects.filter(goals__has_any_id=goals))


@pytest.mark.django_db
def test_the_database_itself_refuses_what_is_no_list():
    row = Tagged.objects.create(goals=[1])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ground_tagged SET goals = 'ett' WHERE id = %s", [row.pk])


def test_a_list_survives_serialisation_and_migrations():
    field = Tagged._meta.get_field("goals")
    assert field.to_python(field.value_to_string(Tagged(goals=[4, 2]))) == [4, 2]
    with pytest.raises(ValidationError):
        field.to_python("{")
    assert field.deconstruct()[1:] == ("ground.fields.IdListField", [], {"default": list, "editable": False})
    assert Secret._meta.get_field("words").deconstruct()[1] == "ground.fields.EncryptedTextField"
