from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("learninglog", "0001_entries"),
    ]

    operations = [
        migrations.AddField(
            model_name="homewords",
            name="search",
            field=models.TextField(blank=True, default="", editable=False),
        ),
    ]
