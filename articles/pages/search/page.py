"""A page of search: what was found in the language of the page and in others, or where to go on where nothing was."""

from dataclasses import dataclass, field, replace

from articles.pages import ways
from articles.pages.search import (
    facets as narrowing,
    finding,
    question as questions,
    results,
    spelling,
)
from articles.pages.search.facets import Facets
from articles.pages.ways import Ways
from newsroom.languages import LANGUAGES, Language, enabled


@dataclass(frozen=True)
class Elsewhere:
    """What was found in another language: the first stories, how many there are, and the path of all of them."""

    language: Language
    url: str
    results: list
    number: int

    @property
    def has_more(self):
        return self.number > finding.COUNTED_ELSEWHERE


@dataclass(frozen=True)
class SearchPage:
    """A page of search in one language.

    `number` counts what was found, COUNTED at most; `has_more` says that there is more. Without anything found, `ways` are the
    stories to go on with, and `meant` is a question that finds something, or None. `is_asked` is false where no word was given that can be looked for.
    """

    question: questions.Question
    language: str
    is_asked: bool = False
    is_cut: bool = False
    results: list = field(default_factory=list)
    number: int = 0
    has_more: bool = False
    older_url: str = ""
    first_url: str = ""
    elsewhere: list = field(default_factory=list)
    facets: Facets | None = None
    meant: questions.Question | None = None
    ways: Ways | None = None

    @property
    def meant_url(self):
        return self.meant.url_in(self.language)

    @property
    def has_feed(self):
        """Whether there is a feed of what this page shows."""
        return bool(self.results) and not self.first_url


def read(question, *, tree, at, before=None):
    """Return the SearchPage for a Question in the language of the tree; behind a finding.Cursor, a later one."""
    language = tree.language
    if not question.text:
        return SearchPage(question, language)
    named = questions.names(question, tree=tree)
    asked = {
        site_language.code: questions.asked(question, language=site_language.code, named=named)
        for site_language in enabled()
    }
    own, others = asked[language], [other for other in asked.values() if other.language != language]
    if not own.words:
        return SearchPage(question, language, ways=ways.read(tree=tree, at=at))
    answer = finding.read(question, own, [] if before else others, at=at, before=before)
    first = {code: places[: finding.ELSEWHERE] for code, places in answer.elsewhere.items()}
    shown = results.read([*answer.page, *sum(first.values(), [])], asked, tree=tree, at=at)
    mine = [shown[place] for place in answer.page if place in shown]
    page = SearchPage(
        question,
        language,
        is_asked=True,
        is_cut=own.is_cut,
        elsewhere=[
            _elsewhere(question, code, places, shown, len(answer.elsewhere[code]))
            for code, places in first.items()
        ],
    )
    if not mine:
        meant = spelling.suggest(question, own, at=at)
        return replace(page, meant=meant, ways=ways.read(tree=tree, at=at))
    return replace(
        page,
        results=mine,
        number=answer.number,
        has_more=answer.has_more,
        older_url=question.url_in(language, before=answer.older) if answer.older else "",
        first_url=question.url_in(language) if before else "",
        facets=narrowing.read(question, answer.all, tree=tree),
    )


def _elsewhere(question, code, places, shown, number):
    stories = [shown[place] for place in places if place in shown]
    return Elsewhere(LANGUAGES[code], question.url_in(code), stories, number)
