"""One story in few or in all languages of a site, and what its page and its form cost."""

import cProfile
import gc
import pstats
import time
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.test import Client

from articles.models import Edition
from articles.texts import column
from tests import factories
from tests.articles.admin.conftest import Desk
from tests.bench import plans, words
from tests.bench.measuring import WARM_UP, UnexpectedAnswer

FEW = 4
PARAGRAPHS = 12
CHANGE = "articles_article_change"
PAGE, OPEN, SAVE = "page of the story", "opening its form", "saving it, one headline changed"


@dataclass
class Cost:
    """What one use costs: statements, calls of functions, and milliseconds of the processor of each run."""

    statements: int = 0
    calls: int = 0
    cpu: list = field(default_factory=list)


def fill():
    """Make a story in FEW languages and, where the site has more, one in all; return number of languages -> its id."""
    codes = [code for code, _name in settings.LANGUAGES]
    region = factories.CategoryFactory(name_en="Region")
    parts = {
        "categories": [region, factories.CategoryFactory(name_en="News", kind="section")],
        "tags": factories.TagFactory.create_batch(3),
        "authors": [factories.AuthorFactory()],
        "images": factories.ImageFactory.create_batch(2),
    }
    for number in range(5):
        factories.story(live=codes[:FEW], categories=[region], **texts(codes[:FEW], number))
    by_number = {}
    for number in sorted({FEW, len(codes)}):
        story = factories.story(live=codes[:number], **parts, **texts(codes[:number], number))
        by_number[number] = story.pk
    return by_number


def texts(codes, number):
    """Return texts of the usual length, of which no two bodies are the same."""
    made = {}
    for code in codes:
        made[column("title", code)] = f"Story {number} of the benchmark, in {code}"
        made[column("standfirst", code)] = words.STANDFIRSTS["en"]
        made[column("body", code)] = f"<h2>In {code}</h2>" + "".join(
            words.body(number + step, "en") for step in range(PARAGRAPHS // 3)
        )
    return made


def measure(stories, *, runs):
    """Return what is measured -> number of languages -> Cost, of the stories of `fill`, in turn."""
    client = Client()
    # As newsroom/wsgi.py does in a process that answers.
    gc.freeze()
    desk = Desk(factories.UserFactory(is_staff=True, is_superuser=True))
    addresses = {
        number: Edition.objects.get(article=pk, language="en").get_absolute_url()
        for number, pk in stories.items()
    }
    return {
        PAGE: _in_turn({n: partial(client.get, url) for n, url in addresses.items()}, runs=runs),
        OPEN: _in_turn({n: partial(desk.open, CHANGE, pk) for n, pk in stories.items()}, runs=runs),
        SAVE: _in_turn(
            {n: partial(change, desk, pk) for n, pk in stories.items()},
            # Each save needs the form as it stands by then.
            given={n: partial(desk.form, CHANGE, pk) for n, pk in stories.items()},
            runs=runs,
            status=302,
        ),
    }


def change(desk, pk, form):
    fields = {"title_en": f"Another headline {time.monotonic_ns()}"}
    return desk.save(CHANGE, pk, fields=fields, form=form)


def _in_turn(uses, *, runs, given=None, status=200):
    """Return the Cost of each of these functions; `given` maps some to one that makes what they take."""
    costs = {number: Cost() for number in uses}

    def use(number):
        return partial(uses[number], given[number]()) if given else uses[number]

    for number, cost in costs.items():
        for _run in range(WARM_UP):
            if (answer := use(number)().status_code) != status:
                raise UnexpectedAnswer(f"story {number} answers {answer} and not {status}")
        ready = use(number)
        with plans.recorded() as statements:
            ready()
        cost.statements, profile = len(statements), cProfile.Profile()
        profile.runcall(use(number))
        cost.calls = pstats.Stats(profile).total_calls
    for _run in range(runs):
        for number, cost in costs.items():
            ready, start = use(number), time.process_time()
            ready()
            cost.cpu.append((time.process_time() - start) * 1000)
    return costs
