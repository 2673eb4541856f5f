"""A Wagtail site as its manual recommends it for production: no debugging, cached, PostgreSQL."""

import os
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

FOLDER = Path(os.environ["COMPARISON_FOLDER"])
sys.path.append(str(FOLDER))
MIGRATION_MODULES = {"comparison": "made_migrations"}
SECRET_KEY = "only-for-measurements-" * 3
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
WAGTAILADMIN_BASE_URL = os.environ["SITE_URL"]
WAGTAIL_SITE_NAME = "Newsroom"

INSTALLED_APPS = [
    "comparison",
    "wagtailcache",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
# The order that wagtail-cache asks for: its two parts first and last. GZip stands inside, so that
# what is kept is compressed already.
MIDDLEWARE = [
    "wagtailcache.cache.UpdateCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "wagtailcache.cache.FetchFromCacheMiddleware",
]
ROOT_URLCONF = "comparison.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

address = urlsplit(os.environ["DATABASE_URL"])
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": address.path.lstrip("/"),
        "USER": address.username,
        "HOST": parse_qs(address.query)["host"][0],
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": os.environ["REDIS_URL"],
        "TIMEOUT": 3600,
    }
}
WAGTAIL_CACHE = os.environ.get("WAGTAIL_CACHE", "1") == "1"
# The database's own search; nothing is searched for here.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"),
    ("es", "Español"),
    ("pt", "Português"),
]
WAGTAIL_I18N_ENABLED = True
USE_I18N = USE_TZ = True

STATIC_URL, STATIC_ROOT = "/static/", FOLDER / "static"
MEDIA_URL, MEDIA_ROOT = "/media/", FOLDER / "media"
WAGTAILIMAGES_IMAGE_MODEL = "comparison.Picture"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
