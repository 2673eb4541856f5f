from django.apps import AppConfig


class HardConfig(AppConfig):
    name = "tests.hard"
