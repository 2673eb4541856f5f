"""Words of libraries that do not speak every language of ours.

They are marked here, so that our catalogues hold them too; the libraries' own pages ask for them.
"""

from django.utils.translation import gettext_noop, pgettext_lazy

TAGGIT = (
    pgettext_lazy("A tag name", "name"),
    pgettext_lazy("A tag slug", "slug"),
)

REVERSION = (
    gettext_noop("Initial version."),
    gettext_noop("Recover deleted %(name)s"),
    gettext_noop("Recover %(name)s"),
    gettext_noop("Revert %(name)s"),
    gettext_noop("Choose a date from the list below to recover a deleted version of an object."),
    gettext_noop(
        "Choose a date from the list below to revert to a previous version of this object."
    ),
    gettext_noop("There are no deleted objects to recover."),
    gettext_noop("Reverted to previous version, saved on %(datetime)s"),
    gettext_noop(
        'The %(model)s "%(name)s" was reverted successfully. You may edit it again below.'
    ),
)

AXES = (
    gettext_noop("access attempt"),
    gettext_noop("access attempts"),
    gettext_noop("access failure"),
    gettext_noop("access failures"),
    gettext_noop("access log"),
    gettext_noop("access logs"),
)

TASKS = (
    gettext_noop("Task Result"),
    gettext_noop("Task Results"),
)
