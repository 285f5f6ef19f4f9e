import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0007_memos_are_searched")]

    operations = [
        migrations.CreateModel(
            name="CityDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "body",
                    models.CharField(
                        choices=[
                            ("kommunstyrelsen", "Kommunstyrelsen"),
                            ("kommunfullmaktige", "Kommunfullmäktige"),
                        ],
                        max_length=20,
                        verbose_name="instans",
                    ),
                ),
                ("day", models.DateField(verbose_name="dag")),
                (
                    "paragraph",
                    models.CharField(blank=True, max_length=12, verbose_name="paragraf"),
                ),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="reports.publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "beslut om stadens dokument",
                "verbose_name_plural": "beslut om stadens dokument",
                "ordering": ["day", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("publication", "body"),
                        name="city_decision_body_once",
                        violation_error_message="Instansens beslut är redan inskrivet.",
                    )
                ],
            },
        ),
    ]
