from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ground", "0002_diary")]

    operations = [migrations.AddField("Diary", "mood", models.CharField(max_length=9, default="calm"))]
