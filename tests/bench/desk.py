"""A newsroom in a process of its own, which publishes a story for each line of its standard input.

`python -m tests.bench.desk` prints the path of the list in which its stories stand, and then, for each
headline, the moments at which the verb was called and at which it had returned.
"""

import subprocess
import sys
import time

from tests.bench.failures import NotMeasured
from tests.bench.sites import ROOT


class Desk:
    """Speaks with that process."""

    def __init__(self, site):
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.desk"],
            cwd=ROOT,
            env=site.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        self.list_path = self._heard()
        return self

    def __exit__(self, *_error):
        self.process.stdin.close()
        self.process.wait(timeout=20)
        self.process.stdout.close()

    def publish(self, headline):
        """Publish a story; return the moments, by the clock of this machine, before and after."""
        self.process.stdin.write(f"{headline}\n")
        self.process.stdin.flush()
        begun, done = self._heard().split()
        return float(begun), float(done)

    def _heard(self):
        line = self.process.stdout.readline().strip()
        if not line:
            raise NotMeasured("the newsroom could not publish; what it said stands above")
        return line


def drafted(headline, region):
    """Return the edition of a new story that nobody has published yet."""
    from articles.actions import writing
    from articles.models import Article

    texts = {"title_en": headline, "standfirst_en": "It is new.", "body_en": "<p>It is new.</p>"}
    article = Article.objects.create(source_language="en", **texts)
    article.categories.add(region)
    writing.save(article)
    return article.editions.get(language="en")


def main():
    import django

    django.setup()
    from articles.actions import publishing
    from articles.models import Category

    region = Category.objects.get(kind=Category.Kind.REGION, slug_en="syria")
    say(region.url_in("en"))
    for line in sys.stdin:
        edition = drafted(line.strip(), region)
        begun = time.monotonic()
        publishing.publish(edition, by=publishing.SYSTEM)
        say(begun, time.monotonic())


def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
