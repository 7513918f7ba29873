import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ground.append_only import AppendOnly


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0004_own_child_lifts'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuestionSetting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.SlugField(max_length=60)),
                ('basis', models.CharField(choices=[('consent', 'Consent: only a yes allows it'), ('objection', 'Objection: a no stops it')], max_length=10)),
                ('silence_is_yes', models.BooleanField(default=False)),
                ('yearly', models.BooleanField(default=False)),
                ('answering_days', models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)])),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Round',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('question', models.SlugField(max_length=60)),
                ('put_at', models.DateTimeField()),
                ('answers_until', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='RoundChild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('erased_at', models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name='answer',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['guardianship', 'question', '-given_at'], name='people_answer_of_guardian'),
        ),
        migrations.AddField(
            model_name='questionsetting',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='questionsetting',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='question_settings', to='people.organisation'),
        ),
        migrations.AddField(
            model_name='round',
            name='group',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='people.group'),
        ),
        migrations.AddField(
            model_name='round',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='people.organisation'),
        ),
        migrations.AddField(
            model_name='roundchild',
            name='child',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='people.child'),
        ),
        migrations.AddField(
            model_name='roundchild',
            name='round',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='children', to='people.round'),
        ),
        migrations.AddIndex(
            model_name='questionsetting',
            index=models.Index(fields=['organisation', 'question', '-at'], name='people_questionsetting_newest'),
        ),
        migrations.AddConstraint(
            model_name='questionsetting',
            constraint=models.CheckConstraint(condition=models.Q(('silence_is_yes', False), ('basis', 'consent'), _connector='OR'), name='people_questionsetting_silence', violation_error_message='Silence means something only where a yes is asked for.'),
        ),
        migrations.AddConstraint(
            model_name='questionsetting',
            constraint=models.CheckConstraint(condition=models.Q(('answering_days__gte', 1), ('answering_days__lte', 90)), name='people_questionsetting_days', violation_error_message='Between one and ninety days to answer in.'),
        ),
        migrations.AddIndex(
            model_name='round',
            index=models.Index(fields=['organisation', 'question', '-put_at'], name='people_round_newest'),
        ),
        migrations.AddConstraint(
            model_name='round',
            constraint=models.CheckConstraint(condition=models.Q(('answers_until__gt', models.F('put_at'))), name='people_round_order', violation_error_message='There is time to answer after a question was put.'),
        ),
        migrations.AddConstraint(
            model_name='roundchild',
            constraint=models.UniqueConstraint(fields=('round', 'child'), name='people_roundchild_once'),
        ),
        AppendOnly("people", "QuestionSetting"),
        AppendOnly("people", "Round"),
        AppendOnly("people", "RoundChild", erasable={"child": None}),
        AppendOnly("people", "Answer", erasable={"value": "", "wording": ""}),
    ]
