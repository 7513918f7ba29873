import django.core.validators
import django.db.models.deletion
import ground.constraints
import uuid
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0097_baselogentry_uuid_action_timestamp_indexes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        ground.constraints.BtreeGist(),
        migrations.CreateModel(
            name='Framework',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('shipped', models.JSONField(blank=True, default=dict, editable=False)),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('family', models.CharField(help_text='The same for all editions of one curriculum, such as LPFO18.', max_length=40, verbose_name='family')),
                ('country', models.CharField(choices=[('SE', 'Sweden'), ('NO', 'Norway')], max_length=2, verbose_name='country')),
                ('language', models.CharField(choices=[('sv', 'Swedish'), ('nb', 'Norwegian Bokmål'), ('en', 'English')], max_length=5, verbose_name='language of the official text')),
                ('title_sv', models.CharField(blank=True, max_length=120, verbose_name='title in Swedish')),
                ('title_nb', models.CharField(blank=True, max_length=120, verbose_name='title in Norwegian Bokmål')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title in English')),
                ('valid_from', models.DateField(verbose_name='in force from')),
                ('valid_until', models.DateField(blank=True, help_text='The first day on which it is not in force.', null=True, verbose_name='no longer in force on')),
                ('source_url', models.CharField(blank=True, max_length=500, validators=[django.core.validators.URLValidator(schemes=['https'])], verbose_name='the official text')),
                ('confirmed', models.BooleanField(default=False, help_text='The organisation has read the wording and stands behind it.', verbose_name='confirmed')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': 'framework',
                'verbose_name_plural': 'frameworks',
                'ordering': ['country', 'family', '-valid_from', 'code'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('shipped', models.JSONField(blank=True, default=dict, editable=False)),
                ('search_sv', models.TextField(blank=True, default='', editable=False)),
                ('search_nb', models.TextField(blank=True, default='', editable=False)),
                ('search_en', models.TextField(blank=True, default='', editable=False)),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('label_sv', models.CharField(blank=True, max_length=60, verbose_name='label in Swedish')),
                ('label_nb', models.CharField(blank=True, max_length=60, verbose_name='label in Norwegian Bokmål')),
                ('label_en', models.CharField(blank=True, max_length=60, verbose_name='label in English')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
                ('parent', models.ForeignKey(blank=True, help_text='The heading that this area is a part of, if any.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='curriculum.area', verbose_name='part of')),
                ('framework', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='areas', to='curriculum.framework', verbose_name='framework')),
            ],
            options={
                'verbose_name': 'area',
                'verbose_name_plural': 'areas',
                'ordering': ['framework_id', 'order', 'code'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Goal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('live', models.BooleanField(default=True, editable=False, verbose_name='live')),
                ('has_unpublished_changes', models.BooleanField(default=False, editable=False, verbose_name='has unpublished changes')),
                ('first_published_at', models.DateTimeField(blank=True, db_index=True, null=True, verbose_name='first published at')),
                ('last_published_at', models.DateTimeField(editable=False, null=True, verbose_name='last published at')),
                ('go_live_at', models.DateTimeField(blank=True, null=True, verbose_name='go live date/time')),
                ('expire_at', models.DateTimeField(blank=True, null=True, verbose_name='expiry date/time')),
                ('expired', models.BooleanField(default=False, editable=False, verbose_name='expired')),
                ('locked', models.BooleanField(default=False, editable=False, verbose_name='locked')),
                ('locked_at', models.DateTimeField(editable=False, null=True, verbose_name='locked at')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('shipped', models.JSONField(blank=True, default=dict, editable=False)),
                ('search_sv', models.TextField(blank=True, default='', editable=False)),
                ('search_nb', models.TextField(blank=True, default='', editable=False)),
                ('search_en', models.TextField(blank=True, default='', editable=False)),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('label_sv', models.CharField(blank=True, max_length=60, verbose_name='short label in Swedish')),
                ('label_nb', models.CharField(blank=True, max_length=60, verbose_name='short label in Norwegian Bokmål')),
                ('label_en', models.CharField(blank=True, max_length=60, verbose_name='short label in English')),
                ('text_sv', models.TextField(blank=True, max_length=500, verbose_name='longer text in Swedish')),
                ('text_nb', models.TextField(blank=True, max_length=500, verbose_name='longer text in Norwegian Bokmål')),
                ('text_en', models.TextField(blank=True, max_length=500, verbose_name='longer text in English')),
                ('retired_on', models.DateField(blank=True, help_text='From this day it can no longer be chosen. Entries that have it keep it.', null=True, verbose_name='retired on')),
                ('area', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='curriculum.area', verbose_name='area')),
                ('framework', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='goals', to='curriculum.framework', verbose_name='framework')),
                ('latest_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='latest revision')),
                ('live_revision', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='wagtailcore.revision', verbose_name='live revision')),
                ('locked_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='locked_%(class)ss', to=settings.AUTH_USER_MODEL, verbose_name='locked by')),
            ],
            options={
                'verbose_name': 'goal',
                'verbose_name_plural': 'goals',
                'ordering': ['framework_id', 'area_id', 'order', 'code'],
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.AddConstraint(
            model_name='framework',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('title_sv', ''), _negated=True), models.Q(('title_nb', ''), _negated=True), models.Q(('title_en', ''), _negated=True), _connector='OR'), name='curriculum_framework_titled', violation_error_message='Give the framework a title in at least one language.'),
        ),
        migrations.AddConstraint(
            model_name='framework',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gt', models.F('valid_from')), _connector='OR'), name='curriculum_framework_order', violation_error_message='A framework ends after the day it came into force.'),
        ),
        migrations.AddConstraint(
            model_name='framework',
            constraint=ground.constraints.NoOverlap(fields=('country', 'family'), lower='valid_from', name='curriculum_framework_one_edition', upper='valid_until', violation_error_message='Another edition of this curriculum is in force in that time. End that one first.'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.UniqueConstraint(fields=('framework', 'code'), name='curriculum_area_code', violation_error_message='There is already an area with this code in the framework.'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('label_sv', ''), _negated=True), models.Q(('label_nb', ''), _negated=True), models.Q(('label_en', ''), _negated=True), _connector='OR'), name='curriculum_area_labelled', violation_error_message='Give the area a label in at least one language.'),
        ),
        migrations.AddConstraint(
            model_name='area',
            constraint=models.CheckConstraint(condition=models.Q(('parent__isnull', True), models.Q(('parent', models.F('id')), _negated=True), _connector='OR'), name='curriculum_area_not_own_part', violation_error_message='An area cannot be a part of itself.'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.UniqueConstraint(fields=('framework', 'code'), name='curriculum_goal_code', violation_error_message='There is already a goal with this code in the framework.'),
        ),
        migrations.AddConstraint(
            model_name='goal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('label_sv', ''), _negated=True), models.Q(('label_nb', ''), _negated=True), models.Q(('label_en', ''), _negated=True), _connector='OR'), name='curriculum_goal_labelled', violation_error_message='Give the goal a short label in at least one language.'),
        ),
    ]
