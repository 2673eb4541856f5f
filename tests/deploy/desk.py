"""A newsroom in a process of its own: it does what it is told on its standard input, line by line.

`python -m tests.deploy.desk`; "publish Some headline" prints the path of the story, "withdraw Some headline"
prints it again. Each line is answered once its transaction is committed. `Desk` is such a process from outside.
"""

import subprocess
import sys

import django


class Desk:
    def __init__(self, command, **options):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options
        )

    def tell(self, words):
        """Let the newsroom do something; return the path of the story once it is done."""
        self.process.stdin.write(f"{words}\n")
        self.process.stdin.flush()
        path = self.process.stdout.readline().strip()
        assert path, "the newsroom failed; what it said stands above"
        return path

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.process.stdout.close()


def publish(headline):
    from tests import factories

    region = factories.CategoryFactory(name_en="Syria")
    return factories.live_edition(title_en=headline, categories=[region])


def illustrate(headline):
    """Publish a story with a picture of which nobody has told the worker."""
    from tests import factories

    return factories.live_edition(title_en=headline, images=[factories.ImageFactory()])


def withdraw(headline):
    from articles.actions import publishing
    from articles.models import Edition

    edition = Edition.objects.get(article__title_en=headline, language="en")
    publishing.withdraw(edition, by=publishing.SYSTEM, reason="It was wrong.")
    return edition


def main():
    django.setup()
    from django.db import connection

    verbs = {"publish": publish, "illustrate": illustrate, "withdraw": withdraw}
    for line in sys.stdin:
        verb, _space, headline = line.strip().partition(" ")
        sys.stdout.write(f"{verbs[verb](headline).get_absolute_url()}\n")
        sys.stdout.flush()
        # Before the next line the database may have been stopped and started.
        connection.close()


if __name__ == "__main__":
    main()
