import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("media_policy", "0001_pictures"),
        ("people", "0005_questions_and_answers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Clip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("uploaded_at", models.DateTimeField()),
                ("client_key", models.UUIDField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[("", "not known yet"), ("film", "Film"), ("sound", "Sound")],
                        default="",
                        max_length=5,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "being made ready"), ("ready", "ready"), ("refused", "not taken in")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("refusal", models.CharField(blank=True, default="", max_length=20)),
                ("progress", models.PositiveSmallIntegerField(default=0)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("raw_name", models.CharField(blank=True, default="", editable=False, max_length=60)),
                ("duration_ms", models.PositiveIntegerField(default=0)),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                (
                    "marking",
                    models.CharField(
                        choices=[
                            ("unmarked", "Nobody has said who is in it"),
                            ("nobody", "Nobody can be recognised"),
                            ("children", "These children can be recognised"),
                        ],
                        default="unmarked",
                        max_length=10,
                    ),
                ),
                ("marked_at", models.DateTimeField(null=True)),
                ("erased_at", models.DateTimeField(null=True)),
                (
                    "marked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clips", to="people.organisation"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clips", to="people.unit"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploaded_clips",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClipErasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("erased_at", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("removed", "Removed by a person"),
                            ("unused", "Nothing used it"),
                            ("child", "A child was erased"),
                            ("retention", "Its time had passed"),
                        ],
                        max_length=10,
                    ),
                ),
                ("files", models.PositiveSmallIntegerField()),
                (
                    "clip",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="erasure", to="media_policy.clip"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClipFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("play", "what is played"), ("poster", "the picture in its place")], max_length=10
                    ),
                ),
                ("etag", models.CharField(editable=False, max_length=40, unique=True)),
                ("storage_name", models.CharField(editable=False, max_length=120, unique=True)),
                ("content_type", models.CharField(max_length=40)),
                ("byte_size", models.PositiveBigIntegerField()),
                (
                    "clip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="files", to="media_policy.clip"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClipSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clip_subjects", to="people.child"
                    ),
                ),
                (
                    "clip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="media_policy.clip"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClipUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("target", models.SlugField(max_length=20)),
                ("about", models.UUIDField()),
                ("client_key", models.UUIDField(editable=False)),
                ("raw_name", models.CharField(editable=False, max_length=60, unique=True)),
                ("size", models.PositiveBigIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("touched_at", models.DateTimeField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.organisation"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.unit"),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="clip",
            index=models.Index(
                condition=models.Q(("erased_at", None)), fields=["uploaded_at"], name="media_policy_clip_at"
            ),
        ),
        migrations.AddConstraint(
            model_name="clip",
            constraint=models.UniqueConstraint(
                fields=("uploaded_by", "client_key"),
                name="media_policy_clip_client_key",
                violation_error_message="This file has been sent already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("erased_at__isnull", True), ("uploaded_by__isnull", False)),
                    models.Q(
                        ("client_key__isnull", True),
                        ("duration_ms", 0),
                        ("erased_at__isnull", False),
                        ("height", 0),
                        ("marked_by__isnull", True),
                        ("marking", "unmarked"),
                        ("raw_name", ""),
                        ("uploaded_by__isnull", True),
                        ("width", 0),
                    ),
                    _connector="OR",
                ),
                name="media_policy_clip_whole_or_empty",
                violation_error_message="An erased film or recording keeps nothing.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clip",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "waiting"), ("raw_name", ""), _connector="OR"),
                name="media_policy_clip_raw_only_while_waiting",
                violation_error_message="The raw file is kept only until it has been made ready.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clipfile",
            constraint=models.UniqueConstraint(
                fields=("clip", "purpose"),
                name="media_policy_clipfile_once",
                violation_error_message="There is a file for this purpose already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clipsubject",
            constraint=models.UniqueConstraint(
                fields=("clip", "child"),
                name="media_policy_clipsubject_once",
                violation_error_message="The child is marked in it already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clipupload",
            constraint=models.UniqueConstraint(
                fields=("uploaded_by", "client_key"),
                name="media_policy_clipupload_client_key",
                violation_error_message="This file is being sent already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="clipupload",
            constraint=models.CheckConstraint(
                condition=models.Q(("received__lte", models.F("size"))),
                name="media_policy_clipupload_received",
                violation_error_message="More came than was announced.",
            ),
        ),
    ]
