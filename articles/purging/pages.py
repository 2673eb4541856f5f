"""Which parts each kind of page shows."""

from django.conf import settings

from articles.models import SHELVES
from articles.pages.layouts import KNOWN
from articles.pages.subject import ALL, PERIODS
from articles.purging.names import list_of, name
from newsroom.pagecache import EVERYTHING, Span


def frame(language, *, shows_site=True):
    """Yield the tags of what stands round the content of every page of a language.

    One that is shared with the picture of the site `shows_site`.
    """
    if shows_site:
        yield name("site:sharing", language)
    yield name("menu", language)
    yield name("site", language)
    yield name("foot", language)


def _publisher(language):
    """Yield the tags of what machines are told of the publisher of a page."""
    yield name("site:publisher", language)
    yield name("policies", language)


def site(language):
    """Yield the tags of what tells of the site alone."""
    yield name("site:name", language)
    yield name("site:strapline", language)


def front(front):
    """Yield the tags of a pages.front.Front."""
    language = front.language
    yield from frame(language)
    yield Span(list_of("all", None, language), since=front.edge)
    if front.lead:
        yield from card(front.lead)
    for shown_card in (*front.seconds, *front.latest):
        yield from card(shown_card)
    for region, edge in front.edges.items():
        yield Span(list_of("category", region, language), since=edge)
    for block in front.blocks:
        region = block.category.pk
        yield name("category", region, language)
        for shown_card in block.cards:
            yield from card(shown_card, region=region)


def story(story):
    """Yield the tags of a pages.story.Story."""
    language = story.language
    yield from frame(language, shows_site=not story.share_image)
    yield from _publisher(language)
    yield name("site:changes", language)
    yield from _counted(story)
    yield name("article", story.article_id, language)
    nodes = [*story.categories, *(story.kicker.lineage() if story.kicker else [])]
    yield from (name("category", node.pk, language) for node in nodes)
    yield from (name("tag", tag.pk, language) for tag in story.tags)
    yield from (name("kind:tag", tag.pk) for tag in story.tags)
    for tag, since, until in story.around.edges:
        yield Span(list_of("tag", tag, language), since=since, until=until)
    for shown_card in story.around.cards:
        yield from card(shown_card)
    yield from (name("link", pk, language) for pk in story.by_hand)
    for line in story.bylines:
        yield from (name("author", author.pk, language) for author in line.authors)
        yield from (name("kind:author", author.pk) for author in line.authors)
    yield from _body(story)
    yield from (name("creator", use.image.pk) for use in _used(story))
    for shown_card in story.cards:
        yield from _genre(shown_card)
    for category, since in story.more.edges:
        shelf = "category" if category else "all"
        yield Span(list_of(shelf, category, language), since=since)
    for shown_card in story.more.cards:
        yield from card(shown_card)


def comments(discussion):
    """Yield the tags of a pages.comments.Discussion."""
    article, language = discussion.article_id, discussion.language
    yield from frame(language, shows_site=not discussion.earlier_url)
    yield name("link", article, language)
    yield name("commenting", article, language)
    yield from _genre(discussion)
    yield name("comments", discussion.edition_id)
    for thread in discussion.threads:
        if thread.begun_by:
            yield name("comment", thread.pk)
        yield from (name("comment", remark.pk) for remark in thread.remarks)


def history(history):
    """Yield the tags of a pages.history.History."""
    language = history.language
    yield from frame(language, shows_site=not history.newest_url)
    yield name("site:changes", language)
    yield name("link", history.article_id, language)
    yield from _genre(history)
    yield name("changes", history.edition_id)


def corrections(shown):
    """Yield the tags of a pages.story.corrections.Corrections."""
    language = shown.language
    yield from frame(language)
    yield Span(name("corrections", language), since=shown.since, until=shown.until)
    for entry in shown.entries:
        yield name("link", entry.article_id, language)
        yield from _genre(entry)


