"""What changes the settings of the site; admin and commands call nothing else."""

from newsroom.db import locks
from newsroom.db.comparing import is_same
from newsroom.i18n.plain import plain
from newsroom.site import pictures
from newsroom.site.models import ONLY, SiteSettings, SiteTexts


def settings_row():
    """Return the row that all languages share, or a new one that is not saved."""
    return SiteSettings.objects.filter(pk=ONLY).first() or SiteSettings(pk=ONLY)


def texts_in(language):
    """Return the SiteTexts of a language, or new ones that are not saved."""
    texts = SiteTexts.objects.filter(site=ONLY, language=language).first()
    return texts or SiteTexts(site_id=ONLY, language=language)


def save(site, texts=(), *, by=None):
    """Save the row that all languages share, and these SiteTexts; those of each other language stay as they are.

    What cannot be seen is no text. Where nothing differs from what is stored, nothing is written.
    """
    with locks.writing(comment="site settings", by=by):
        before = settings_row()
        pictures.write(site, before=before)
        changed = [row for row in map(_visible, texts) if not is_same(row, texts_in(row.language))]
        if not changed and is_same(site, before):
            return
        site.save()
        for row in changed:
            row.site = site
            row.save()


def _visible(texts):
    for name in SiteTexts.WORDS:
        setattr(texts, name, plain(getattr(texts, name)))
    return texts


def say(language, **words):
    """Set texts of the site in one language: say("es", name="El Correo")."""
    with locks.writing():
        texts = texts_in(language)
        for field, value in words.items():
            setattr(texts, field, value)
        save(settings_row(), [texts])
