"""Proof of an import: each part of each story of the source stands in the database, or is listed as a gap.

A gap with a reason (an editor has changed it here, the file is missing at the source, the site knows no such markup) is a
note; what is missing without one is a problem.
"""

from collections import defaultdict
from functools import partial, reduce
from operator import or_

from django.db.models import Q

from articles import body
from articles.body import Body
from articles.importers.notes import CHANGED, GAPS, Note, of_body
from articles.importers.writer import Result, identities
from articles.importers.writer.given import Given
from articles.importers.writer.people import names_of
from articles.importers.writer.pictures import WORDS, field_of
from articles.importers.writer.states import plain
from articles.importers.writer.topics import Tags, reference, words_of
from articles.models import Comment, Origin, TaggedArticle
from articles.texts import ARTICLE_TEXTS, text

COMPLETE, INCOMPLETE, NOT_HERE, LEFT_OUT = "complete", "incomplete", "not here", "left out"
OUTCOMES = (COMPLETE, INCOMPLETE, NOT_HERE, LEFT_OUT, "failed")


class Verification:
    outcomes = OUTCOMES

    def treat(self, items):
        """Compare the stories of Items with what is stored under their ids; return the Results."""
        origins, tags = _origins(items), Tags(words_of(item.story for item in items))
        tagged = _tagged(origins.values())
        return [
            _compared(item.story, origins.get((item.source, item.story.external_id)), tags, tagged)
            for item in items
        ]

    def lines(self):
        return []

    def proposals(self):
        return {}


def _origins(items):
    """Return (source, id) -> the Origin of each story of Items that is here, with all that it is compared with, but tags and comments."""
    ids = defaultdict(set)
    for item in items:
        ids[item.source].add(item.story.external_id)
    named = (Q(source=source, external_id__in=some) for source, some in ids.items())
    parts = ("editions", "bylines__author__imported_names", "categories", "uses__image")
    rows = Origin.objects.filter(reduce(or_, named, Q(pk__in=()))).select_related("same_as")
    rows = rows.prefetch_related("article", *(f"article__{part}" for part in parts))
    return {(row.source, row.external_id): row for row in rows}


def _tagged(origins):
    """Return the id of each article of Origins -> the ids of its tags."""
    by_article = defaultdict(set)
    rows = TaggedArticle.objects.filter(content_object__in={row.article_id for row in origins})
    for article, tag in rows.values_list("content_object_id", "tag_id"):
        by_article[article].add(tag)
    return by_article


def _compared(story, origin, tags, tagged):
    if origin is None:
        problem = "It is not here; import it."
        return Result(story.external_id, NOT_HERE, problems=(problem,))
    if origin.article is None:
        note = Note("It was deleted here.", CHANGED)
        return Result(story.external_id, LEFT_OUT, notes=(note,))
    article, origin = origin.article, origin.same_as or origin
    story = identities.as_told(story, origin)
    comparison = Comparison(story, article, origin.given, tags, tagged[article.pk])
    for part in (
        *(comparison.texts, comparison.dates, comparison.people, comparison.topics),
        *(comparison.pictures, comparison.comments, comparison.machine_drafts),
    ):
        part()
    outcome = INCOMPLETE if comparison.problems else COMPLETE
    return Result(story.external_id, outcome, tuple(comparison.notes), tuple(comparison.problems))


