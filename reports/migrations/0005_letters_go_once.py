from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_what_is_published_stays")]

    operations = [
        migrations.AddField(
            "letter",
            "press",
            models.CharField("sidan som skickade", max_length=32, blank=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "letter",
            "tried_at",
            models.DateTimeField("senaste försök", null=True),
        ),
        migrations.AddConstraint(
            "letter",
            models.UniqueConstraint(
                fields=["press", "administration"],
                condition=~models.Q(press=""),
                name="letter_once_a_press",
            ),
        ),
    ]
