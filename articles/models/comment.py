from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from articles.models.category import Category
from articles.models.edition import Edition
from newsroom import moments
from newsroom.db import together
from newsroom.db.bulk import WatchedQuerySet
from newsroom.languages import CODE_LENGTH, choices

NAME_LENGTH, WORDS_LENGTH = 80, 5000
ONCE = _("There is a rule for this already: change that one.")


class CommentQuerySet(WatchedQuerySet):
    def published(self):
        """Keep what readers may see under a story that they may see."""
        return self.filter(state=Comment.State.PUBLISHED)


class Comment(together.Waiting, models.Model):
    """What a reader wrote under a story in one language; it answers at most one other, which answers none."""

    class State(models.TextChoices):
        # Translators: readers see it.
        PENDING = "pending", _("Waiting")
        # Translators: readers see it.
        PUBLISHED = "published", _("Published")
        # Translators: readers see it.
        HIDDEN = "hidden", _("Hidden")
        # Translators: readers see it.
        SPAM = "spam", _("Spam")
        # Translators: readers see it.
        DELETED = "deleted", _("Deleted")

    edition = models.ForeignKey(
        Edition, verbose_name=_("story"), on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("answer to"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="replies",
    )
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    words = models.TextField(_("comment"), max_length=WORDS_LENGTH)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    written_at = models.DateTimeField(_("written"), validators=[moments.check])
    edited_at = models.DateTimeField(_("changed"), null=True, editable=False)
    email = models.EmailField(_("address"), blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True, editable=False)
    signs = models.CharField(_("held because of"), max_length=200, blank=True, editable=False)
    digest = models.CharField(max_length=64, editable=False)
    sender = models.CharField(max_length=64, blank=True, editable=False)
    form = models.CharField(max_length=16, blank=True, db_default="", editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        default_permissions = ["view"]
        permissions = [("moderate_comment", "Can publish, hide, mark as spam and delete comments")]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("pk")), name="comment_answers_another")
        ]
        indexes = [
            # As its readers see them, by threads: see pages/comments.py.
            models.Index("edition", "state", Coalesce("parent", "id"), "id", name="comment_thread"),
            models.Index(fields=["state", "-id"], name="comment_queue"),
            models.Index(fields=["digest"], name="comment_digest"),
            models.Index(fields=["sender"], name="comment_sender", condition=~Q(sender="")),
            models.Index(fields=["email"], name="comment_email", condition=~Q(email="")),
        ]

    def __str__(self):
        words = " ".join(self.words.split())
        return f"{self.name}: {words[:60]}{'…' if len(words) > 60 else ''}" if words else "—"

    @property
    def url(self):
        """Its own address, which leads to the page on which it stands among the others."""
        return f"{self.edition.comments_url}{self.pk}/"

    @property
    def is_erased(self):
        """Whether the reader had it erased: nothing is left that could be shown."""
        return self.state == self.State.DELETED and not self.words


class CommentEvent(models.Model):
    """What was done to a comment, or to the comments of a story, by whom and when. Never changed."""

    edition = models.ForeignKey(
        Edition, verbose_name=_("story"), on_delete=models.CASCADE, related_name="comment_events"
    )
    comment = models.ForeignKey(
        Comment,
        verbose_name=_("comment"),
        null=True,
        on_delete=models.CASCADE,
        related_name="events",
    )
    verb = models.CharField(_("action"), max_length=20)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("moderation")
        verbose_name_plural = _("moderation log")
        default_permissions = ["view"]
        indexes = [models.Index(fields=["-at", "-id"], name="comment_event_at")]

    def __str__(self):
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"


class CommentRuleQuerySet(models.QuerySet):
    def fitting(self, edition):
        """Return the rules for a story in its language, the one that goes before all others first."""
        every = together.known("articles.models.comment", lambda: list(self.all()))
        rules = [rule for rule in every if rule.language in {"", edition.language}]
        depths = {None: -1}
        if any(rule.category_id for rule in rules):
            ids = [category.pk for category in edition.article.categories.all()]
            nodes = Category.tree(language=edition.language).among(ids)
            depths |= {node.pk: node.depth for story_node in nodes for node in story_node.lineage()}
        fitting = [rule for rule in rules if rule.category_id in depths]
        return sorted(
            fitting, key=lambda rule: (-depths[rule.category_id], not rule.language, rule.pk)
        )


class CommentRule(models.Model):
    """Whether and for how long stories take comments, and which of these wait for somebody to look."""

    class Hold(models.TextChoices):
        ALL = "all", _("All comments")
        FIRST = "first", _("The first comment of everybody")
        LINKS = "links", _("Comments with links")
        NONE = "none", _("Only what looks like spam")

    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="comment_rules",
        help_text=_("Leave empty for the whole site. The rule of a category goes before that."),
    )
    language = models.CharField(
        _("language"),
        max_length=CODE_LENGTH,
        blank=True,
        choices=choices,
        help_text=_("Leave empty for every language. The rule of a language goes before that."),
    )
    takes_comments = models.BooleanField(
        _("stories take comments"),
        default=True,
        help_text=_(
            "Concerns stories that are published from now on; each can be opened and closed by itself."
        ),
    )
    days = models.PositiveSmallIntegerField(
        _("days"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(3650)],
        help_text=_("For how many days after its publication a story takes comments."),
    )
    hold = models.CharField(
        _("wait for a moderator"),
        max_length=5,
        choices=Hold,
        default=Hold.ALL,
        help_text=_(
            "“The first comment of everybody” knows readers by the address that they confirm by mail; "
            "without one, each comment is a first one."
        ),
    )
    held_words = models.TextField(
        _("held words"),
        blank=True,
        help_text=_("One in each line. A comment with one of them waits, whatever stands above."),
    )

    objects = CommentRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule for comments")
        verbose_name_plural = _("rules for comments")
        constraints = [
            models.UniqueConstraint(
                fields=["category", "language"],
                name="comment_rule_once",
                violation_error_message=ONCE,
            ),
            # No two columns without a value are equal.
            models.UniqueConstraint(
                fields=["language"],
                name="comment_rule_of_site_once",
                condition=Q(category=None),
                violation_error_message=ONCE,
            ),
        ]

    def __str__(self):
        where = str(self.category) if self.category else str(_("The whole site"))
        return f"{where} · {self.get_language_display()}" if self.language else where
