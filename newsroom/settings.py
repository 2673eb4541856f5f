"""All settings, each from the environment or a literal; docs/reference/settings.md explains them."""

import os
import sys
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.conf.locale import LANG_INFO

from newsroom import languages
from newsroom.env import (
    administrators,
    contacts,
    databases,
    edges,
    enabled_languages,
    folder,
    hubs,
    log_level,
    machine_translation,
    mail,
    media_storage,
    media_url,
    megabytes,
    names,
    onion_url,
    origin,
    require,
    site_url,
    tag_header,
    threads,
    time_zone,
)

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = folder(os.environ.get("VAR_DIR") or BASE_DIR / "var", name="VAR_DIR")

# What this site puts in the place of templates and static files: newsroom/files/overrides.py.
SITE_DIR = VAR_DIR / "site"

env = environ.Env()
# The environment wins over the file, so that a container needs no file at all.
LOCAL_ENV = VAR_DIR / "local.env"
if LOCAL_ENV.exists():
    env.read_env(LOCAL_ENV, overwrite=False)

# --- Safety -----------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
HERE = (
    "set it in the environment, or run `make install`, which writes var/local.env for this machine"
)
# os.environ and not env(): django-environ reads a value that starts with "$" as another variable.
SECRET_KEY = os.environ.get("SECRET_KEY") or ("debug" * 12 if DEBUG else "")
require(SECRET_KEY, name="SECRET_KEY", remedy=HERE)
ALLOWED_HOSTS = names(
    env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
)
require(ALLOWED_HOSTS, name="ALLOWED_HOSTS", remedy=HERE)

SITE_URL = site_url(env.str("SITE_URL", default="http://127.0.0.1:8000"), debug=DEBUG)
ONION_URL = onion_url(env.str("ONION_URL", default=""))
SITE_NAME = env.str("SITE_NAME", default="Newsroom")
SECURITY_CONTACT = contacts(env.list("SECURITY_CONTACT", default=[]))
HTTPS = SITE_URL.startswith("https://")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "newsroom.forms.unsaved.csrf_failure"

BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

MEDIA_STORAGE = env.str("MEDIA_STORAGE", default="")
MEDIA_URL = env.str("MEDIA_URL", default="" if MEDIA_STORAGE else "/media/")
require(MEDIA_URL, name="MEDIA_URL", remedy="readers find the files of MEDIA_STORAGE there")
MEDIA_URL = media_url(MEDIA_URL)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *origin(MEDIA_URL)],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

# --- Parts ------------------------------------------------------------------------------------

PARTS = ("newsroom", "articles")
"""The folders of this project that hold code and words."""

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose classes it extends
    "newsroom.apps.NewsroomAdminConfig",
    "newsroom",
    "newsroom.users",
    "newsroom.pagecache",
    "newsroom.site",
    "articles",
    "django_prose_editor",
    "taggit",
    "reversion",
    "axes",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
if env.bool("BENCH", default=False):
    INSTALLED_APPS.append("tests.bench")
if env.bool("HARD_DEMO", default=False):
    INSTALLED_APPS.append("tests.hard")

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",  # first, so that no answer of the others goes without
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "newsroom.site.middleware.SiteMiddleware",
    "newsroom.middleware.SpellingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "newsroom.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "newsroom.i18n.standin.StandInMiddleware",  # last, so that the others see finished pages
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SITE_DIR / "templates", BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "newsroom.files.templates.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Storage ----------------------------------------------------------------------------------

