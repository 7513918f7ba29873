import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

HATS = [("guardian", "Guardian"), ("staff", "Staff"), ("school", "School"), ("office", "Office")]


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0001_notices"),
        ("people", "0001_facts_with_dates"),
        ("sessions", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempts",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=64)),
                ("refused", models.PositiveIntegerField(default=0)),
                ("last_at", models.DateTimeField()),
                ("open_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "attempts",
                "indexes": [models.Index(fields=["last_at"], name="access_attempts_old")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "key"),
                        name="access_attempts_once",
                        violation_error_message="Attempts are counted once.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("hat", models.CharField(choices=HATS, max_length=8)),
                (
                    "strength",
                    models.PositiveSmallIntegerField(choices=[(1, "low"), (2, "substantial"), (3, "high")]),
                ),
                ("way", models.CharField(max_length=40)),
                ("device", models.CharField(blank=True, max_length=60)),
                ("there", models.CharField(blank=True, db_index=True, default="", max_length=64)),
                ("began_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "session",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="open_session",
                        to="sessions.session",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["person", "-seen_at"], name="access_opensession_person")],
            },
        ),
        migrations.CreateModel(
            name="SignInCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("hat", models.CharField(choices=HATS, max_length=8)),
                ("code_hash", models.CharField(max_length=64, unique=True)),
                (
                    "identified",
                    models.CharField(
                        choices=[
                            ("document", "Showed an identity document"),
                            ("known", "Is known to me in person"),
                            ("vouched", "Somebody who showed a document vouched"),
                        ],
                        max_length=8,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
                ("void_at", models.DateTimeField(blank=True, null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_in_codes_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_codes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("made_at"))),
                        name="access_signincode_order",
                        violation_error_message="A code ends after it was made.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("used_at__isnull", True), ("void_at__isnull", True), _connector="OR"),
                        name="access_signincode_used_or_void",
                        violation_error_message="A code was either used or made void.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SignInSetting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("without_e_id", models.BooleanField()),
                ("changed_at", models.DateTimeField()),
                (
                    "organisation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_in_setting",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
    ]
