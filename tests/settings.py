"""The site's settings, with the few that make tests quick and keep them from the outside."""

from newsroom.settings import *  # noqa: F403 - everything that is not changed below
from newsroom.settings import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Files by their plain names: no `collectstatic` before a test.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# Queued work is recorded, not done; the fixture `tasks_run_at_once` changes that for one test.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
