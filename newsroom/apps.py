from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps

from newsroom.i18n import standin


class NewsroomConfig(AppConfig):
    name = "newsroom"
    default = True

    def ready(self):
        standin.install()
        # Here, because it looks at models.
        from newsroom import checks  # noqa: F401


class NewsroomAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "newsroom.admin.NewsroomAdminSite"
