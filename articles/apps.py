from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

FEW = 2000
"""So many editions are read in some seconds, while the site is being migrated."""


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")

    def ready(self):
        post_migrate.connect(_ensure_groups, sender=self, dispatch_uid="articles.groups")
        post_migrate.connect(_fill_search, sender=self, dispatch_uid="articles.search")
        # Here, because it needs the models.
        from articles.derived import addresses, items, listings, months, search
        from articles.management import naming_categories
        from articles.models import Image
        from articles.purging import receivers, recovery
        from newsroom.files import unfinished
        from newsroom.management import doctor

        unfinished.known_by(Image.objects.knows_file)
        receivers.connect()
        recovery.connect()
        addresses.connect()
        listings.connect()
        items.connect()
        months.connect()
        search.connect()
        doctor.look_also("categories", naming_categories.in_categories)


def _ensure_groups(sender, using, **kwargs):
    # Here, because it needs the models.
    from articles import roles

    # Ahead of Django's own receiver, which comes only after this one.
    create_permissions(sender, using=using, verbosity=0)
    roles.ensure()


def _fill_search(sender, using, verbosity=1, **kwargs):
    """Fill the index of search once there is one; of a large archive whoever runs the site does, at a time of their own."""
    # Here, because it needs the models.
    from articles.derived import search
    from articles.models import Edition, SearchEntry, StoryWords

    # Where somebody has gone back to before there was an index, there is nothing to fill.
    needed = {SearchEntry._meta.db_table, StoryWords._meta.db_table}
    is_there = needed <= {*connections[using].introspection.table_names()}
    if not (is_there and search.is_missing()):
        return
    if Edition.objects.count() <= FEW:
        search.rebuild()
    elif verbosity:
        print("Search does not find all yet: run manage.py rebuild_search.")  # noqa: T201, as migrate tells the rest
