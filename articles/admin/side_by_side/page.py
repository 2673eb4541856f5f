"""A translation beside its source: a page with a field for each block, saved as any form of a story."""

import json
from contextlib import nullcontext

import js_asset
from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms.widgets import Script
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _, gettext_lazy

from articles import body, roles
from articles.actions import writing
from articles.admin.article.body_input import surroundings
from articles.admin.article.panels import tell_where_readers_see, warn_of_what_is_missing
from articles.admin.article.picker import stories
from articles.admin.image import thumbnail
from articles.admin.languages import enabled
from articles.admin.side_by_side.form import WORDS, SideBySideForm
from articles.admin.side_by_side.lines import lines_of
from articles.texts import column
from newsroom.db import locks
from newsroom.forms import joined, unsaved
from newsroom.forms.marks import fingerprint
from newsroom.forms.merging import opened_with
from newsroom.languages import LANGUAGES

SEEN = "seen"
CONFIRM, COSMETIC = "confirm", "cosmetic"
KEYS = [
    ("Alt+↓", gettext_lazy("next block")),
    ("Alt+↑", gettext_lazy("previous block")),
    ("Alt+Enter", gettext_lazy("up to date, and the next")),
    ("Alt+Shift+Enter", gettext_lazy("copy the source into an empty block")),
]
"""The keys of static/js/admin-side-by-side.js, for the legend."""


