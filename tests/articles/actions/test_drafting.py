"""A machine drafts what a language lacks, for somebody who asked; readers are told until a person has signed it off."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from articles import roles
from articles.actions import drafting, publishing, writing
from articles.actions.drafting import DraftingError
from articles.derived import items
from articles.exporters import jsonl
from articles.exporters.story import story_of
from articles.importers import writer
from articles.models import Article, Category, Event, MachineDraft, Origin
from articles.pages import item as news
from articles.representations import ninjs
from newsroom.i18n import machine_translation
from newsroom.i18n.machine_translation import LibreTranslate
from tests import factories
from tests.articles.admin.conftest import member_of
from tests.newsroom.i18n import translating

# What is marked `both` asks what nothing else asks of PostgreSQL; the rest is decided in Python.
pytestmark = [pytest.mark.django_db, pytest.mark.once]

BODY = '<p>One <a href="https://x.org/">link</a>.</p><figure data-image="{}"></figure><p>Two.</p>'


@pytest.fixture
def service(settings, tasks_run_at_once):
    with translating.served(settings) as server:
        yield server


@pytest.fixture
def translator():
    roles.ensure()
    return member_of(roles.EDITOR, first_name="Şule", last_name="Kaya")


@pytest.fixture
def article():
    image = factories.ImageFactory()
    story = factories.story(
        live=["en"],
        title_en="Troops & talks",
        standfirst_en="They leave.",
        body_en=BODY.format(image.pk),
        images=[image],
    )
    return Article.objects.get(pk=story.pk)


@pytest.fixture
def asked(translator, django_capture_on_commit_callbacks):
    """Have a draft of a story made at once; return it, and the story as it is then."""

    def made(article, language="es"):
        with django_capture_on_commit_callbacks(execute=True):
            draft = drafting.ask(article, language, by=translator)
        draft.refresh_from_db()
        return draft, Article.objects.get(pk=article.pk)

    return made


def refusal(article, by, language="es"):
    with pytest.raises(DraftingError) as raised:
        drafting.ask(article, language, by=by)
    return str(raised.value)


@pytest.mark.both
def test_an_empty_language_is_drafted_whole_and_published_by_nobody(
    service, translator, asked, article
):
    draft, article = asked(article)

    assert (article.title_es, article.standfirst_es) == ("[es] Troops & talks", "[es] They leave.")
    assert article.body_es == article.body_en.replace("One", "[es] One").replace("Two", "[es] Two")
    use = article.uses.get()
    assert (use.alt_es, use.alt_en) == ("[es] A drawn picture", "A drawn picture")
    edition = factories.edition(article, "es")
    assert (edition.status, edition.machine_drafted, edition.blocks_behind) == ("draft", True, 0)
    assert (draft.state, draft.written, draft.service) == ("done", 5, "LibreTranslate (127.0.0.1)")
    event = Event.objects.get(article=article, verb="draft")
    assert (event.language, event.by, event.note) == ("es", translator, draft.service)


def test_an_embed_is_called_something_in_the_language_of_the_draft(service, translator, asked):
    film = '<div data-embed="https://x.org/{}"{}></div>'
    titled = film.format(1, ' data-title="{}The &quot;ferry&quot; &amp; more"')
    source = (
        titled.format("") + film.format(2, "") + f"<blockquote>{titled.format('')}</blockquote>"
    )
    made = factories.story(title_en="Troops", body_en=source, title_es="Mine")

    draft, article = asked(made)

    own = titled.format("[es] ")
    assert article.body_es == own + film.format(2, "") + f"<blockquote>{own}</blockquote>"
    assert (article.body_en, draft.written) == (source, 2)
    assert factories.edition(article, "es").blocks_behind == 0
    article.body_es = article.body_es.replace("[es] The", "El")
    writing.save(article)
    drafting.sign_off(factories.edition(article, "es"), by=translator)
    draft.refresh_from_db()
    assert draft.changed == 2


def test_only_what_is_missing_is_drafted_where_it_belongs(service, translator, asked, article):
    article.title_es, article.body_es = "Mine", "<p>Uno.</p>"
    writing.save(article)
    article = Article.objects.get(pk=article.pk)
    article.body_en = f"<p>Before.</p>{article.body_en}<p>After.</p>"
    writing.save(article)

    _draft, article = asked(Article.objects.get(pk=article.pk))

    assert article.title_es == "Mine"
    assert article.body_es == "<p>[es] Before.</p><p>Uno.</p><p>[es] After.</p>"
    asked_for = [request.body.decode() for request in service.requests if request.body]
    assert not any("Two." in body for body in asked_for)


@pytest.mark.both
def test_nothing_else_of_the_story_is_touched(service, translator, asked, article):
    article.title_pt = "Em português"
    writing.save(article)
    before = {
        edition.language: (edition.version, edition.modified_at)
        for edition in article.editions.all()
    }

    _draft, article = asked(article)

    after = {
        edition.language: (edition.version, edition.modified_at)
        for edition in article.editions.all()
    }
    assert {code: after[code] for code in before} == before
    assert (article.title_pt, article.title_en) == ("Em português", "Troops & talks")


def test_what_cannot_be_drafted_is_said(service, translator, asked, article, settings):
    factories.release(factories.edition(asked(article)[1], "es"))
    writer = member_of(roles.WRITER)

    assert refusal(article, translator).startswith("Español is published or was")
    assert refusal(article, translator, "en") == "Nothing is missing in English."
    assert refusal(article, writer, "pt").startswith("You are not allowed")
    settings.MACHINE_TRANSLATION = ""
    assert refusal(article, translator, "pt") == "This site translates nothing by machine."


def test_a_second_asking_is_the_first_one(translator, article, settings):
    settings.MACHINE_TRANSLATION = "http://127.0.0.1:9/"
    first = drafting.ask(article, "es", by=translator)

    assert drafting.ask(article, "es", by=translator) == first
    later = drafting.ask(article, "es", by=translator, now=datetime.now(UTC) + timedelta(1))
    first.refresh_from_db()
    assert (later.pk != first.pk, first.state) == (True, "failed")


@pytest.mark.both
def test_a_service_that_fails_leaves_a_reason_and_nothing_half_written(
    service, translator, asked, article
):
    article.standfirst_en = "Please refuse."
    writing.save(article)

    draft, article = asked(article)

    assert draft.state == "failed"
    assert "Invalid API key" in draft.problem
    assert not article.title_es
    assert asked(article)[0].pk != draft.pk


def test_what_somebody_wrote_meanwhile_stays(service, asked, article, monkeypatch):
    class Slow(LibreTranslate):
        def translate(self, texts, **languages):
            Article.objects.filter(pk=article.pk).update(title_es="Mine")
            return super().translate(texts, **languages)

    slow = Slow(f"{service.base}/")
    monkeypatch.setattr(machine_translation, "configured", lambda: slow)

    _draft, changed = asked(article)

    assert (changed.title_es, changed.standfirst_es) == ("Mine", "[es] They leave.")


def test_readers_are_told_until_a_person_signs_it_off(service, translator, asked, article, client):
    draft, article = asked(article)
    edition = factories.release(factories.edition(article, "es"))
    told = "Una máquina ha traducido este texto"

    for form in ("", "index.md"):
        assert told in client.get(edition.url + form).content.decode()
    assert told in client.get(edition.url.replace("/es/", "/es/lite/", 1)).content.decode()
    article.title_es = "Tropas y conversaciones"
    writing.save(article)
    drafting.sign_off(edition, by=translator)

    assert told not in client.get(edition.url).content.decode()
    draft.refresh_from_db()
    assert (draft.signed_by, draft.changed, draft.written) == ("Şule Kaya", 1, 5)
    assert Event.objects.get(verb="sign_off").by == translator
    with pytest.raises(DraftingError):
        drafting.sign_off(edition, by=translator)


def test_machines_are_told_until_a_person_signs_it_off(service, translator, asked, article, client):
    edition = factories.release(factories.edition(asked(article)[1], "es"))
    words, uri = "Una máquina ha traducido este texto", "digitalsourcetype/compositeWith"
    tree = Category.tree(language="es")

    def told():
        items.tell(at=timezone.now())
        item = news.find(article.pk, tree=tree, at=timezone.now())
        feeds = [client.get(f"/es/feed.{form}").content.decode() for form in ("atom", "rss")]
        feeds.append(client.get("/es/feed.json").json()["items"][0]["content_html"])
        source = ninjs.item(item).get("digitalSourceType", {}).get("uri", "")
        page = client.get(edition.url).content.decode()
        return (
            item.version,
            uri in source,
            "CompositeWithTrainedAlgorithmicMediaDigitalSource" in page,
            *(words in feed for feed in feeds),
        )

    assert told() == (1, True, True, True, True, True)
    drafting.sign_off(edition, by=translator)
    assert told() == (2, False, False, False, False, False)


@pytest.mark.both
@pytest.mark.parametrize("is_signed", [False, True])
def test_a_draft_goes_along_with_a_story_that_is_exported(
    is_signed, service, translator, asked, article, client
):
    draft, article = asked(article)
    edition = factories.release(factories.edition(article, "es"))
    if is_signed:
        drafting.sign_off(edition, by=translator)
        draft.refresh_from_db()

    story = story_of(article)
    assert json.loads(next(jsonl.pieces([story])))["machine_drafts"][0]["service"] == draft.service
    made = replace(story, external_id="elsewhere")
    for _again in range(2):
        writer.save(made, source="wire", publish=True)
    copy = Origin.objects.get(external_id="elsewhere").article
    came, there = copy.machine_drafts.get(), factories.edition(copy, "es")
    names = ("service", "asked_at", "signed_by", "signed_at", "written", "changed")
    assert [getattr(came, name) for name in names] == [getattr(draft, name) for name in names]
    assert there.machine_drafted is not is_signed
    told = "Una máquina ha traducido este texto" in client.get(there.url).content.decode()
    assert told is not is_signed
    assert story_of(copy).machine_drafts[0].texts == story.machine_drafts[0].texts


def test_who_may_not_write_a_language_signs_nothing_off(service, translator, asked, article):
    edition = factories.edition(asked(article)[1], "es")

    with pytest.raises(PermissionDenied):
        drafting.sign_off(edition, by=member_of(roles.WRITER))
    publishing.publish(edition, by=translator)
    assert MachineDraft.objects.get().signed_at is None
