import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('access', '0002_ways_in'),
        ('media_policy', '0001_pictures'),
        ('people', '0004_own_child_lifts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('medium', models.CharField(choices=[('paper', 'On paper'), ('orally', 'Said in person')], max_length=8)),
                ('said_on', models.DateField()),
                ('identified', models.CharField(choices=[('eid', 'E-ID shown'), ('passport', 'Passport or national identity card'), ('licence', 'Driving licence'), ('known', 'Known in person'), ('other', 'In another way')], max_length=8)),
                ('identified_words', models.CharField(blank=True, max_length=200)),
                ('interpreter', models.CharField(blank=True, max_length=200)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('client_key', models.UUIDField(default=uuid.uuid4, editable=False)),
                ('guardianship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='people.guardianship')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings_made', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='RecordedPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveSmallIntegerField()),
                ('picture', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recorded_pages', to='media_policy.picture')),
                ('recording', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pages', to='access.recording')),
            ],
        ),
        migrations.CreateModel(
            name='FamilyWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('said_at', models.DateTimeField()),
                ('guardianship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='family_words', to='people.guardianship')),
                ('recording', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='family_words', to='access.recording')),
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
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_asked_for', to=settings.AUTH_USER_MODEL)),
                ('guardianship', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='people.guardianship')),
                ('legal', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents_asked', to='people.guardianship')),
                ('recording', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='access.recording')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('closed_at__isnull', True)), fields=('guardianship', 'legal'), name='access_consent_one_open', violation_error_message='This guardian is asked already.'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('given', '')), models.Q(('answered_at__isnull', False), ('given', 'yes')), models.Q(('answered_at__isnull', False), ('closed_at__isnull', False), ('given', 'no')), _connector='OR'), name='access_consent_answer', violation_error_message='An answer has its day, and a no stands no longer.'), models.CheckConstraint(condition=models.Q(('recording__isnull', True), models.Q(('given', ''), _negated=True), _connector='OR'), name='access_consent_recorded', violation_error_message='Only an answer is written down.'), models.CheckConstraint(condition=models.Q(('guardianship', models.F('legal')), _negated=True), name='access_consent_other', violation_error_message='Nobody consents to their own access.')],
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
        migrations.AddConstraint(
            model_name='recording',
            constraint=models.UniqueConstraint(fields=('recorded_by', 'client_key'), name='access_recording_client_key', violation_error_message='This has been written down already.'),
        ),
        migrations.AddConstraint(
            model_name='recording',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('identified', ''), _negated=True), models.Q(models.Q(('identified', 'other'), _negated=True), models.Q(('identified_words', ''), _negated=True), _connector='OR')), name='access_recording_identified', violation_error_message='Say how the person was identified.'),
        ),
        migrations.AddConstraint(
            model_name='recordedpage',
            constraint=models.UniqueConstraint(fields=('picture',), name='access_recordedpage_picture', violation_error_message='This picture is a page of another paper already.'),
        ),
        migrations.AddConstraint(
            model_name='recordedpage',
            constraint=models.UniqueConstraint(fields=('recording', 'position'), name='access_recordedpage_position', violation_error_message='There is another page in this place.'),
        ),
        migrations.AddConstraint(
            model_name='recordedpage',
            constraint=models.CheckConstraint(condition=models.Q(('position__lt', 10)), name='access_recordedpage_most', violation_error_message='A paper has ten pages at most.'),
        ),
    ]
