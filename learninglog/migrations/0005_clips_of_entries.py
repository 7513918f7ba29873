import django.db.models.deletion
from django.db import migrations, models

from ground.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("learninglog", "0004_marks_as_confirmed"),
        ("media_policy", "0002_clips"),
        ("people", "0005_questions_and_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="VersionClip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("caption", models.CharField(blank=True, default="", max_length=300)),
                ("words", models.TextField(blank=True, default="")),
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
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "clip",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version_clips",
                        to="media_policy.clip",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clips",
                        to="learninglog.sharedversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EntryClip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("caption", models.CharField(blank=True, default="", max_length=300)),
                ("words", models.TextField(blank=True, default="")),
                (
                    "clip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entry_clips", to="media_policy.clip"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entry_clips", to="learninglog.entry"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("entry", "clip"), name="learninglog_entryclip_once")],
            },
        ),
        migrations.CreateModel(
            name="VersionClipSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version_clips",
                        to="people.child",
                    ),
                ),
                (
                    "version_clip",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="learninglog.versionclip",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("version_clip", "child"), name="learninglog_versionclipsubject_once"
                    )
                ],
            },
        ),
        AppendOnly(
            "learninglog",
            "VersionClip",
            erasable={"clip": None, "caption": "", "words": "", "marking": "unmarked"},
        ),
        AppendOnly("learninglog", "VersionClipSubject", erasable={"child": None}),
    ]