class SideBySide:
    """For the admin of stories: the address of each translation beside its source."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.side_by_side_view)
        address = "<int:pk>/side-by-side/<str:language>/"
        # Its name tells that it is a form with words in it, which are kept while they are typed.
        return [
            path(address, view, name="articles_article_side_by_side_change"),
            *super().get_urls(),
        ]

    def side_by_side_view(self, request, pk, language):
        """Show a language of a story beside its source, or save what was written there."""

        def show(context):
            is_sent = request.method == "POST"
            sentence = _("Side by side: %s") % LANGUAGES[language].name
            with locks.writing(by=request.user, comment=sentence) if is_sent else nullcontext():
                return self._side_by_side(request, pk, language, context)

        if language not in enabled():
            raise Http404
        return unsaved.shown(request, show, {}, is_shared=True)

    def _side_by_side(self, request, pk, language, context):
        article = self.get_object(request, str(pk))
        if article is None or language == article.source_language:
            raise Http404
        if not self.has_change_permission(request, article):
            raise PermissionDenied
        writable = roles.writable_languages(request.user, article)
        if language not in writable:
            raise PermissionDenied
        form, page = self._form(request, article, language)
        if request.method == "POST" and form.is_valid():
            return self._save_translation(request, article, form, writable)
        page |= (
            context
            | self.admin_site.each_context(request)
            | {
                "title": _("Side by side: %s") % LANGUAGES[language].name,
                "opts": self.opts,
                "original": article,
                "is_editor_of_source": article.source_language in writable,
            }
        )
        return TemplateResponse(request, "admin/articles/article/side_by_side.html", page)

    def _form(self, request, article, language):
        """Return the form of a translation, and what its page shows."""
        record = writing.record_of(article)
        read = request.GET.get("from", "")
        read = read if read in record.texts and read != language else article.source_language
        is_shared = roles.may_change_what_is_shown(request.user, article)
        uses = (
            list(article.uses.select_related("image").order_by("position", "pk"))
            if is_shared
            else []
        )
        lines, apart = lines_of(record, language, read=read, uses=uses)
        told = {"language": language, "record": record, "lines": lines, "uses": uses}
        data = request.POST if request.method == "POST" else None
        form = unsaved.marked(request, SideBySideForm)(data, instance=article, **told)
        form.by = request.user
        cards = _headlines(lines, read)
        translated = [line for line in lines if line.row.source]
        page = {
            "form": form,
            "rows": [_row(form, line, cards) for line in lines],
            "pictures": [_words_of(form, use, read) for use in apart],
            "lost": [form[name] for name in form.lost],
            "opened": opened_with(form),
            SEEN: json.dumps(
                {name: fingerprint(block.html) for name, block in record.of_source().items()}
            ),
            "language": LANGUAGES[language],
            "read": LANGUAGES[read],
            "others": [LANGUAGES[code] for code in record.texts if code not in {language, read}],
            "total": len(translated),
            "done": sum(not line.is_missing for line in translated),
            "behind": record.behind(language),
            "keys": KEYS,
            "surroundings": surroundings(has_pictures=False),
            "media": js_asset.Media.from_media(
                form.media + forms.Media(js=[Script("js/admin-side-by-side.js", type="module")]),
                nonce=str(request.csp_nonce),
            ),
        }
        return form, page

    def _save_translation(self, request, article, form, writable):
        source = form.record.of_source()
        seen = _seen(request)
        unseen = {
            name for name, block in source.items() if seen.get(name) != fingerprint(block.html)
        }
        is_changed, by = form.has_changed(), request.user
        if sources := form.told_sources():
            writing.tell_sources(article, form.language, sources, unseen=unseen, by=by)
        if form.has_words:
            told = {"lines": form.texts(), "body": form.body(), "uses": form.changed_uses()}
            writing.translate(article, form.language, **told, unseen=unseen, by=by)
        for verb, names in self._said(request, source, writable).items():
            if names - unseen:
                is_changed = True
                _say(verb, article, form.language, names - unseen, by=request.user)
            if names & unseen:
                messages.warning(
                    request,
                    _(
                        "The source has changed again since you opened the page: look at it once more."
                    ),
                )
        joined.tell(request, form)
        if is_changed:
            self.log_change(request, article, _("Side by side: %s") % LANGUAGES[form.language].name)
            messages.success(request, _("%s is saved.") % LANGUAGES[form.language].name)
            tell_where_readers_see(request, article)
            warn_of_what_is_missing(request, article)
        else:
            messages.info(request, _("Nothing was changed, so nothing was saved."))
        return HttpResponseRedirect(request.get_full_path())

    @staticmethod
    def _said(request, source, writable):
        """Return verb -> the blocks of the source of which it was said."""
        return {
            verb: source.keys() & set(request.POST.getlist(verb)) for verb in (CONFIRM, COSMETIC)
        }


def _say(verb, article, language, names, *, by):
    if verb == CONFIRM:
        writing.confirm(article, language, names, by=by)
    else:
        writing.call_cosmetic(article, names, by=by)


def _seen(request):
    """Return which wordings the page showed; somebody may have sent anything."""
    try:
        wordings = json.loads(request.POST.get(SEEN, ""))
    except ValueError:
        return {}
    return wordings if isinstance(wordings, dict) else {}


def _headlines(lines, read):
    """Return the headlines of the stories that stand as cards, by their ids."""
    held = (body.parsed(line.block.html).references.cards for line in lines if line.is_reference)
    ids = {pk for cards in held for pk in cards}
    return {row["id"]: row["title"] for row in stories("", language=read, ids=ids)} if ids else {}


def _row(form, line, cards):
    said = {
        verb: line.source in form.data.getlist(verb) if form.is_bound else False
        for verb in (CONFIRM, COSMETIC)
    }
    return {
        "line": line,
        "field": form[line.name],
        "title": form[line.title_name] if line.is_embed else None,
        "made_from": form[line.source_name] if line.source_name else None,
        "said": said,
        "cards": [cards[pk] for pk in _cards(line) if pk in cards],
        "pictures": [_words_of(form, use, line.reading_language) for use in line.uses],
    }


def _cards(line):
    return body.parsed(line.block.html).references.cards if line.is_reference else ()


def _words_of(form, use, read):
    """Return a picture of the story with the words under it in the language that is read, and their fields."""
    words = [(getattr(use, column(name, read)) or "", form[f"{name}-{use.pk}"]) for name in WORDS]
    return {"thumbnail": thumbnail(use.image), "words": words}
