"""What changes pages without a form: verbs, imports, tasks, rolled-back work, and the clock."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from PIL import Image as Pillow

from articles import renditions
from articles.actions import commenting, promoting, publishing
from articles.derived import listings
from articles.importers import writer
from articles.importers.story import Person, Picture, Story, TagLabel, Text
from articles.models import (
    Article,
    Byline,
    Category,
    Comment,
    Edition,
    Image,
    ImageUse,
    MenuEntry,
    Origin,
    Promotion,
    Tag,
)
from articles.texts import column
from newsroom.site.models import SiteTexts
from tests.articles.exactness import rows
from tests.articles.exactness.desks import Desks
from tests.articles.exactness.site import LANGUAGES, OTHER, articles, other


class TakenBack(Exception):
    """Ends a transaction that is not to be."""


class Work(Desks):
    """Everything that can happen; `step` does one thing at random."""

    def __init__(self, rng, clock, folder):
        super().__init__(rng)
        self.clock, self.folder = clock, folder

    def step(self):
        """Do something, and return words on it."""
        self.clock.shift(timedelta(seconds=self.rng.randrange(61, 400)))
        # What an editor's session would need; the clock goes fast here.
        if self.rng.random() < 0.05:
            self.desk.client.force_login(self.desk.user)
        while True:
            name = self.rng.choices(list(LIKELY), weights=LIKELY.values())[0]
            if words := getattr(self, name)():
                return f"{name}: {words}"

    # --- Verbs ---

    def verb(self):
        now = timezone.now()
        edition = self._any(Edition.objects.order_by("pk"))
        name = self._any(publishing.offered(edition, user=publishing.SYSTEM, at=now))
        if not name:
            return None
        options = {
            "publish": {"at": now - self._later() if self.rng.random() < 0.5 else None},
            "schedule": {"at": now + self._later()},
            "withdraw": {"reason": self._words()},
            "redate": {"at": now - self._later()},
        }
        try:
            publishing.VERBS[name](edition, by=publishing.SYSTEM, **options.get(name, {}))
        except publishing.PublishingError as error:
            return f"{name} {edition.pk} refused: {error}"
        return f"{name} edition {edition.pk}"

    def promotion(self):
        """Change a promotion as its page would: words, place, times, pictures, languages; or begin or delete one."""
        made = self._any(Promotion.objects.order_by("pk"))
        if made is None or (self.rng.random() < 0.15 and Promotion.objects.count() < 8):
            made = Promotion(starts_at=timezone.now(), ends_at=timezone.now() + self._later())
        elif self.rng.random() < 0.1:
            return f"delete promotion {made.delete()}"
        editions = [promoting.edition_of(made, code) for code in LANGUAGES]
        words = self._any([self._reword, self._move, self._time, self._illustrate, self._release])(
            made, editions
        )
        try:
            made.full_clean()
            promoting.save(made, by=publishing.SYSTEM, editions=editions)
        except ValidationError as error:
            return f"{words} of promotion {made.pk} refused: {error}"
        return f"{words} of promotion {made.pk}"

    def _reword(self, made, editions):
        field = self._any(
            [
                *("title_en", "venue_en", "alt_en", "call_en"),
                *(column(name, OTHER) for name in ("title", "text", "alt")),
            ]
        )
        setattr(made, field, self._any([self._words(), self._words(), ""]))
        return field

    def _move(self, made, editions):
        made.place = self._any(Promotion.Place.values)
        made.category, made.tag = (
            self._any(Category.objects.order_by("pk")),
            self._any(Tag.objects.order_by("pk")),
        )
        made.priority = self.rng.randrange(3)
        return f"place {made.place}"

    def _time(self, made, editions):
        made.starts_at = self._moment()
        made.ends_at = made.starts_at + self._later()
        made.event_at = self._any([None, self._moment()])
        return "times"

    def _illustrate(self, made, editions):
        images = [None, *Image.objects.order_by("pk")]
        made.image, editions[0].image = self._any(images), self._any([None, *images])
        editions[1].link = self._any(["", "https://example.org/es"])
        return "pictures"

    def _release(self, made, editions):
        for edition in editions:
            edition.is_published = self.rng.random() < 0.7
        return "languages"

    # --- Comments ---

    def comment(self):
        edition = self._any(Edition.objects.order_by("pk"))
        heads = Comment.objects.published().filter(edition=edition).order_by("pk")
        parent = self._any(heads) if self._coin() else None
        # Another address each time, so that nobody has written too much.
        sender, answered = str(self.rng.random()), parent and parent.pk
        try:
            made = commenting.write(
                edition, name=self._words(), words=self._words(), parent=answered, sender=sender
            )
        except commenting.CommentError as error:
            return f"comment on edition {edition.pk} refused: {error}"
        if self.rng.random() < 0.8:
            commenting.moderate(made, "publish", by=commenting.SYSTEM)
        return f"{made.state} comment {made.pk} on edition {edition.pk}, answers {answered}"

    def moderate(self):
        comment = self._any(Comment.objects.order_by("pk"))
        verb = comment and self._any(commenting.offered(comment))
        if verb:
            commenting.moderate(comment, verb, by=commenting.SYSTEM)
        elif comment:
            commenting.erase(comment)
        return comment and f"{verb} comment {comment.pk}"

    def own_comment(self):
        comment, name = self._any(Comment.objects.order_by("pk")), self._any(["edit", "erase"])
        if not comment:
            return None
        try:
            if name == "erase":
                commenting.erase(comment)
            else:
                commenting.edit(comment, words=self._words())
        except commenting.CommentError as error:
            return f"{name} comment {comment.pk} refused: {error}"
        return f"{name} comment {comment.pk}"

    def comments_of_story(self):
        edition = self._any(Edition.objects.order_by("pk"))
        if self._coin():
            commenting.close_story(edition, by=commenting.SYSTEM)
            return f"close edition {edition.pk}"
        until = timezone.now() + self._later()
        commenting.open_story(edition, until=until, by=commenting.SYSTEM)
        return f"open edition {edition.pk} until {until}"

    # --- Imports ---

    def imported(self):
        known = list(Origin.objects.order_by("pk").values_list("external_id", flat=True))
        identity = f"wire-{self.rng.randrange(6)}"
        if articles().count() > 7 and identity not in known:
            return None
        story = Story(
            external_id=identity,
            source_language="en",
            texts={code: self._text() for code in LANGUAGES if code == "en" or self._coin()},
            bylines=(Person(names={"": self.rng.choice(["Ana", "Cleo"])}),) if self._coin() else (),
            categories=tuple(self._references()),
            tags=(TagLabel(name=self._words(), labels={OTHER: self._words()}),)
            if self._coin()
            else (),
            pictures=tuple(self._pictures()),
        )
        result = writer.save(
            story, source="wire", publish=self.rng.random() < 0.8, dry_run=self.rng.random() < 0.1
        )
        return f"import {identity}: {result.outcome} {result.problems}"

    def _text(self):
        now = timezone.now()
        later = self.rng.choice([-1, -1, -1, 1]) * self._later()
        other = f"wire-{self.rng.randrange(6)}"
        body = self._body() + self.rng.choice(["", f'<aside data-article="{other}"></aside>'])
        status = self.rng.choice(["published", "published", "draft", "withdrawn"])
        return Text(
            title=self._words(),
            body=body,
            status=status,
            published_at=now + later,
            withdrawn_reason=self._words() if status == "withdrawn" else "",
        )

    def _references(self):
        for category in Category.objects.order_by("pk"):
            if category.slug_en and self.rng.random() < 0.3:
                yield f"{category.kind}/{category.slug_en}"

    def _pictures(self):
        words = {code: self._words() for code in LANGUAGES}
        if self._coin():
            yield Picture(reference="lost.jpg", lead=False, caption=words, creator="Dora")
        if self._coin():
            path = self.folder / f"{self.rng.randrange(4)}.jpg"
            Pillow.new("RGB", (420, 280), (len(path.stem) * 40, ord(path.stem) * 4 % 256, 90)).save(
                path
            )
            yield Picture(
                path=path,
                reference=path.name,
                size=path.stat().st_size,
                lead=self._coin(),
                caption=words,
                alt=words,
                creator="Dora",
                valid_until=timezone.now() + self._later() if self._coin() else None,
            )

    # --- In a shell ---

    @transaction.atomic
    def by_hand(self):
        """Change rows one by one, past every form and verb; the lists are brought into line after it."""
        one, other = self.rng.sample(list(articles()), 2)
        name = self.rng.choice(["_give_picture", "_give_credit", "_sort", "_drop_edition"])
        words = getattr(self, name)(one, other)
        listings.refresh([one.pk, other.pk])
        return words and f"{words}: {one.pk} {other.pk}"

    def _give_picture(self, one, other):
        use = one.uses.exclude(image__uses__article=other).first()
        if use:
            use.article, use.is_lead = other, use.is_lead and not other.uses.filter(is_lead=True)
            use.save()
            return "give a picture away"
        return None

    def _give_credit(self, one, other):
        byline = one.bylines.exclude(author__bylines__article=other).first()
        if byline:
            byline.article = other
            byline.save()
            return "give a credit away"
        return None

    def _sort(self, one, other):
        self._any(Category.objects.order_by("pk")).articles.set([one, other])
        one.tags.remove(*one.tags.order_by("pk")[:1])
        return "sort by hand"

    def _drop_edition(self, one, other):
        one.editions.filter(language=self._language()).delete()
        return "drop an edition"

    def row(self):
        return rows.change(self)

    def in_bulk(self):
        """Write many rows at once, and do nothing else."""
        some = [story.pk for story in articles() if self._coin()]
        public = Edition.objects.filter(article__in=some, status__in=["published", "withdrawn"])
        moment = self._moment()
        name, write = self.rng.choice(
            [
                ("state", lambda: public.update(status=self._any(["published", "withdrawn"]))),
                ("drafts", lambda: public.filter(language=OTHER).update(status="draft")),
                ("times", lambda: public.filter(status="published").update(published_at=moment)),
                ("slugs", lambda: self._slugs(public.filter(status="published"))),
                (
                    "words",
                    lambda: articles().filter(pk__in=some).update(**other("title", self._words())),
                ),
                ("alt", lambda: ImageUse.objects.update(alt_en=self._words())),
                ("rights", lambda: Image.objects.filter(uses__in=some).update(valid_until=moment)),
                ("credits", lambda: Byline.objects.filter(article__in=some).update(language=OTHER)),
                ("labels", lambda: Tag.objects.update(label_en="")),
                ("tree", lambda: Category.objects.filter(slug_en="paris").update(parent=None)),
                ("filing", lambda: self._file(some)),
                ("menu", lambda: MenuEntry.objects.update(position=self.rng.randrange(9))),
                ("settings", lambda: SiteTexts.objects.update(name=self._words())),
                ("clearing", Article.categories.through.objects.filter(article__in=some).delete),
            ]
        )
        try:
            with transaction.atomic():
                write()
        except IntegrityError as error:
            return f"{name} of {some} refused: {error}"
        return f"{name} of {some}"

    def _slugs(self, editions):
        editions = list(editions)
        for edition in editions:
            edition.slug = f"{self._slug()}-{edition.pk}"
        Edition.objects.bulk_update(editions, ["slug"])

    def _file(self, stories):
        links, category = Article.categories.through, self._any(Category.objects.order_by("pk"))
        rows = [links(article_id=story, category=category) for story in stories]
        links.objects.bulk_create(rows, ignore_conflicts=True)

    # --- Tasks, transactions, time ---

    def render(self):
        image = self._any(Image.objects.exclude(file="").order_by("pk"))
        if image is None:
            return None
        renditions.render.call(image.pk)
        return f"make the renditions of {image.pk}"

    def rolled_back(self):
        name = self.rng.choice(["text", "verb", "categories", "imported", "category", "tag"])
        try:
            with transaction.atomic():
                words = getattr(self, name)()
                raise TakenBack
        except TakenBack:
            return f"and nothing of it: {name} {words}"

    def partly_rolled_back(self):
        """Do two things in one transaction, of which the second is taken back."""
        with transaction.atomic():
            words = self.verb()
            try:
                with transaction.atomic():
                    lost = self.verb()
                    raise TakenBack
            except TakenBack:
                return f"{words}; and nothing of {lost}"

    def several(self):
        with transaction.atomic():
            return " + ".join(filter(None, (self.verb(), self.text(), self.verb())))

    def wait(self):
        """Let the clock go on: a little, or to the next moment that something was planned for."""
        moments = [
            *Edition.objects.filter(published_at__gt=timezone.now()).values_list(
                "published_at", flat=True
            ),
            *Edition.objects.filter(comments_until__gt=timezone.now()).values_list(
                "comments_until", flat=True
            ),
            *Image.objects.filter(valid_until__gt=timezone.now()).values_list(
                "valid_until", flat=True
            ),
            *(
                moment
                for promotion in Promotion.objects.order_by("pk")
                for moment in (promotion.starts_at, promotion.ends_at)
                if moment > timezone.now()
            ),
        ]
        if moments and self.rng.random() < 0.7:
            self.clock.move_to(min(moments))
        else:
            self.clock.shift(timedelta(minutes=self.rng.randrange(1, 90)))
        return f"it is {timezone.now():%d %B, %H:%M:%S}"


LIKELY = {
    "text": 12,
    "press": 10,
    "verb": 8,
    "promotion": 10,
    "own_page": 8,
    "add_own_page": 2,
    "delete_own_page": 1,
    "menu": 5,
    "add_menu_entry": 4,
    "begin_menu": 1,
    "move_in_menu": 1,
    "delete_menu_entry": 3,
    "wait": 9,
    "comment": 6,
    "moderate": 5,
    "own_comment": 1,
    "comments_of_story": 3,
    "imported": 8,
    "categories": 5,
    "tags": 4,
    "slug": 3,
    "save_unchanged": 2,
    "add_byline": 2,
    "change_byline": 2,
    "add_use": 4,
    "change_use": 4,
    "add_story": 2,
    "delete_story": 2,
    "delete_stories": 1,
    "recover_story": 3,
    "go_back": 3,
    "look_at_older": 1,
    "category": 5,
    "place_category": 5,
    "genre_of_category": 3,
    "add_category": 1,
    "delete_category": 1,
    "tag": 4,
    "merge_tags": 1,
    "delete_tag": 1,
    "author": 3,
    "add_author": 1,
    "delete_author": 1,
    "upload": 3,
    "add_image": 1,
    "image": 5,
    "delete_image": 1,
    "render": 3,
    "settings": 3,
    "by_hand": 4,
    "in_bulk": 4,
    "row": 6,
    "rolled_back": 2,
    "partly_rolled_back": 2,
    "several": 2,
}
"""How often each thing happens."""
