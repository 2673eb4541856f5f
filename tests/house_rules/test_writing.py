"""A class of the admin holds no rule: it calls verbs. Whoever writes does so in one kind of transaction."""

import ast

from django.apps import apps

from tests.house_rules.source import imports, modules, relative

WRITES = {"save", "delete", "create", "update", "set", "get_or_create", "update_or_create"}
WRITES |= {"bulk_create", "bulk_update"}
VERBS = {
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


def hung(source, names):
    """Yield each attribute that is set on a row, from outside of its model, and is no column of any."""
    targets = (
        target
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign)
        for target in node.targets
    )
    for target in targets:
        for element in target.elts if isinstance(target, ast.Tuple) else [target]:
            on = ast.unparse(element.value) if isinstance(element, ast.Attribute) else ""
            if on in ROWS and element.attr not in names | {"pk"}:
                yield f"{on}.{element.attr}"


def columns():
    """Return the names of all columns, and of what is written to one."""
    fields = (field for model in apps.get_models() for field in model._meta.get_fields())
    return {
        name for field in fields for name in (field.name, getattr(field, "attname", field.name))
    }


def test_what_is_hung_on_a_row_is_seen():
    source = "instance.is_begun = article.title = True\nself.x, edition.before = 1, 2"

    assert [*hung(source, {"title"})] == ["instance.is_begun", "edition.before"]


def test_nothing_is_hung_on_a_row():
    """What one function tells another of a row it hands on beside it: `newsroom.db.handed`."""
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
