"""What readers see of promotions: which one stands in each place, and what it shows."""

from dataclasses import dataclass, replace

from django.utils import timezone

from articles.models import Promotion, PromotionEdition
from articles.pages import promotion as promotions
from articles.purging.kind import ALL, Kind, Part, Snapshot, enabled
from articles.purging.names import name


@dataclass(frozen=True)
class Board(Snapshot):
    """All that has not ended; it is little, and one promotion makes room for another."""

    planned: tuple

    def facts(self, *, at):
        facts = {}
        for plan in sorted(self.planned, key=lambda plan: plan.rank):
            if plan.runs(at=at):
                shown = plan.promotion
                facts[name("promotion", shown.pk, shown.language)] = _seen(shown)
                facts[name("slot", plan.place, plan.owner, shown.language)] = shown.pk
        return facts

    def moments(self, *, after):
        moments = {moment for plan in self.planned for moment in (plan.starts_at, plan.ends_at)}
        return sorted(moment for moment in moments if moment > after)


class Promotions(Kind):
    """One snapshot of all: what a place shows depends on each that stands there."""

    models = {Promotion: None, PromotionEdition: None}
    parts = (
        Part(
            "slot:<place>:<id>:<language>",
            "a place for a promotion; the id is that of its category or tag, or 0",
            "another promotion stands there, or none",
        ),
        Part(
            "promotion:<id>:<language>",
            "a promotion",
            "what it shows changes; it starts, ends or is withdrawn",
            hides=True,
        ),
    )

    def load(self, pks):
        now = timezone.now()
        lists = (promotions.planned(language=code, at=now) for code in enabled())
        return {ALL: Board(tuple(plan for planned in lists for plan in planned))}

    def planned(self, *, after):
        is_any = PromotionEdition.objects.published().filter(promotion__ends_at__gt=after).exists()
        return [ALL] if is_any else []


def _seen(promotion):
    """Return a promotion as it is seen: its call with a link only, the words of its picture with that; else it waits by name."""
    use = promotion.use
    return replace(
        promotion,
        use=replace(use, alt="") if use and not use.picture else use,
        call=promotion.call if promotion.link else "",
        event_zone=promotion.event_zone if promotion.event_at else "",
    )


KIND = Promotions()
