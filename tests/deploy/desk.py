"""A newsroom in a process of its own: it does what it is told on its standard input, line by line.

`python -m tests.deploy.desk`; "publish Some headline" prints the path of the story, "withdraw Some headline"
prints it again. Each line is answered once its transaction is committed.
"""

import sys

import django


def publish(headline):
    from tests import factories

    region = factories.CategoryFactory(name_en="Syria")
    return factories.live_edition(title_en=headline, categories=[region])


def withdraw(headline):
    from articles import publishing
    from articles.models import Edition

    edition = Edition.objects.get(article__title_en=headline, language="en")
    publishing.withdraw(edition, by=publishing.SYSTEM, reason="It was wrong.")
    return edition


def main():
    django.setup()
    from django.db import connection

    verbs = {"publish": publish, "withdraw": withdraw}
    for line in sys.stdin:
        verb, _space, headline = line.strip().partition(" ")
        sys.stdout.write(f"{verbs[verb](headline).get_absolute_url()}\n")
        sys.stdout.flush()
        # Before the next line the database may have been stopped and started.
        connection.close()


if __name__ == "__main__":
    main()