def corrections_feed(feed):
    """Yield the tags of a pages.feed.Feed of corrections."""
    language = feed.language
    yield from (name(part, language) for part in ("site:name", "site:copyright", "site:marks"))
    yield Span(name("corrections", language), since=feed.edge)
    yield from (name("link", entry.article_id, language) for entry in feed.entries)


def feed(feed):
    """Yield the tags of a pages.feed.Feed."""
    about, language = feed.about, feed.language
    yield name("site:name", language)
    yield name("site:copyright", language)
    yield name("site:marks", language)
    if about.name == ALL:
        yield name("site:own_strapline", language)
    else:
        yield name(about.name, about.pk, language)
    yield Span(list_of(about.name, about.pk, language), since=feed.edge)
    for entry in feed.entries:
        yield from _entry(entry)


def _entry(entry):
    language = entry.language
    yield name("text", entry.article_id, language)
    yield from (name("category", node.pk, language) for node in entry.categories)
    yield from (name("tag", tag.pk, language) for tag in entry.tags)
    named = (*entry.authors, *entry.translators)
    yield from (name("author", author.pk, language) for author in named)
    yield from _body(entry)


def sitemap(index):
    """Yield the tags of a pages.sitemap.Index; how many files of lists there are is of matter where it may be more than one."""
    yield from (name("months", code) for code, _name in settings.LANGUAGES)
    for code in index.parts:
        yield from _which_lists(code)
        yield name("own_pages", code)


def all_feeds(directory):
    """Yield the tags of the names and addresses of a pages.directory.Directory."""
    language = directory.language
    yield from _which_lists(language)
    yield name("site:name", language)
    yield from (name("category", node.pk, language) for node in directory.nodes)
    yield from (name("tag", tag.pk, language) for tag in directory.tags)
    yield from (name("author", author.pk, language) for author in directory.authors)


def lists_sitemap(directory):
    """Yield the tags of the addresses of a pages.directory.Directory."""
    language = directory.language
    yield from _which_lists(language)
    yield name("own_pages", language)
    yield from (name("url:category", node.pk, language) for node in directory.nodes)
    yield from (name("url:tag", tag.pk, language) for tag in directory.tags)
    yield from (name("url:author", author.pk, language) for author in directory.authors)


def _which_lists(language):
    # Also for the first story of all and the last one.
    yield name("months", language)
    yield name("corrected", language)
    yield from (name("index", shelf, language) for shelf in SHELVES)


def about(language):
    """Yield the tags of a page that shows nothing but words of its own."""
    yield from frame(language)


def own_page(shown):
    """Yield the tags of a pages.own_page.OwnPage."""
    language = shown.language
    yield from frame(language)
    yield from _publisher(language)
    yield name("own_page", shown.pk, language)
    yield from _links(shown)
    for shown_card in shown.cards:
        yield from _genre(shown_card)


def month_sitemap(piece):
    """Yield the tags of a pages.sitemap.MonthMap, by its Piece."""
    yield name("dated", piece.language, f"{piece.month:%Y-%m}")


def news_index():
    """Yield the tags of the index of news: its files are those of the languages of the site, whatever they hold."""
    yield EVERYTHING


def news_sitemap(news):
    """Yield the tags of a pages.sitemap.NewsMap."""
    language = news.language
    yield Span(list_of("all", None, language), since=news.since)
    yield from (name("link", entry.article_id, language) for entry in news.entries)
    if news.entries:
        yield name("site:name", language)


def gone(gone):
    """Yield the tags of a pages.gone.Gone."""
    yield from frame(gone.language)
    yield name("article", gone.article_id, gone.language)
    yield from ways(gone.ways)


def archive(archive):
    """Yield the tags of a pages.archive.Archive."""
    yield from frame(archive.language)
    yield name("months", archive.language)


def index(index):
    """Yield the tags of a pages.index.Index."""
    shelf, language = index.shelf, index.language
    yield from frame(language)
    yield name("index", shelf, language)
    if index.letters:
        yield name("letters", shelf, language)
    yield from (name(shelf, entry.pk, language) for entry in index.entries)


