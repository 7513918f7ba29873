from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("ground", "0006_new_names")]

    operations = [migrations.DeleteModel("Journal")]
