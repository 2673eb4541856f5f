"""Say how many statements the page at an address takes: count_queries.py ADDRESS."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comparison.settings")
os.environ["WAGTAIL_CACHE"] = "0"
django.setup()

from django.db import connection  # noqa: E402 - it needs the set-up above
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

client = Client()
client.get(sys.argv[1])
with CaptureQueriesContext(connection) as queries:
    client.get(sys.argv[1])
sys.stdout.write(str(len(queries)))
