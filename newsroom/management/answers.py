"""What somebody answers who starts a site: each function takes words, and returns what is meant.

It raises ValidationError with one sentence for what cannot be used.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

from newsroom import env, localenv
from newsroom.site.models import SiteTexts

CHOSEN = "CHOSEN_LANGUAGES"
"""The variable by which a process knows that its languages were chosen a moment ago, and are to be written down."""


def site_name(words):
    """Take the name of a site."""
    if not words.strip():
        raise ValidationError("The site needs a name.")
    return SiteTexts._meta.get_field("name").clean(words.strip(), None)


def languages(words):
    """Take codes of languages, divided by commas or spaces."""
    codes = words.replace(",", " ").split()
    try:
        return [
            code for code, _name in env.enabled_languages(codes, known=settings.KNOWN_LANGUAGES)
        ]
    except ImproperlyConfigured as error:
        raise ValidationError(str(error)) from error


def zone(words):
    """Take the name of a time zone; where the environment says one, it is that."""
    try:
        name = env.time_zone(words)
    except ImproperlyConfigured as error:
        raise ValidationError(str(error)) from error
    if fixed("TIME_ZONE") and name != settings.TIME_ZONE:
        raise ValidationError(
            f"TIME_ZONE is {settings.TIME_ZONE} in the environment, which wins: change it there."
        )
    return name


def usual_zone():
    """Return the time zone that is set, or else that of this machine."""
    if "TIME_ZONE" not in os.environ:
        with suppress(OSError, ImproperlyConfigured):
            return env.time_zone(str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2])
    return settings.TIME_ZONE


def login(words):
    """Take the name of somebody who logs in; one that exists must be an administrator's."""
    field = get_user_model()._meta.get_field("username")
    name = field.clean(words.strip(), None)
    known = get_user_model().objects.filter(username=name).first()
    if known and not known.is_superuser:
        raise ValidationError(
            f"“{name}” is the login of somebody who is no administrator: choose another."
        )
    return name


def mail(words):
    """Take a mail address, or none."""
    if words:
        validate_email(words)
    return words


def password(words):
    """Take a password, or none."""
    if words:
        validate_password(words)
    return words


def fixed(name):
    """Return whether the environment itself says this setting: it wins over whatever stands in local.env."""
    chosen = os.environ.get(CHOSEN) if name == "LANGUAGES" else None
    kept = localenv.read(settings.VAR_DIR).get(name)
    return name in os.environ and os.environ[name] not in {kept, chosen}


def begin_again(codes):
    """Run this command anew in a process that has the columns of these languages; it does not come back."""
    chosen = ",".join(codes)
    os.execve(  # noqa: S606, itself
        sys.executable,
        [sys.executable, *sys.argv],
        os.environ | {"LANGUAGES": chosen, CHOSEN: chosen},
    )
