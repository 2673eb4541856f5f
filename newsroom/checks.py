"""System checks of the site; docs/reference/checks.md lists them by id."""

from django.conf import settings
from django.core.checks import Error, register
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname


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
