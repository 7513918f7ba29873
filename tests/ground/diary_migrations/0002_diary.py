from django.db import migrations, models

from ground.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_job_runs")]

    operations = [
        migrations.CreateModel(
            name="Diary",
            fields=[
                ("id", models.BigAutoField(primary_key=True)),
                ("text", models.TextField()),
                ("erased_at", models.DateTimeField(null=True)),
            ],
        ),
        AppendOnly("ground", "Diary", erasable={"text": ""}),
    ]
