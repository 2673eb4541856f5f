"""System checks of the site; docs/reference/checks.md lists them by id."""

from django.conf import settings
from django.core.checks import Error, Warning, register
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from newsroom.files import overrides
from newsroom.languages import LANGUAGES


@register
def languages_have_columns(app_configs, **kwargs):
    """Report each enabled language for which the database has no columns of text."""
    return [
        Error(
            f"LANGUAGES enables {code!r}, for which there are no columns: {', '.join(missing)}.",
            hint="Name it in newsroom/languages.py and make a migration, or do not enable it.",
            id="newsroom.E001",
        )
        for code, _name in settings.LANGUAGES
        if (missing := _missing_columns(code))
    ]


@register
def variants_have_their_main_language(app_configs, **kwargs):
    """Report each easy-read form that is enabled without the language of which it is one."""
    enabled = dict(settings.LANGUAGES)
    return [
        Warning(
            f"LANGUAGES enables {code!r} without {main!r}: no search engine is led to its pages.",
            hint=f"Enable {main!r}, too.",
            id="newsroom.W003",
        )
        for code in enabled
        if (main := LANGUAGES[code].main) and main not in enabled
    ]


@register
def overrides_stand_for_their_originals(app_configs, **kwargs):
    """Report each file of this site whose original somebody has to look at, and each template that does not compile or leads to none."""
    all_overrides = list(overrides.every())
    return [*_outdated(all_overrides), *_broken(all_overrides)]


def _outdated(all_overrides):
    return [
        Warning(
            f"{override.path}: {override.state.value}.",
            hint=f"See manage.py override --changes {override.name}; then note it with --seen, or delete the file.",
            id="newsroom.W001",
        )
        for override in all_overrides
        if override.state in overrides.TO_LOOK_AT
    ]


def _broken(all_overrides):
    # No Error: pages that were kept are served without it, and no command should stop for it.
    return [
        Warning(
            f"{override.path}{'' if broken[0] is None else f', line {broken[0]}'}: {broken[1]}",
            hint="Each page that uses it answers 500: mend it, or delete the file, then restart the site.",
            id="newsroom.W002",
        )
        for override in all_overrides
        if (broken := overrides.why_broken(override))
    ]


def _missing_columns(language):
    """Return "Model.column" for each translated field without a column in this language."""
    missing = []
    for model in translator.get_registered_models(abstract=False):
        columns = {field.name for field in model._meta.get_fields()}
        for name in translator.get_options_for_model(model).all_fields:
            column = build_localized_fieldname(name, language)
            if column not in columns:
                missing.append(f"{model.__name__}.{column}")
    return sorted(missing)
