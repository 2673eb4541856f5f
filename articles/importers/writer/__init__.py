"""From Story to Article: what parsers have read, written by verbs.

An imported article goes through writing and publishing like one that was written here.
"""

from dataclasses import replace
from functools import partial

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, OperationalError, transaction
from django.utils import timezone

from articles import body
from articles.actions import writing
from articles.derived import addresses, waiting_links
from articles.importers.notes import LATER, MISSING, Note, of_body
from articles.importers.story import BadStory
from articles.importers.writer import changes, comments, drafts, identities, states
from articles.importers.writer.alike import headline_notes, is_another
from articles.importers.writer.given import Given, adopt, kept_here
from articles.importers.writer.named import Named
from articles.importers.writer.people import set_bylines
from articles.importers.writer.pictures import Pictures
from articles.importers.writer.results import Job, Options, Outcome, Result, reasons
from articles.importers.writer.states import plain
from articles.importers.writer.subjects import placed
from articles.importers.writer.topics import set_categories, set_tags
from articles.importers.writer.unchanged import unchanged
from articles.models import Article, Origin
from articles.texts import ARTICLE_TEXTS, column
from newsroom.db import locks, revisions

_OTHER = (
    "“{title}” came as {id} from this source, and is another story. If this one comes from another archive, "
    "give that a name of its own with --source; if it takes the place of that story, name its folder with --root."
)

# What one story may fail of; anything else ends the run.
FAILURES = (BadStory, ValidationError, DataError, IntegrityError, OperationalError, OSError)


def save(story, *, source, **options):
    """Store a story and return its Result; see save_all. `options` are those of Options."""
    [result] = save_all([Job(story, source, Options(**options))])
    return result


def save_all(jobs):
    """Store stories, each under an id of its own, in one transaction, and return their Results; a failure leaves nothing behind.

    The pair of its source and its id is the identity of a story. What was changed here since it was
    imported is kept, field by field and language by language. Where one fails, the others are stored without it.
    """
    done = unchanged(jobs, said) if jobs else {}
    left = [job for job in jobs if (job.source, job.story.external_id) not in done]
    results = iter(_saved(left))
    return [done.get((job.source, job.story.external_id)) or next(results) for job in jobs]


def _saved(jobs):
    """Store Jobs together where that goes, and else in halves: which of them stands in the way the database need not tell."""
    if len(jobs) < 2:
        return [_saved_alone(job) for job in jobs]
    half = len(jobs) // 2
    if any(job.options.dry_run for job in jobs):
        return _saved(jobs[:half]) + _saved(jobs[half:])
    try:
        return _attempt(jobs)
    except FAILURES:
        return _saved(jobs[:half]) + _saved(jobs[half:])


def _saved_alone(job):
    try:
        try:
            return _attempt([job])[0]
        except OperationalError:  # a deadlock or a lock that did not come: somebody else was first
            return _attempt([job])[0]
    except FAILURES as error:
        return Result(job.story.external_id, Outcome.FAILED, problems=tuple(reasons(error)))


def _attempt(jobs):
    pictures = [Pictures(dry_run=job.options.dry_run) for job in jobs]
    try:
        with locks.writing():
            with locks.together(len(jobs)):
                named = Named.of(jobs)
                results = [_done(*pair, named) for pair in zip(jobs, pictures, strict=True)]
            if jobs[0].options.dry_run:
                transaction.set_rollback(True)
    except BaseException:
        for job_pictures in pictures:
            job_pictures.take_back()
        raise
    for job_pictures in pictures:
        job_pictures.keep()
    return results


def _done(job, pictures, named):
    options = replace(job.options, now=job.options.now or timezone.now())
    # One revision for text and states together: each costs a copy of the whole story.
    with locks.writing(comment=f"imported from {job.source}", manually=True):
        return _save(job.story, job.source, options=options, pictures=pictures, named=named)


