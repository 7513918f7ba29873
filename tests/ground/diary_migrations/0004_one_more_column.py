from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ground", "0003_remade")]

    operations = [migrations.AddField("Diary", "place", models.TextField(null=True))]
