from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ground", "0005_mood_is_erasable_too")]

    operations = [
        migrations.RenameField("Diary", "words", "said"),
        migrations.RenameModel("Diary", "Journal"),
    ]