class Comparison:
    """One story beside its article: `problems` are what is missing, `notes` the gaps that have a reason.

    `tags` are Tags that know the words of the story, `tagged` the ids of those of the article.
    """

    def __init__(self, story, article, given, tags, tagged):
        self.story, self.article = story, article
        self.given, self.tags, self.tagged = Given(given, story.reading), tags, tagged
        self.problems, self.notes = [], []

    def lacks(self, words, *, is_edited):
        if is_edited:
            self.notes.append(Note(f"{words}, as it was changed here.", CHANGED))
        else:
            self.problems.append(f"{words}.")

    def texts(self):
        for language, said in self.story.texts.items():
            cleaned = body.clean(said.body, partial(_pointed, self.article))
            self.notes += [Note(of_body(note, language), GAPS) for note in cleaned.notes]
            for field in ARTICLE_TEXTS:
                wanted = cleaned.html if field == "body" else getattr(said, field)
                self._text(field, language, wanted)

    def _text(self, field, language, wanted):
        here = text(self.article, field, language)
        is_edited = self.given.is_edited(f"{field}.{language}", here)
        if field != "body":
            if _words(wanted) != _words(here):
                self.lacks(f"The {field} in {language} is another", is_edited=is_edited)
            return
        stored = [_words(block) for block in _blocks(here)]
        whole = " ".join(stored)
        for block in _blocks(wanted):
            words = _words(block)
            if words in stored:
                stored.remove(words)
            elif words not in whole:
                self.lacks(
                    f"A paragraph in {language} is missing: “{block[:60]}”", is_edited=is_edited
                )

    def dates(self):
        for edition in self.article.editions.all():
            if (said := self.story.texts.get(edition.language)) is None:
                continue
            name, here = f"published_at.{edition.language}", plain(edition.published_at)
            if here and said.published_at and plain(said.published_at) != here:
                self.lacks(
                    f"It is dated {here} in {edition.language}, not {plain(said.published_at)}",
                    is_edited=self.given.is_edited(name, here),
                )

    def people(self):
        here = [(names_of(byline.author), byline.role) for byline in self.article.bylines.all()]
        known = len(self.given.before("bylines")) > len(here)
        for person in self.story.bylines:
            names = {*person.names.values()}
            if not any(names & theirs and role == person.role for theirs, role in here):
                self.lacks(f"The credit of {', '.join(sorted(names))} is missing", is_edited=known)

    def topics(self):
        categories = {
            reference(category): category.pk for category in self.article.categories.all()
        }
        taken = {*self.given.before("categories")} - {*categories.values()}
        for words in self.story.categories:
            if words not in categories:
                self.lacks(f"It is not in {words}", is_edited=bool(taken))
        for label in self.story.tags:
            tag = self.tags.meaning(label.name)
            if tag is None or tag.pk not in self.tagged:
                is_edited = tag is None or tag.pk in self.given.before("tags")
                self.lacks(f"It has no tag {label.name}", is_edited=is_edited)

    def pictures(self):
        uses = list(self.article.uses.all())
        for picture in self.story.pictures:
            use = next((candidate for candidate in uses if _is_same(picture, candidate)), None)
            name = picture.path.name if picture.path else _called(picture)
            if use is None:
                is_edited = len(uses) < len(self.given.before("images"))
                self.lacks(f"The picture {name} is missing", is_edited=is_edited)
                continue
            uses.remove(use)
            self._picture(picture, use, name)

    def _picture(self, picture, use, name):
        if use.image.is_gap and picture.path is None:
            self.notes.append(Note(f"The file of {name} is not at the source.", GAPS))
        elif use.image.is_gap:
            self.problems.append(f"The file of {name} is missing.")
        for field in WORDS:
            for language, words in getattr(picture, field).items():
                here = text(use, field, language)
                is_edited = self.given.is_edited(field_of(field, language, use.image_id), here)
                if _words(words) != _words(here):
                    self.lacks(
                        f"The {field} of {name} in {language} is another", is_edited=is_edited
                    )
        for field in ("creator", "credit_line"):
            if (said := getattr(picture, field)) and said != getattr(use.image, field):
                # An image that several stories show has the rights that the first of them gave.
                self.notes.append(Note(f"The {field} of {name} is another here.", CHANGED))

    def comments(self):
        here = (
            {
                (language, words)
                for language, words in Comment.objects.filter(
                    edition__article=self.article
                ).values_list("edition__language", "words")
            }
            if self.story.comments
            else set()
        )
        for comment in self.story.comments:
            if (comment.language, comment.words) not in here:
                self.lacks(f"The comment {comment.reference} is missing", is_edited=False)

    def machine_drafts(self):
        asked = {(draft.language, draft.asked_at) for draft in self.story.machine_drafts}
        here = set(self.article.machine_drafts.values_list("language", "asked_at") if asked else ())
        for language, _moment in sorted(asked - here):
            self.lacks(f"A machine draft in {language} is missing", is_edited=False)


def _pointed(article, tag, attrs):
    """Keep what refers to something: which thing it is here does not count for the words."""
    if tag in {"figure", "img"}:
        return {"data-image": "1"}
    if "data-article" in attrs:
        return {"data-waiting": attrs["data-article"]}
    return attrs


def _blocks(html):
    """Return the text of each block that has any."""
    texts = (Body(block.html).text for block in Body(html or "").blocks)
    return [words for words in texts if words.strip()]


def _words(words):
    return " ".join((words or "").split())


def _is_same(picture, use):
    if picture.reference and use.source_reference:
        return picture.reference == use.source_reference
    said = {*picture.caption.values(), *picture.alt.values()}
    here = {text(use, field, code) for field in WORDS for code in {*picture.caption, *picture.alt}}
    return bool(said & here) or not said


def _called(picture):
    words = [*picture.caption.values(), *picture.alt.values(), "without a name"]
    return picture.reference or picture.source_url or f"“{words[0]}”"
