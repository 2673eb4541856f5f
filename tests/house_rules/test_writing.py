"""A class of the admin holds no rule: it calls verbs. Whoever writes does so in one kind of transaction."""

import ast
import re

from django.apps import apps
from django.contrib import admin

from articles.purging.facts import KINDS
from tests.house_rules.source import imports, modules, relative

WRITES = {"save", "delete", "create", "update", "set", "get_or_create", "update_or_create"}
WRITES |= {"bulk_create", "bulk_update"}
VERBS = {
    "actions",  # those of newsroom/site
    "correcting",
    "deleting",
    "illustrating",
    "menu",
    "organising",
    "own_pages",
    "promoting",
    "publishing",
    "restoring",
    "writing",
}

FOLLOWS = ("articles.derived", "articles.purging", "newsroom.db", "reversion")
FOLLOWS += ("django.db.transaction",)
"""What verbs know: what follows from a write, and how all of it is one transaction and one revision."""
READS = {
    "newsroom.db.handed.HandedOn",
    "reversion.admin.VersionAdmin",
    "reversion.models.Version",
    "newsroom.db.among.Among",
}
READS |= {f"newsroom.db.fulltext.{name}" for name in ("ANY", "Match", "Search")}
PAGES = {
    "articles/admin/article/admin.py",
    "articles/admin/side_by_side/page.py",
    "articles/admin/deleting.py",
    "articles/admin/menu.py",
    "articles/admin/own_page.py",
    "articles/admin/promotion.py",
}
"""Pages that save or delete are one transaction: what they have looked at is still so when the verb writes."""

OTHER_TRANSACTIONS = {
    "articles/actions/restoring.py",  # looks into a version, and takes everything back
    "articles/derived/items.py",  # gives places to what was written, under a lock of its own
    "articles/purging/change.py",  # write of pages alone, whoever has the lock
    "articles/purging/recovery.py",
    "articles/renditions.py",  # holds the row of one image alone
}


def written(path):
    """Yield the name of each method that writes, unless it is Django's own or a verb."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            on = ast.unparse(node.func.value)
            if node.func.attr in WRITES and on != "super()" and on not in VERBS:
                yield f"{on}.{node.func.attr}"


def test_the_admin_writes_by_verbs_alone():
    by_path = {relative(path): [*written(path)] for path in modules("articles/admin")}

    assert {path: names for path, names in by_path.items() if names} == {}


OWN_OF_IMPORTERS = re.compile(
    r"(batch|row|origin|left|mine|ImportBatch\.objects|ImportChange\.objects|Origin\.objects|AuthorName\.objects|origin\.aliases)\b"
)
"""Rows that say what was imported: batches and what they changed, and what ids and names of a source stand for."""
OF_A_FILE = {"image.set"}
"""Written to an element of the file that is read."""


def test_importers_write_by_verbs_alone():
    by_path = {
        relative(path): [
            name
            for name in written(path)
            if not (OWN_OF_IMPORTERS.match(name) or name.startswith("self.") or name in OF_A_FILE)
        ]
        for path in modules("articles/importers")
    }

    assert {path: names for path, names in by_path.items() if names} == {}


def test_each_form_of_what_readers_see_saves_by_a_verb():
    """An admin class that leaves it to Django would save a row beside the verbs."""
    seen = {model for kind in KINDS for model in kind.models}
    left = {
        model.__name__
        for model, model_admin in admin.site._registry.items()
        if model in seen and type(model_admin).save_model is admin.ModelAdmin.save_model
    }

    # Nobody writes a comment in the admin: its form is for reading.
    assert left == {"Comment"}


def test_the_admin_does_not_know_what_follows_from_a_write():
    imported = {
        (relative(path), name)
        for path in modules("articles/admin")
        for name in imports(path)
        if name.startswith(FOLLOWS) and name not in READS
    }

    assert imported <= {(path, "newsroom.db.locks") for path in PAGES}


ROWS = {"article", "author", "batch", "byline", "category", "child", "claim", "comment", "draft"}
ROWS |= {"edition", "entry", "first", "gap", "image", "instance", "item", "kept", "locked"}
ROWS |= {"origin", "other", "pair", "row", "sent", "story", "tag", "use", "user", "version"}
"""What rows are called."""
OF_DJANGO = {"GET", "LANGUAGE_CODE", "POST", "method", "path", "path_info", "user"}
"""What Django's own middleware and views set on a request, which a view may set again."""


def hung(source, names):
    """Yield each attribute that is set on a row, from outside of its model, and is no column of any, or on a request and is not Django's."""
    targets = (
        target
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign)
        for target in node.targets
    )
    for target in targets:
        for element in target.elts if isinstance(target, ast.Tuple) else [target]:
            on = ast.unparse(element.value) if isinstance(element, ast.Attribute) else ""
            known = OF_DJANGO if on.endswith("request") else names | {"pk"}
            if (on in ROWS or on.endswith("request")) and element.attr not in known:
                yield f"{on}.{element.attr}"


def columns():
    """Return the names of all columns, and of what is written to one."""
    fields = (field for model in apps.get_models() for field in model._meta.get_fields())
    return {
        name for field in fields for name in (field.name, getattr(field, "attname", field.name))
    }


def test_what_is_hung_on_a_row_is_seen():
    source = "instance.is_begun = article.title = True\nself.x, edition.before = 1, 2"
    asked = "request.path = self.request.form = ''"

    assert [*hung(source, {"title"})] == ["instance.is_begun", "edition.before"]
    assert [*hung(asked, {"form"})] == ["self.request.form"]


def test_nothing_is_hung_on_a_row_or_a_request():
    """What one function tells another of one it hands on beside it: `newsroom.db.handed`."""
    names = columns()
    by_path = {
        relative(path): [*hung(path.read_text("utf-8"), names)]
        for path in modules("articles", "newsroom")
        if "models" not in path.parts
    }

    assert {path: hung for path, hung in by_path.items() if hung} == {}


def test_a_story_is_saved_by_its_verb_alone():
    paths = {
        relative(path)
        for path in modules("articles")
        for name in written(path)
        if name in {"article.save", "Article.objects.create", "Article.objects.bulk_create"}
    }

    # A link that has found its story is no edit of the story that waited.
    assert paths == {"articles/actions/writing.py", "articles/derived/waiting_links.py"}


def test_a_transaction_that_writes_is_opened_together_with_the_lock():
    paths = {
        relative(path)
        for path in modules("articles")
        if "transaction.atomic" in path.read_text(encoding="utf-8")
        or "locks.take" in path.read_text(encoding="utf-8")
    }

    assert paths <= OTHER_TRANSACTIONS
