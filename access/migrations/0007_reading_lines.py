import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0006_terms"),
        ("visibility", "0001_reading_log"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HeldLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ground", models.CharField(max_length=300)),
                ("until", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=PROTECT, related_name="lines_held", to=settings.AUTH_USER_MODEL)),
                ("child", models.ForeignKey(on_delete=PROTECT, related_name="held_lines", to="people.child")),
                ("line", models.ForeignKey(on_delete=PROTECT, related_name="held", to="visibility.readingline")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("line", "child"), name="access_heldline_once", violation_error_message="The line is held back already.")],
            },
        ),
        migrations.CreateModel(
            name="LineQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("asked_at", models.DateTimeField()),
                ("text", models.TextField(blank=True, default="")),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_by", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="line_answers", to=settings.AUTH_USER_MODEL)),
                ("asked_by", models.ForeignKey(on_delete=PROTECT, related_name="line_questions", to=settings.AUTH_USER_MODEL)),
                ("child", models.ForeignKey(on_delete=PROTECT, related_name="line_questions", to="people.child")),
                ("line", models.ForeignKey(on_delete=PROTECT, related_name="questions", to="visibility.readingline")),
            ],
            options={
                "constraints": [models.UniqueConstraint(condition=models.Q(("answered_at__isnull", True)), fields=("line", "child", "asked_by"), name="access_linequestion_open", violation_error_message="You have asked about this line; the answer is on its way.")],
            },
        ),
    ]
