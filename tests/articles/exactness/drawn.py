"""Which languages a site of the exactness test has, by a seed: it needs no settings, which are read after it."""

import random

from newsroom.languages import LANGUAGES

FIRST = "en"
"""The language of the words that the test begins with."""


def languages(seed):
    """Return the codes of a site: the first language, one from right to left, a variant with what it is one of, and any other."""
    rng = random.Random(seed)
    every = list(LANGUAGES.values())
    variant = rng.choice([language for language in every if "-" in language.code])
    backwards = rng.choice([language for language in every if language.direction == "rtl"])
    main = [language.code for language in every if language.code == variant.main]
    codes = [backwards.code, variant.code, *main, rng.choice(every).code]
    rng.shuffle(codes)
    return tuple(dict.fromkeys([FIRST, *codes]))
