from django.apps import AppConfig


class GroundFloor(AppConfig):
    name = "malmo_intl"
    verbose_name = "personer och förvaltningar"
