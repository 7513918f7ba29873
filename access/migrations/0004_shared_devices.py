import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0003_families"),
        ("people", "0003_rules_shown_and_closing_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Device",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("key_digest", models.CharField(max_length=64, unique=True)),
                ("code", models.CharField(blank=True, default="", max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("name", models.CharField(blank=True, default="", max_length=60)),
                ("paired_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("group", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="devices", to="people.group")),
                ("paired_by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="devices_paired", to=settings.AUTH_USER_MODEL)),
                ("person", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="device", to=settings.AUTH_USER_MODEL)),
                ("unit", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="devices", to="people.unit")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=models.Q(("code", ""), _negated=True), fields=("code",), name="access_device_code", violation_error_message="Another tablet shows this code."),
                    models.CheckConstraint(condition=models.Q(("paired_at__isnull", True), models.Q(("code", ""), ("paired_by__isnull", False), ("person__isnull", False), ("unit__isnull", False)), _connector="OR"), name="access_device_paired", violation_error_message="A paired tablet belongs to a unit."),
                    models.CheckConstraint(condition=models.Q(("revoked_at__isnull", True), ("paired_at__isnull", False), _connector="OR"), name="access_device_revoked", violation_error_message="Only a paired tablet can be revoked."),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hashed", models.CharField(max_length=255)),
                ("set_at", models.DateTimeField()),
                ("wrong", models.PositiveIntegerField(default=0)),
                ("locked_until", models.DateTimeField(blank=True, null=True)),
                ("person", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="pin", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name="Letter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("pass_given", "A pass was given"), ("review_open", "The monthly review is open"), ("review_waits", "The monthly review waits")], max_length=20)),
                ("day", models.DateField()),
                ("written_at", models.DateTimeField()),
                ("claimed_at", models.DateTimeField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("person", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="letters", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "kind", "day"), name="access_letter_once_a_day", violation_error_message="This person has got today’s mail about it."),
                ],
            },
        ),
    ]
