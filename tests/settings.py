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
# A browser that goes through many pages asks for each of them once, but for letters: they come late, as they do to a new reader.
WHITENOISE_MAX_AGE = 3600


def WHITENOISE_ADD_HEADERS_FUNCTION(headers, path, _url):  # noqa: N802, a setting
    if path.endswith(".woff2"):
        headers["Cache-Control"] = "no-store"


# Queued work is recorded, not done; the fixture `tasks_run_at_once` changes that for one test.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