def listing(shelf):
    """Yield the tags of a pages.shelf.Shelf."""
    about, language = shelf.about, shelf.language
    kind, pk = about.name, about.pk
    yield from frame(language)
    # Only the first page is announced to have others in other languages.
    asked = (code for code, _name in settings.LANGUAGES if code != language or not shelf.has_cursor)
    yield from (name("filled", kind, pk, code) for code in asked)
    yield from (name("filled", "category", node.pk, language) for node in about.children)
    if kind == "category" and not shelf.has_cursor:
        yield from (name("topics", shown_card.article_id) for shown_card in shelf.cards)
        yield from (name("tag", topic.pk, language) for topic in shelf.topics)
    if kind not in PERIODS:
        others = (code for code in shelf.languages if code != language)
        yield name(kind, pk, language)
        if kind == "tag":
            yield name("kind:tag", pk)
        yield from (name(f"url:{kind}", pk, code) for code in others)
    if kind == "category":
        yield name("way:category", pk, language)
    if kind in {"category", "author"} and not shelf.has_cursor:
        yield name(f"about:{kind}", pk, language)
    if shelf.ways:
        yield from (Span(list_of(kind, pk, other.language.code)) for other in shelf.elsewhere)
        yield from ways(shelf.ways)
    rows = list_of("all" if kind in PERIODS else kind, pk, language)
    yield Span(rows, since=shelf.since, until=shelf.until)
    for shown_card in shelf.cards:
        yield from card(shown_card)


def slot(slot):
    """Yield the tags of a pages.promotion.Slot."""
    yield name("slot", slot.place, slot.owner, slot.language)
    if slot.promotion:
        yield name("promotion", slot.promotion.pk, slot.language)
        if use := slot.promotion.use:
            yield name("image", use.image.pk)
            yield name("credit", use.image.pk)


def ways(ways):
    """Yield the tags of a pages.ways.Ways."""
    category, language = ways.category, ways.language
    if category:
        yield name("category", category.pk, language)
    shelf = ("category", category.pk) if category else ("all", None)
    yield Span(list_of(*shelf, language), since=ways.edge)
    for shown_card in ways.cards:
        yield from card(shown_card)


def card(card, *, region=None):
    """Yield the tags of a card, by what its kind shows; `region` is that of a front's block."""
    kind = card.kind
    yield name("teaser" if kind.has_standfirst else "link", card.article_id, card.language)
    if kind.has_standfirst:
        yield from _counted(card)
    yield from _genre(card)
    if kind.has_kicker:
        yield from _kicker(card, region)
    if kind.picture == KNOWN:
        yield name("lead", card.article_id)
    if card.lead:
        is_cropped = kind.shows_picture and card.has_picture
        yield name("crop" if is_cropped else "shown", card.lead.image.pk)


def _counted(story):
    """Yield the tags of whether comments are counted, and of how many there are: of a card or a story."""
    yield name("site:counts", story.language)
    if story.comments is not None:
        yield name("counted", story.article_id, story.language)


def _genre(story):
    """Yield the tags of the genre before a headline: of a card, or whatever else has `article_id`, `language` and `genre`."""
    yield name("genre", story.article_id)
    if story.genre:
        yield name("category", story.genre.pk, story.language)


def _kicker(card, region):
    kicker = (
        ("kicker", card.article_id) if region is None else ("kicker:in", region, card.article_id)
    )
    yield name(*kicker)
    if card.kicker:
        yield name("category", card.kicker.pk, card.language)


def _body(story):
    """Yield what the text refers to, be it there now or not."""
    for use in _used(story):
        yield name("image", use.image.pk)
        yield name("credit", use.image.pk)
        yield name("rights", use.image.pk)
    yield from _links(story)


def _used(story):
    inside = story.body.references.images
    return [use for use in story.uses if use.is_lead or use.image.pk in inside]


def _links(shown):
    references = shown.body.references
    for pk in references.articles:
        kind = "link" if pk in references.cards else "url:article"
        yield name(kind, pk, shown.language)
