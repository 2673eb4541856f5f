"""What a page of the site's own may begin as: what this software does already, and questions for the newsroom to answer."""

from django.utils import translation
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from articles.actions.own_pages import OPEN
from articles.models import OwnPage
from newsroom.i18n import standin

Kind = OwnPage.Kind

KNOWN = {
    Kind.PRIVACY: (
        _("Readers need no account here, and no cookie is stored in their browsers."),
        _(
            "No page loads scripts, letters or counters of other companies. What is shown from another site is a link, and nothing of it is loaded before it is followed."
        ),
        _(
            "Of a comment its name, its words and its time are stored, and a mail address if one was given, which is never shown. Of the network address that it came from only a code is kept, for two days, which does not reveal the address."
        ),
        _(
            "Whoever writes a comment is given a link by which it can be erased for ever, and can ask for all comments under a mail address."
        ),
    ),
    Kind.CORRECTIONS: (
        _(
            "Each correction stands with its story, with its day, and in the list of all corrections."
        ),
    ),
    Kind.ACCESSIBILITY: (
        _(
            "These pages are made to meet level AA of the Web Content Accessibility Guidelines 2.2. They work with a keyboard, without scripts and with letters of double size, and each has a lite edition in words alone."
        ),
    ),
}
"""Sentences that are true of every site of this software, unless somebody has changed it."""

QUESTIONS = {
    Kind.ABOUT: (
        _("Whom do you write for, and about what?"),
        _("Who founded the newsroom, when, and why?"),
        _("Who works for it, where, and in which languages?"),
        _("How can readers support it or take part?"),
    ),
    Kind.CONTACT: (
        _("Who reads letters from readers, under which address, and how soon is one answered?"),
        _("Which telephone number and which postal address may be named?"),
        _("How does somebody reach you who must not be recognised?"),
    ),
    Kind.IMPRINT: (
        _("What is the legal name of the publisher, and what is its legal form?"),
        _("Under which postal address and telephone number can it be reached?"),
        _("Who answers for the contents by law?"),
        _("In which register is the publisher entered, and under which number?"),
    ),
    Kind.PRIVACY: (
        _("Who is responsible for the data of readers, and how is that person reached?"),
        _(
            "How long does your server keep its log of requests, in which network addresses may stand?"
        ),
        _("Who runs your server and your mail, and in which country?"),
        _("Which other services learn of readers: a newsletter, a counter, payments?"),
        _(
            "Whom do readers ask to see, correct or erase what is stored of them, and where can they complain?"
        ),
    ),
    Kind.PRINCIPLES: (
        _("What do you report on, and what do you leave to others?"),
        _("How does a reader tell news, opinion and advertisements apart?"),
        _("Who decides what is published?"),
        _("How do you check what sources say, and when do you leave them unnamed?"),
        _("What do you use artificial intelligence for, and who checks what it makes?"),
    ),
    Kind.ETHICS: (
        _("Which gifts, invitations and other work do your people refuse?"),
        _("What happens when somebody is to write about a matter of their own?"),
        _("When do you hide the name or the face of a person?"),
        _("Which code of the press do you follow, and who hears complaints?"),
    ),
    Kind.CORRECTIONS: (
        _("How does a reader tell you of a mistake, and how soon is it looked at?"),
        _("When do you correct a story, and when do you withdraw it?"),
        _("Who decides on that?"),
    ),
    Kind.OWNERSHIP: (
        _("Who owns the newsroom, and how much of it?"),
        _("Where does its money come from, and who gives more than a tenth?"),
        _("What do owners and givers have no say in?"),
        _("How much was received and spent in the last year?"),
    ),
    Kind.MASTHEAD: (
        _("Who leads the newsroom, and who answers for which part?"),
        _("Who writes, translates and illustrates?"),
        _("How is each of them reached?"),
    ),
    Kind.ACCESSIBILITY: (
        _("What can not everybody use yet: films without subtitles, documents from elsewhere?"),
        _("How does a reader tell you of an obstacle, and how soon is it answered?"),
        _("Which authority hears complaints?"),
    ),
    Kind.SECURITY: (
        _("Under which address do you take reports of weaknesses, and in which languages?"),
        _("How soon do you answer, and what do you promise to somebody who reports in good faith?"),
    ),
}
"""What a newsroom says of itself on a page of a kind, as questions. A page with an open one is not published: see own_pages.obstacles."""


def title(kind, *, language):
    """Return the title that a page of a kind begins with in a language: "" where the language has no word for the kind."""
    return standin.own(Kind(kind).label, language) if kind in QUESTIONS else ""


def body(kind, *, language):
    """Return the HTML that a page of a kind begins with in a language: "" where the kind has no questions.

    What is not translated into the language stands in the first language of the site, and is open: readers must not see it.
    """
    known = [_said(sentence, language) for sentence in KNOWN.get(kind, ())]
    with translation.override(language):
        questions = [f"{OPEN} {question}" for question in QUESTIONS.get(kind, ())]
        return format_html_join("\n", "<p>{}</p>", ((line,) for line in [*known, *questions]))


def _said(sentence, language):
    """Return a sentence as the language says it, or behind the mark of what is open as another one does."""
    if said := standin.own(sentence, language):
        return said
    with translation.override(language):
        return f"{OPEN} {sentence}"
