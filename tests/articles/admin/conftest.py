"""People at their desks: a signed-in client that fills in the forms it is shown."""

from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from articles import roles
from tests.factories import UserFactory


class FormReader(HTMLParser):
    """Read what a browser would send of the page's main form: name -> list of values."""

    def __init__(self, html):
        super().__init__()
        self.values, self.buttons = {}, []
        self.inside = self.select = self.textarea = None
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "form":
            self.inside = attrs.get("id", "").endswith("_form") and attrs["id"] != "logout-form"
        if not self.inside:
            return
        if tag == "input":
            self._input(attrs)
        elif tag == "button" and attrs.get("type") == "submit":
            self.buttons.append((attrs.get("name"), attrs.get("value")))
        elif tag == "textarea":
            self.textarea = attrs["name"]
            self.values.setdefault(self.textarea, []).append("")
        elif tag == "select":
            self.select = attrs["name"]
        elif tag == "option" and "selected" in attrs and self.select:
            self.values.setdefault(self.select, []).append(attrs.get("value", ""))

    def _input(self, attrs):
        kind = attrs.get("type", "text")
        if kind in {"submit", "file"} or not attrs.get("name"):
            return
        if kind in {"checkbox", "radio"} and "checked" not in attrs:
            return
        unstated = "on" if kind in {"checkbox", "radio"} else ""
        self.values.setdefault(attrs["name"], []).append(attrs.get("value", unstated))

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser leaves out the line end that Django writes behind the tag.
            words = self.values[self.textarea]
            words[-1] = words[-1].removeprefix("\n")
            self.textarea = None
        elif tag == "select":
            self.select = None
        elif tag == "form":
            self.inside = None

    def handle_data(self, data):
        if self.textarea:
            self.values[self.textarea][-1] += data


class Desk:
    """A person's browser: `open` a page, or `save` its form with some fields changed."""

    def __init__(self, user):
        self.user = user
        self.client = Client()
        self.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    def open(self, name, *args, **query):
        return self.client.get(reverse(f"admin:{name}", args=args), query)

    def form(self, name, *args):
        response = self.open(name, *args)
        assert response.status_code == 200
        return FormReader(response.content.decode())

    def save(self, name, *args, fields=None, button=("_continue", "1"), form=None):
        """Send the form of a page as it stands, with these fields changed, by a button."""
        values = dict((form or self.form(name, *args)).values)
        values |= {
            key: value if isinstance(value, list) else [value]
            for key, value in (fields or {}).items()
        }
        values[button[0]] = [button[1]]
        return self.client.post(reverse(f"admin:{name}", args=args), values)

    def press(self, article, verb, fields=None):
        return self.save(
            "articles_article_change", article.pk, fields=fields, button=("_verb", verb)
        )


def messages_of(response):
    """Return the messages that the page after a redirect would show."""
    return [str(message) for message in response.wsgi_request._messages]


def member_of(*groups, **attributes):
    user = UserFactory(is_staff=True, **attributes)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def said():
    return messages_of


@pytest.fixture
def editor(db):
    return Desk(member_of(roles.EDITOR, first_name="Eva", last_name="Ortiz"))


@pytest.fixture
def second_editor(db):
    return Desk(member_of(roles.EDITOR, first_name="Rui", last_name="Lima"))


@pytest.fixture
def writer(db):
    return Desk(member_of(roles.WRITER, first_name="Will", last_name="Hart"))


@pytest.fixture
def administrator(db):
    return Desk(UserFactory(is_staff=True, is_superuser=True))
