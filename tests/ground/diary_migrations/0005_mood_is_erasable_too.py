from django.db import migrations

from ground.append_only import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("ground", "0004_one_more_column")]

    operations = [
        migrations.RenameField("Diary", "text", "words"),
        AppendOnly("ground", "Diary", erasable={"words": "", "mood": ""}),
    ]
