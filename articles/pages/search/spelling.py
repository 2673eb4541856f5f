"""What somebody may have meant: words of headlines that are spelled much like those that nothing was found for."""

from dataclasses import replace

from articles.models import SearchWord
from articles.pages.search import finding, question as questions
from newsroom.db.statements import Each, Given, padded, statement
from newsroom.i18n import words

LEAST = 4
"""A shorter word is spelled much like too many others."""

LONG = 7
"""From so many letters on, two mistakes are forgiven."""


def suggest(question, asked, *, at):
    """Return a Question that finds something and is spelled much like this one, or None; two queries at most."""
    wrong = {word: words.fold(word) for word in asked.words if word.isalpha()}
    wrong = {word: plain for word, plain in wrong.items() if len(plain) >= LEAST}
    if not wrong:
        return None
    heads = padded(sorted({plain[:3] for plain in wrong.values()}))
    tails = padded(sorted({plain[-3:] for plain in wrong.values()}))
    known = _known(
        asked.language, len(heads), len(tails), heads=heads, tails=tails, language=asked.language
    )
    near = {word: best for word, plain in wrong.items() if (best := _nearest(plain, known))}
    text = " ".join(near.get(word, word) for word in asked.words)
    if not near or text == " ".join(asked.words):
        return None
    suggested = replace(question, text=text)
    meant = questions.asked(suggested, language=asked.language, named={})
    return suggested if finding.which_find_any([meant], at=at) else None


def _nearest(plain, known):
    """Return the word that takes the fewest changes, of those the one that is in the most headlines; None if all take many."""
    most = 2 if len(plain) >= LONG else 1
    candidates = [
        (distance, -row.number, row.word)
        for row in known
        if abs(len(row.word) - len(plain)) <= most
        and (distance := changes(plain, words.fold(row.word), most)) <= most
    ]
    return min(candidates)[2] if candidates else None


def changes(one, other, most):
    """Return how many letters have to be changed, put in, left out or swapped with the next; most + 1 for more than that."""
    before, last = [], list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        line = [row]
        for place, there in enumerate(other, 1):
            cost = min(last[place] + 1, line[-1] + 1, last[place - 1] + (letter != there))
            if row > 1 < place and letter == other[place - 2] and one[row - 2] == there:
                cost = min(cost, before[place - 2] + 1)
            line.append(cost)
        if min(line) > most:
            return most + 1
        before, last = last, line
    return min(last[-1], most + 1)


@statement
def _known(_language, heads, tails):
    here = SearchWord.objects.filter(language=Given("language")).order_by()
    head = here.filter(head__in=Each("heads", heads)).values_list("word", "number")
    return head.union(here.filter(tail__in=Each("tails", tails)).values_list("word", "number"))
