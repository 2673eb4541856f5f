from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "newsroom.site"
    label = "site"
    verbose_name = _("Site")

    def ready(self):
        # Here, because it needs the models.
        from newsroom.files import unfinished
        from newsroom.site.models import SiteSettings

        unfinished.known_by(SiteSettings.objects.knows_file)
