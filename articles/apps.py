from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        post_migrate.connect(_ensure_groups, sender=self, dispatch_uid="articles.groups")
        # Here, because it needs the models.
        from articles.derived import addresses, items, listings, months
        from articles.purging import receivers, recovery

        receivers.connect()
        recovery.connect()
        addresses.connect()
        listings.connect()
        items.connect()
        months.connect()


def _ensure_groups(sender, using, **kwargs):
    # Here, because it needs the models.
    from articles import roles

    # Ahead of Django's own receiver, which comes only after this one.
    create_permissions(sender, using=using, verbosity=0)
    roles.ensure()