def _save(story, source, *, options, pictures, named):
    origin, story, notes = identities.find(story, source, named.rows, into=options.into)
    if origin and origin.article is None and not options.again:
        return Result(story.external_id, Outcome.LEFT_OUT, notes=(_deleted(origin),))
    article = (origin and origin.article) or Article()
    given = _given(origin, article, story)
    origin = origin or Origin(source=source, external_id=story.external_id)
    is_new, changed = article.pk is None, False
    editions = [] if is_new else list(article.editions.order_by("pk"))
    before, stood = origin.given, changes.stood(editions)
    if given.own.get("checksum") != said(story, create_categories=options.create_categories):
        if not (is_new or options.is_certain) and is_another(story, article, given):
            raise ValidationError(_OTHER.format(title=article, id=story.external_id))
        new_notes, changed = _write(
            story, article, origin, editions, given, pictures, options, named
        )
        notes += new_notes
    else:
        identities.keep(origin, story, given)
    if is_new:
        notes += (*headline_notes(story, article, editions, elsewhere=named.elsewhere[source]),)
    # Not with the words: a story that came before promotions were kept is given them by its next import.
    given.promotes(story.promotions)
    later, is_related = identities.relate(article, story.related, given, source=source)
    if is_related:
        now_here = list(article.editions.order_by("pk"))
        editions = _store(article, story, now_here, given, slugs={}, times={})
    changed |= is_related
    if changed and not is_new:
        editions = list(article.editions.order_by("pk"))
    changed |= drafts.bring(story.machine_drafts, article, editions, partial(_pointed, source, {}))
    notes += tuple(
        Note(f"The related story {related_id} is not here yet.", LATER) for related_id in later
    )
    problems = () if is_new else states.withdrawn_there(story, editions)
    state_notes, state_problems, has_other_state = _set_states(
        story, article, editions, given, options
    )
    changed |= has_other_state | comments.bring(editions, story.comments, given)
    changed |= comments.bring_corrections(article, story, given, now=options.now)
    notes += (*states.name_slugs(story, editions, stood), *kept_here(given))
    _remember(origin, given, notes)
    outcome = _outcome(is_new, changed, given)
    if options.batch and outcome in {Outcome.CREATED, Outcome.UPDATED}:
        changes.note(options.batch, origin, article, is_new=is_new, given=before, editions=stood)
    waiting = _waiting(article) if changed and _leads_on(article) else ()
    return Result(
        story.external_id,
        outcome,
        (*notes, *waiting, *state_notes),
        problems + state_problems,
        is_awaiting=bool(later),
    )


@locks.writing(comment="related stories", manually=True)
def relate_again(external_id, related, *, source, batch=None):
    """Name the related stories of one that was imported before them: those that have come since."""
    origin = identities.of(source, external_id)
    article = Article.objects.get(pk=origin.article_id)
    before, given = origin.given, Given(origin.given, "")
    if identities.relate(article, related, given, source=source)[1]:
        writing.save(
            article, modified=dict(article.editions.values_list("language", "modified_at"))
        )
        revisions.add(article)
        _remember(origin, given, ())
        if batch:
            stood = changes.stood(article.editions.all())
            changes.note(batch, origin, article, is_new=False, given=before, editions=stood)


def _deleted(origin):
    """Tell that a story was deleted here, when, and by whom if that is known."""
    done = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Article),
        object_id=str(origin.deleted_article),
        action_flag=DELETION,
    )
    entry = done.select_related("user").first()
    by = f" by {entry.user}" if entry else ""
    day = timezone.localtime(origin.deleted_at).date()
    return f"“{origin.headline}” was deleted here on {day}{by}, and is left out; --again brings it back."


def _set_states(story, article, editions, given, options):
    """Give the editions their states and dates; return (notes, problems, whether one is another)."""
    notes, problems, changed = (), (), False
    if options.redate:
        problems, changed = states.correct_dates(story, editions, given, now=options.now)
    if options.publish:
        notes, more, is_released = states.set_states(
            story, article, editions, given, now=options.now
        )
        problems, changed = problems + more, changed or is_released
    return notes, problems, changed


def _given(origin, article, story):
    if article.pk is None:
        return Given({}, story.reading, is_new=True)
    given = Given(origin.given, story.reading)
    # What was imported before that was kept: as long as nobody saved it here, it is the source's.
    if origin.pk and not origin.given and origin.rev == article.rev:
        adopt(given, article, story)
    return given


def _outcome(is_new, changed, given):
    if is_new:
        return Outcome.CREATED
    if changed:
        return Outcome.UPDATED
    return Outcome.KEPT if given.kept else Outcome.UNCHANGED


def _remember(origin, given, notes):
    """Keep what the source has given by now; write nothing if that is the same as before."""
    if origin.given == given.data:
        return
    if notes:
        given.own["report"] = "\n".join(notes)
    reports = (own.get("report") for own in given.data.values())
    origin.given, origin.report = given.data, "\n".join(filter(None, reports))
    origin.save()


def said(story, *, create_categories):
    """Return what differs where an import is to write anything that the last one did not."""
    return story.checksum + "+" * bool(story.subjects and create_categories)


