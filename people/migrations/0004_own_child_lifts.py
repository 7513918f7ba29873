import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ground.constraints

WHAT = [
    ('added', 'Adult noted for a child'),
    ('activated', 'Guardian activated'),
    ('inactivated', 'Guardian made inactive'),
    ('ended', 'Guardianship ended'),
    ('wished', 'Family said whom it wants in'),
    ('consented', 'Consent to another adult'),
    ('noted', 'Note about access'),
    ('homes_joined', 'Homes joined'),
    ('homes_separated', 'Homes separated'),
    ('duty', 'Duty changed'),
    ('pass', 'Pass given'),
    ('pass_ended', 'Pass ended before its time'),
    ('device', 'Shared device'),
    ('pin', 'PIN for shared devices'),
    ('review', 'Access reviewed'),
    ('terms', 'Terms of use'),
    ('held_back', 'Line of the reading log held back'),
    ('named', 'Special educator of a child'),
    ('own_child_lifted', 'Tie to an own child lifted'),
    ('group_opened', 'Group opened'),
    ('group_closed', 'Group closed'),
    ('blocked', 'Child blocked'),
    ('erased', 'Child erased'),
    ('setting', 'Setting changed'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('ground', '0001_job_runs'),
        ('people', '0003_rules_shown_and_closing_time'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accessevent',
            name='what',
            field=models.CharField(choices=WHAT, max_length=20),
        ),
        migrations.CreateModel(
            name='OwnChildLift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('child', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_child_lifts', to='people.child')),
                ('lifted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lifts_made', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='own_child_lifts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('begins_at'))), name='people_ownchildlift_order', violation_error_message='The lifted tie ends after it begins.'), ground.constraints.NoOverlap(fields=('person', 'child'), lower='begins_at', name='people_ownchildlift_once', upper='ends_at', violation_error_message='The tie is lifted already in that time.')],
            },
        ),
    ]
