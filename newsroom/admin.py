"""The admin site: its name, and its front page in the order of a working day."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _

# Section heading to model names; what is not named here stands under "Site".
SECTIONS = (
    (_("Write"), ("Article",)),
    (_("Pictures"), ("Image",)),
    (_("Organise"), ("Category", "Tag", "Author")),
)


class NewsroomAdminSite(AdminSite):
    site_title = settings.SITE_NAME
    index_title = _("Newsroom")

    @property
    def site_header(self):
        return settings.SITE_NAME
