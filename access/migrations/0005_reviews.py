import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KINDS = [
    ("no_sign_in", "Has not signed in for sixty days"),
    ("without_group", "Duty without a group"),
    ("rules_not_shown", "Has not been shown the rules"),
    ("ended_placement", "In a group without a place at the unit"),
    ("pass_given", "Was here on a pass"),
    ("terms_declined", "Has declined the terms: is reached another way"),
    ("open_group", "The group is open: its families know of each other"),
    ("lifted_tie", "The tie to an own child was lifted"),
    ("duty", "Works here"),
]
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0004_shared_devices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("month", models.DateField(help_text="The first day of the month.")),
                ("opened_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("remark", models.TextField(blank=True, default="")),
                ("signed_by", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="reviews_signed", to=settings.AUTH_USER_MODEL)),
                ("unit", models.ForeignKey(on_delete=PROTECT, related_name="reviews", to="people.unit")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "month"), name="access_review_month", violation_error_message="The unit has a review for this month."),
                    models.CheckConstraint(condition=models.Q(models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)), models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)), _connector="OR"), name="access_review_signed", violation_error_message="A review is signed by somebody."),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=KINDS, max_length=20)),
                ("day", models.DateField(blank=True, null=True)),
                ("detail", models.CharField(blank=True, default="", max_length=40)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("seen_at", models.DateTimeField()),
                ("child", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="review_lines", to="people.child")),
                ("group", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="review_lines", to="people.group")),
                ("person", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="review_lines", to=settings.AUTH_USER_MODEL)),
                ("review", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="access.review")),
                ("seen_by", models.ForeignKey(on_delete=PROTECT, related_name="review_lines_seen", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["review", "kind"], name="access_reviewline_kind")],
            },
        ),
        migrations.CreateModel(
            name="RoutineReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("half", models.DateField(help_text="The first day of the half-year.")),
                ("opened_at", models.DateTimeField()),
                ("signed_at", models.DateTimeField(blank=True, null=True)),
                ("holds", models.TextField(blank=True, default="")),
                ("changes", models.TextField(blank=True, default="")),
                ("organisation", models.ForeignKey(on_delete=PROTECT, related_name="routine_reviews", to="people.organisation")),
                ("signed_by", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="routine_reviews_signed", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "half"), name="access_routine_half", violation_error_message="The routine has a review for this half-year."),
                ],
            },
        ),
    ]