def _write(story, article, origin, editions, given, pictures, options, named):
    """Write what the source has changed, except for states; return (notes, whether that is anything)."""
    if is_new := article.pk is None:
        article.source_language = story.source_language
        writing.begin(article)
        origin.article, origin.deleted_article, origin.deleted_at = article, None, None
    if is_new or origin.pk is None:
        has_row = origin.pk is not None
        origin.save()
        if has_row:
            origin.aliases.update(article=article, deleted_article=None, deleted_at=None)
    identities.keep(origin, story, given)
    if not is_new:
        given.others += identities.elsewhere(origin)
    image_ids, picture_notes = pictures.use(story, article, given)
    body_notes, has_texts = _write_texts(article, story, origin.source, image_ids, given)
    places = placed(story.subjects, named.categories, create=options.create_categories)
    has_categories = set_categories(
        article, story.categories, given, categories=named.references, more=places.categories
    )
    tag_notes, has_tags = set_tags(article, (*story.tags, *places.tags), given, tags=named.tags)
    has_bylines = set_bylines(article, story.bylines, given, people=named.people)
    left_notes = pictures.let_go(article, given, shown=article.images_in_bodies())
    slugs, times = _slugs(story, editions, given), _times(story, editions, given)
    changed = any(
        (is_new, has_texts, has_categories, has_tags, has_bylines, pictures.changed, slugs, times)
    )
    saved = editions
    if changed:
        saved = _store(article, story, editions, given, slugs=slugs, times=times)
        if is_new:
            editions += saved
    address_notes = _add_old_addresses(saved, story.old_addresses)
    promotions = (
        Note(f"Left out, a promotion: {words}", "promotions left out") for words in story.promotions
    )
    notes = (
        *_still_true(story.notes, article),
        *picture_notes,
        *left_notes,
        *body_notes,
        *places.notes,
        *tag_notes,
        *address_notes,
    )
    given.own |= {
        "checksum": said(story, create_categories=options.create_categories),
        "report": "",
    }
    return (*notes, *promotions), changed


def _still_true(notes, article):
    """Leave out that a picture is missing where an editor has uploaded it."""
    if not any(getattr(note, "kind", "") == MISSING for note in notes):
        return notes
    if article.uses.filter(image__file="").exists():
        return notes
    return [note for note in notes if getattr(note, "kind", "") != MISSING]


def _write_texts(article, story, source, image_ids, given):
    """Write the texts that the source has changed; return (notes, whether there is one)."""
    here, notes = article.source_language, []
    changed = story.is_whole and given.takes(
        "source_language", said=story.source_language, here=here
    )
    if changed:
        article.source_language = story.source_language
    for language, words in story.texts.items():
        cleaned = body.clean(words.body, partial(_pointed, source, image_ids), language=language)
        notes += (of_body(note, language) for note in cleaned.notes)
        for field in ARTICLE_TEXTS:
            said = cleaned.html if field == "body" else getattr(words, field)
            name = column(field, language)
            if given.takes(f"{field}.{language}", said=said, here=getattr(article, name)):
                setattr(article, name, said)
                changed = True
    return notes, changed


def _slugs(story, editions, given):
    """Return language -> the slug that the source wants, where it is to be changed."""
    here = {edition.language: edition.slug for edition in editions}
    return {
        code: text.slug
        for code, text in story.texts.items()
        if text.slug and given.takes(f"slug.{code}", said=text.slug, here=here.get(code))
    }


def _times(story, editions, given):
    """Return language -> the time of the last change that the source tells, where that is new."""
    here = {edition.language: edition.modified_at for edition in editions}
    return {
        code: text.modified_at
        for code, text in story.texts.items()
        if given.takes(
            f"modified_at.{code}", said=plain(text.modified_at), here=plain(here.get(code))
        )
    }


def _store(article, story, editions, given, *, slugs, times):
    """Save the article with what follows from it; readers are told of no change but the source's."""
    here = {edition.language: edition.modified_at for edition in editions}
    modified = {code: here.get(code) for code in story.texts} | times
    earlier = {
        code: [moment.isoformat() for moment in story.texts[code].earlier_changes] for code in times
    }
    editions = writing.save(article, slugs=slugs, modified=modified, earlier=earlier)
    revisions.add(article)
    for edition in editions:
        if edition.language in story.texts:
            given.stored(f"slug.{edition.language}", edition.slug)
    for language in story.texts:
        given.stored(f"body.{language}", getattr(article, column("body", language)))
    return editions


def _pointed(source, image_ids, tag, attrs):
    """Return the attributes of a reference of the source as ids, or as a waiting link."""
    if tag in {"figure", "img"}:
        name = attrs.get("data-image") or attrs.get("src")
        return {"data-image": str(image_ids[name])} if name and name in image_ids else None
    if "data-article" in attrs:
        kept = {} if tag == "aside" else {k: v for k, v in attrs.items() if k == "href"}
        return kept | {"data-waiting": waiting_links.origin_key(source, attrs["data-article"])}
    return attrs


def _leads_on(article):
    """Return whether a body waits for a story."""
    return any(article.body_in(code).references.waiting for code in article.languages())


def _waiting(article):
    return tuple(
        Note(
            f"Waits for a story that is not here yet: {link.label.removeprefix(waiting_links.ORIGIN)}",
            "links waiting for their story",
        )
        for link in article.waiting_links.order_by("pk")
    )


def _add_old_addresses(editions, old_addresses):
    """Let the old paths lead to the editions; return notes on those that lead elsewhere."""
    return tuple(
        f"{path} is the address of something else here, and stays so."
        for edition in editions
        for path in old_addresses.get(edition.language, ())
        if not addresses.add(edition, path=path)
    )
