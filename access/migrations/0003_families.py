import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_ways_in'),
        ('people', '0004_own_child_lifts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FamilyWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('said_at', models.DateTimeField()),
                ('paper', models.CharField(blank=True, max_length=300)),
                ('guardianship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='family_words', to='people.guardianship')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='words_recorded', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='HomeAsking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('asks', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='askings', to='people.guardianship')),
                ('whom', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='askings_of_others', to='people.guardianship')),
            ],
        ),
        migrations.CreateModel(
            name='OneGuardianNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(max_length=300)),
                ('noted_at', models.DateTimeField()),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='one_guardian_notes', to='people.child')),
                ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='guardian_notes', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('remind_on', models.DateField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('guardianship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders', to='people.guardianship')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reminders_written', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='WishedAdult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('legal', 'Legal guardian'), ('parent', 'Other parent'), ('carer', 'Close carer')], max_length=8)),
                ('label', models.CharField(blank=True, max_length=60)),
                ('reads_conferences', models.BooleanField(default=False)),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='adults', to='access.familyword')),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('given', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No')], max_length=3)),
                ('reads_conferences', models.BooleanField(default=False)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('paper', models.CharField(blank=True, max_length=300)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_asked_for', to=settings.AUTH_USER_MODEL)),
                ('guardianship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.guardianship')),
                ('legal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_asked', to='people.guardianship')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents_recorded', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('guardianship', 'legal'), name='access_consent_one_open', violation_error_message='This guardian is asked already.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('given', '')), models.Q(('answered_at__isnull', False), ('given', 'yes')), models.Q(('answered_at__isnull', False), ('closed_at__isnull', False), ('given', 'no')), _connector='OR'), name='access_consent_answer', violation_error_message='An answer has its day, and a no stands no longer.'), models.CheckConstraint(condition=models.Q(('guardianship', models.F('legal')), _negated=True), name='access_consent_other', violation_error_message='Nobody consents to their own access.')],
            },
        ),
        migrations.AddIndex(
            model_name='familyword',
            index=models.Index(fields=['guardianship', '-said_at'], name='access_familyword_newest'),
        ),
        migrations.AddConstraint(
            model_name='homeasking',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at__isnull', True)), fields=('asks', 'whom'), name='access_homeasking_once', violation_error_message='You have asked already.'),
        ),
        migrations.AddIndex(
            model_name='reminder',
            index=models.Index(condition=models.Q(('done_at__isnull', True)), fields=['remind_on'], name='access_reminder_open'),
        ),
    ]
