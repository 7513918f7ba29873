import django.db.models.deletion
from django.db import migrations, models

from ground.append_only import AppendOnly, Guard


def keep_marks(apps, schema_editor):
    """What was shared before this shows its pictures by the marks of today: they become what was confirmed."""
    pictures = apps.get_model("learninglog", "VersionPicture")
    subjects = apps.get_model("learninglog", "VersionSubject")
    marks = apps.get_model("media_policy", "PictureSubject")
    Guard(pictures, {}, schema_editor.connection).lift()
    for marking in ("nobody", "children"):
        marked = pictures.objects.filter(picture__marking=marking)
        pictures.objects.filter(pk__in=marked.values("pk")).update(marking=marking)
    held = pictures.objects.filter(marking="children").order_by("pk").values_list("pk", "picture_id")
    for start in range(0, held.count(), 1000):
        some = list(held[start : start + 1000])
        children = {}
        rows = marks.objects.filter(picture__in=[picture for _key, picture in some]).order_by("pk")
        for picture, child in rows.values_list("picture_id", "child_id"):
            children.setdefault(picture, []).append(child)
        subjects.objects.bulk_create(
            subjects(version_picture_id=key, child_id=child)
            for key, picture in some
            for child in children.get(picture, ())
        )


class Migration(migrations.Migration):
    dependencies = [
        ("learninglog", "0003_second_lines_and_sensitive_words"),
        ("media_policy", "0001_pictures"),
        ("people", "0001_facts_with_dates"),
    ]

    operations = [
        migrations.AddField(
            model_name="versionpicture",
            name="marking",
            field=models.CharField(
                choices=[
                    ("unmarked", "Nobody has said who is in the picture"),
                    ("nobody", "Nobody can be recognised"),
                    ("children", "These children can be recognised"),
                ],
                default="unmarked",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="VersionSubject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="version_subjects",
                        to="people.child",
                    ),
                ),
                (
                    "version_picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="subjects",
                        to="learninglog.versionpicture",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["version_picture", "child"], name="learninglog_versionsubject_once"
                    )
                ],
            },
        ),
        migrations.RunPython(keep_marks, migrations.RunPython.noop),
        AppendOnly(
            "learninglog",
            "VersionPicture",
            erasable={"picture": None, "caption": "", "alt": "", "marking": "unmarked"},
        ),
        AppendOnly("learninglog", "VersionSubject", erasable={"child": None}),
    ]
