import django.db.models.deletion
from django.db import migrations, models

from ground.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("learninglog", "0005_clips_of_entries"),
        ("media_policy", "0003_cropped_and_covered"),
    ]

    operations = [
        migrations.AddField(
            model_name="entrypicture",
            name="stands_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="stand_ins",
                to="learninglog.entrypicture",
            ),
        ),
        migrations.AddField(
            model_name="versionpicture",
            name="stands_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stand_ins",
                to="learninglog.versionpicture",
            ),
        ),
        AppendOnly(
            "learninglog",
            "VersionPicture",
            erasable={"picture": None, "caption": "", "alt": "", "marking": "unmarked"},
        ),
    ]
