"""What readers see of the site's own pages, and which of them there are."""

from collections import defaultdict

from articles.models import OwnPage, OwnPageEdition
from articles.pages import own_page as own_pages
from articles.purging.kind import ALL, SHOWN, Fixed, Kind, Part, enabled
from articles.purging.names import name


class OwnPages(Kind):
    """All at once: they are few, and one can take the address of another."""

    models = {OwnPage: None, OwnPageEdition: None}
    parts = (
        Part(
            "own_page:<id>:<language>",
            "a page of the site's own",
            "its words or its address change, or what it is to machines, or it can be read in other languages; it is withdrawn",
            hides=True,
        ),
        Part(
            "own_pages:<language>",
            "which pages of the site's own there are, and where",
            "one comes or goes, or its address changes, or their order",
        ),
        Part(
            "foot:<language>",
            "what the foot leads to: pages of the site's own, and the list of corrections where there are any",
            "one comes or goes there, or its title or its address changes, or their order; the first correction of a language comes, or its last one goes",
        ),
        Part(
            "policies:<language>",
            "the pages of the site's own that machines are told of as what the publisher stands for",
            "one comes or goes, or its address or its kind changes",
        ),
        Part(
            own_pages.KEPT.tag,
            "no page, but what each process keeps of these pages",
            "what any page shows of them is another",
        ),
    )

    def load(self, pks):
        values, pages = {}, defaultdict(dict)
        for row in OwnPageEdition.objects.live().select_related("page").order_by("pk"):
            pages[row.page_id][row.language] = row
        for pk, rows in pages.items():
            urls = {code: own_pages.url(row) for code, row in rows.items()}
            for code, row in rows.items():
                values[name("own_page", pk, code)] = (
                    SHOWN,
                    own_pages.type_of(row.page.kind),
                    row.title,
                    row.body,
                    row.modified_at,
                    urls,
                )
        entries = values[own_pages.KEPT.tag] = own_pages.stored()
        for code in enabled():
            language_entries = entries.get(code, ())
            values[name("own_pages", code)] = [entry.url for entry in language_entries]
            values[name("policies", code)] = [
                (entry.kind, entry.url)
                for entry in language_entries
                if entry.kind in own_pages.POLICIES
            ]
            values[name("foot", code)] = [
                (entry.label, entry.url) for entry in language_entries if entry.in_foot
            ]
        return {ALL: Fixed(values)}


KIND = OwnPages()
"""What readers see of the site's own pages."""
