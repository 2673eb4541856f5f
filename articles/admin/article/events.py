"""What is known about a story beside its text: what was done to it, and where it came from."""

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _, pgettext_lazy

from articles.actions import promoting
from articles.actions.access import previewing
from articles.admin.article.panels import in_words
from articles.models import Delivery, Event, PreviewLink
from newsroom.languages import LANGUAGES

EVENTS, DELIVERIES = 30, 10

ACTIONS = {
    "submit": pgettext_lazy("somebody did", "submitted"),
    "publish": pgettext_lazy("somebody did", "published"),
    "schedule": pgettext_lazy("somebody did", "scheduled"),
    "withdraw": pgettext_lazy("somebody did", "withdrew"),
    "restore": pgettext_lazy("somebody did", "restored"),
    "send_back": pgettext_lazy("somebody did", "sent back"),
    "assign": pgettext_lazy("somebody did", "assigned"),
    "claim": pgettext_lazy("somebody did", "claimed"),
    "release": pgettext_lazy("somebody did", "gave back"),
    "preview": pgettext_lazy("somebody did", "made a preview link of"),
    "end_preview": pgettext_lazy("somebody did", "revoked a preview link of"),
    "redate": pgettext_lazy("somebody did", "corrected the date of"),
    "forget": pgettext_lazy("somebody did", "hid the earlier words of"),
    "draft": pgettext_lazy("somebody did", "had a machine draft"),
    "correct": pgettext_lazy("somebody did", "told readers of a mistake in"),
    "sign_off": pgettext_lazy("somebody did", "signed off"),
}


class Record:
    """The events of an article, the stories it waits for and its origins, for the page to list."""

    def __init__(self, article, user):
        self.article, self.user = article, user

    def events(self):
        events = Event.objects.filter(article=self.article).select_related("by")[:EVENTS]
        return [
            {
                "by": str(event.by or _("The system")),
                "action": ACTIONS.get(event.verb, event.verb),
                "language": LANGUAGES[event.language].name,
                "code": event.language,
                "at": in_words(event.at),
                "moment": event.at,
                "note": event.note,
            }
            for event in events
        ]

    @cached_property
    def previews(self):
        """The links by which people without a login read the story; `form` is that which revokes one, "" for who may not."""
        links = PreviewLink.objects.valid(at=timezone.now()).filter(article=self.article)
        links = list(links.select_related("made_by", "article"))
        revocable = previewing.revocable(self.user, links)
        return [
            {
                "pk": link.pk,
                "form": f"revoke-preview-{link.pk}" if link in revocable else "",
                "url": reverse("admin:articles_article_preview_revoke", args=[link.pk]),
                "by": str(link.made_by or _("The system")),
                "language": LANGUAGES[link.language].name,
                "code": link.language,
                "until": in_words(link.expires_at),
                "used": in_words(link.used_at) if link.used_at else "",
            }
            for link in links
        ]

    def waiting(self):
        return [
            {"label": link.label, "code": link.language, "language": LANGUAGES[link.language].name}
            for link in self.article.waiting_links.order_by("language", "pk")
        ]

    @cached_property
    def deliveries(self):
        """The last times that partners were given it, for who may see that."""
        if not self.user.has_perm("articles.view_delivery"):
            return []
        rows = Delivery.objects.filter(article=self.article).select_related("partner")
        return [
            {
                "partner": row.partner.name,
                "version": row.version,
                "is_cancellation": row.is_cancellation,
                "language": LANGUAGES[row.language].name,
                "code": row.language,
                "at": in_words(row.at),
                "moment": row.at,
            }
            for row in rows.order_by("-at", "-pk")[:DELIVERIES]
        ]

    @cached_property
    def origins(self):
        return list(self.article.origins.order_by("pk"))

    @cached_property
    def promotions(self):
        """What its pages promote, with where that becomes a promotion or has become one; for who may make one."""
        if not self.user.has_perm("articles.add_promotion"):
            return []
        return [
            {
                "lines": kept.lines,
                "code": kept.language,
                "language": LANGUAGES[kept.language].name,
                "made": kept.made,
                "form": f"promote-{kept.origin.pk}-{kept.language}",
                "url": reverse("admin:articles_promotion_change", args=[kept.made.pk])
                if kept.made
                else reverse(
                    "admin:articles_promotion_of_page", args=[kept.origin.pk, kept.language]
                ),
            }
            for kept in promoting.kept(self.origins)
        ]
