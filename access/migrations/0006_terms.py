import uuid

import django.core.validators
import django.db.models.deletion
import wagtail.fields
from django.conf import settings
from django.db import migrations, models

from ground.append_only import AppendOnly

KINDS = [("terms", "Terms of use"), ("privacy", "Privacy notice")]


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0005_reviews"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=10)),
                ("language", models.CharField(max_length=12)),
                ("edition", models.PositiveIntegerField()),
                ("title", models.CharField(max_length=200)),
                ("body", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "-edition"], name="access_frozen_newest")],
                "constraints": [models.UniqueConstraint(fields=("kind", "language", "edition", "digest"), name="access_frozen_once")],
            },
        ),
        migrations.CreateModel(
            name="TermsAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(choices=[("accepted", "Accepted"), ("declined", "Declined")], max_length=10)),
                ("at", models.DateTimeField()),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="terms_answers", to=settings.AUTH_USER_MODEL)),
                ("wording", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="access.frozenwording")),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-at"], name="access_termsanswer_latest")],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("live", models.BooleanField(default=True, editable=False, verbose_name="live")),
                ("has_unpublished_changes", models.BooleanField(default=False, editable=False, verbose_name="has unpublished changes")),
                ("first_published_at", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="first published at")),
                ("last_published_at", models.DateTimeField(editable=False, null=True, verbose_name="last published at")),
                ("go_live_at", models.DateTimeField(blank=True, null=True, verbose_name="go live date/time")),
                ("expire_at", models.DateTimeField(blank=True, null=True, verbose_name="expiry date/time")),
                ("expired", models.BooleanField(default=False, editable=False, verbose_name="expired")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("kind", models.CharField(choices=KINDS, max_length=10, verbose_name="Text")),
                ("language", models.CharField(help_text="A language code such as sv, so or ar. It need not be one of the site’s own.", max_length=12, validators=[django.core.validators.RegexValidator("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "A language code such as sv, so or ar.")], verbose_name="Language")),
                ("edition", models.PositiveIntegerField(default=1, help_text="Raise it when the text says something else than before: everybody is asked again. A corrected word or a translation keeps the number.", verbose_name="Edition")),
                ("title", models.CharField(max_length=200, verbose_name="Title")),
                ("body", wagtail.fields.RichTextField(verbose_name="Text")),
                ("latest_revision", models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="wagtailcore.revision", verbose_name="latest revision")),
                ("live_revision", models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="wagtailcore.revision", verbose_name="live revision")),
            ],
            options={
                "verbose_name": "wording",
                "verbose_name_plural": "wordings",
                "constraints": [models.UniqueConstraint(fields=("kind", "language"), name="access_wording_language", violation_error_message="There is a text of this kind in this language already.")],
            },
        ),
        AppendOnly("access", "FrozenWording"),
    ]
