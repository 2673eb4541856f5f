import gc
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connections

from newsroom.middleware import in_utf8

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
try:
    application = in_utf8(get_wsgi_application())
    if settings.PAGE_CACHE:
        # Here, because it needs the models.
        from newsroom.pagecache.serving.wsgi import PageCache

        application = PageCache(application)
        # Before the first reader: a process that knows the log can answer without a database.
        application.log.follow()
        # Those who answer readers have connections of their own, and a process that is forked must not share one.
        connections.close_all()
    # What is loaded by now stays as long as the process: to go through all of it again would keep a reader waiting.
    gc.freeze()
except ImproperlyConfigured as error:
    sys.exit(f"newsroom cannot start. {error}")