DATABASES = databases(
    env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}"),
    names(env.list("DATABASE_REPLICAS", default=[])),
)
DATABASE_ROUTERS = ["newsroom.db.replicas.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Public pages, rendered once; see newsroom/pagecache/.
PAGE_CACHE = env.bool("PAGE_CACHE", default=not DEBUG)
# One less than the threads of a web process: hits must not wait for pages that are slow to make.
PAGE_CACHE_RENDERS = threads(env.str("PAGE_CACHE_RENDERS", default="3"), name="PAGE_CACHE_RENDERS")
PAGE_CACHE_MEMORY = megabytes(env.str("PAGE_CACHE_MEMORY", default="64"), name="PAGE_CACHE_MEMORY")
PAGES_ROOT = Path(env.str("PAGES_ROOT", default=str(VAR_DIR / "pages")))
PAGES_MEGABYTES = megabytes(env.str("PAGES_MEGABYTES", default="2048"), name="PAGES_MEGABYTES")
FASTLY_TOKEN = os.environ.get("FASTLY_TOKEN", "")
CLOUDFLARE_TOKEN = os.environ.get("CLOUDFLARE_TOKEN", "")
EDGES = edges(
    names(env.list("EDGES", default=[])),
    tokens={"fastly": FASTLY_TOKEN, "cloudflare": CLOUDFLARE_TOKEN},
)
WEBSUB_HUBS = hubs(names(env.list("WEBSUB_HUBS", default=[])))
MACHINE_TRANSLATION = machine_translation(env.str("MACHINE_TRANSLATION", default=""))
MACHINE_TRANSLATION_KEY = env.str("MACHINE_TRANSLATION_KEY", default="")
# Only where something in front of the site reads it, and takes it away again.
CACHE_TAG_HEADER = tag_header(env.str("CACHE_TAG_HEADER", default="Surrogate-Key" if EDGES else ""))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Without EMAIL_URL nobody is sent a mail, and no reader is asked for an address.
EMAIL_URL = env.str("EMAIL_URL", default="")
SENDS_MAIL = bool(EMAIL_URL)
vars().update(mail(EMAIL_URL))
# Who is told by mail of what fails.
ADMINS = administrators(names(env.list("ADMINS", default=[])))
EMAIL_SUBJECT_PREFIX = f"{SITE_URL.partition('://')[2]}: "
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="newsroom@localhost")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [
    static_folder
    for static_folder in (SITE_DIR / "static", BASE_DIR / "static")
    if static_folder.is_dir()
]
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": media_storage(MEDIA_STORAGE),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.files.static.NewsroomStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
# The form of a story holds its text in every language and eleven fields for each of its pictures.
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
FILE_UPLOAD_PERMISSIONS = 0o644

# --- People -----------------------------------------------------------------------------------

AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_CALLABLE = "newsroom.users.lockout.answer"
AXES_CLIENT_IP_CALLABLE = "newsroom.users.proxy.client_address"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]

# --- Words and time ---------------------------------------------------------------------------

KNOWN_LANGUAGES = dict(languages.choices())
LANGUAGES = enabled_languages(
    names(env.list("LANGUAGES", default=languages.OF_THE_DEMO)), known=KNOWN_LANGUAGES
)
LANGUAGE_CODE = LANGUAGES[0][0]
LOCALE_PATHS = [BASE_DIR / part / "locale" for part in PARTS]
USE_I18N = True
FORMAT_MODULE_PATH = ["newsroom.i18n.formats"]
USE_TZ = True
TIME_ZONE = time_zone(env.str("TIME_ZONE", default="UTC"))
DELIVERY_DAYS = env.int("DELIVERY_DAYS", default=90)

LANGUAGES_BIDI = [
    code for code, language in languages.LANGUAGES.items() if language.direction == "rtl"
]
# What Django has not heard of, such as Pashto: forms ask for the direction of each.
for _each in languages.LANGUAGES.values():
    LANG_INFO.setdefault(
        _each.code,
        {
            "bidi": _each.direction == "rtl",
            "code": _each.code,
            "name": _each.name,
            "name_local": _each.name,
        },
    )

# The columns that the models have. The database has those of every language that is known, and only what compares the
# models with it has to have them too.
_OF_SCHEMA = {"makemigrations", "migrate"}
MODELTRANSLATION_LANGUAGES = tuple(
    KNOWN_LANGUAGES if _OF_SCHEMA & {*sys.argv[1:2]} else dict(LANGUAGES)
)
MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_FALLBACK_LANGUAGES = {"default": ()}

TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "administrators": {
            "class": "newsroom.errors.ToAdministrators",
            "level": "ERROR",
            "formatter": "line",
        },
    },
    "root": {
        "handlers": ["console", *(["administrators"] if SENDS_MAIL and ADMINS else [])],
        "level": log_level(env.str("LOG_LEVEL", default="WARNING")),
    },
    # A reader's mistyped address is no matter for the log; what failed here is.
    "filters": {"outage": {"()": "newsroom.errors.OneLine"}},
    "loggers": {"django.request": {"level": "ERROR", "filters": ["outage"]}},
}
