from django.apps import AppConfig


class Funding(AppConfig):
    name = "funding"
    verbose_name = "finansiering"
