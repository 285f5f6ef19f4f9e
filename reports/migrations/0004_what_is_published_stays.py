from django.db import migrations

from malmo_intl import prose, words
from reports import permanence


def fill_search(apps, schema_editor):
    Answer = apps.get_model("reports", "Answer")
    for answer in Answer.objects.only("pk", "text").iterator():
        Answer.objects.filter(pk=answer.pk).update(search=words.stems(prose.plain(answer.text)))


def protect(apps, schema_editor):
    permanence.protect(schema_editor.connection)


def unprotect(apps, schema_editor):
    permanence.unprotect(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_the_citys_year")]

    operations = [
        migrations.RunPython(fill_search, migrations.RunPython.noop),
        migrations.RunPython(protect, unprotect),
    ]
