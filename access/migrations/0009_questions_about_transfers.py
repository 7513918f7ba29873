from django.db import migrations, models

KINDS = [
    ("terms", "Terms of use"),
    ("privacy", "Privacy notice"),
    ("photograph", "Question: being photographed"),
    ("film", "Question: being filmed or recorded"),
    ("other_families", "Question: being shown to other families"),
    ("print", "Question: appearing in print"),
    ("profile", "Question: a profile picture"),
    ("school_log", "Question: the log to the school"),
    ("school_conferences", "Question: the conferences to the school"),
    ("preschool_log", "Question: the log to a next preschool"),
    ("preschool_conferences", "Question: the conferences to a next preschool"),
]


class Migration(migrations.Migration):
    dependencies = [("access", "0008_answers_and_their_wordings")]

    operations = [
        migrations.AlterField(
            model_name="frozenwording",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=30),
        ),
        migrations.AlterField(
            model_name="wording",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=30, verbose_name="Text"),
        ),
    ]
