from django.db import migrations

import malmo_intl.fields
from malmo_intl import prose, words


def fill_search(apps, schema_editor):
    Memo, MemoSection = apps.get_model("reports", "Memo"), apps.get_model("reports", "MemoSection")
    for memo in Memo.objects.only("pk", "title", "summary").iterator():
        text = f"{prose.plain(memo.title)} {prose.plain(memo.summary)}"
        Memo.objects.filter(pk=memo.pk).update(search=words.stems(text))
    for section in MemoSection.objects.only("pk", "text").iterator():
        stems = words.stems(prose.plain(section.text))
        MemoSection.objects.filter(pk=section.pk).update(search=stems)


class Migration(migrations.Migration):
    dependencies = [("reports", "0006_unique_projects_are_published")]

    operations = [
        migrations.AddField(
            "memo",
            "search",
            malmo_intl.fields.StemsField(default="", editable=False, source="title summary"),
        ),
        migrations.AddField(
            "memosection",
            "search",
            malmo_intl.fields.StemsField(default="", editable=False, source="text"),
        ),
        migrations.RunPython(fill_search, migrations.RunPython.noop),
    ]
