import datetime

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0002_names_in_the_office'),
    ]

    operations = [
        migrations.AddField(
            model_name='duty',
            name='shown_rules_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='unit',
            name='closes_at',
            field=models.TimeField(default=datetime.time(18, 0), db_default=datetime.time(18, 0)),
        ),
    ]
