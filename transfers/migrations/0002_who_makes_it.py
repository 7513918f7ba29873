from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("transfers", "0001_transfers")]

    operations = [
        migrations.AddField(
            model_name="package",
            name="claim",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="package",
            name="claimed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
