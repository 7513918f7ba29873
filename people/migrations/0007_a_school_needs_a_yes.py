from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_holder_of_conferences")]

    operations = [
        migrations.AddConstraint(
            model_name="questionsetting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("basis", "consent"), models.Q(("question__startswith", "school_"), _negated=True), _connector="OR"
                ),
                name="people_questionsetting_school",
                violation_error_message="A school sees nothing without a yes.",
            ),
        ),
    ]
