"""What a test with transactions of its own has written is deleted after it, but for what migrations made.

Django truncates every table and makes the rows of content types, permissions and groups anew: that takes longer than most of these tests.
"""

from django.core.management.commands import flush

KEPT = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


def keep_what_migrations_made():
    """Change what `flush` does in this process."""
    flush.sql_flush = _statements
    flush.emit_post_migrate_signal = _nothing


def _statements(style, connection, **options):
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    written = sorted(set(tables) - KEPT)
    if connection.vendor == "postgresql":
        return [_deletion(connection.ops.quote_name(table) for table in written)]
    return connection.ops.sql_flush(style, written, **options)


def _deletion(tables):
    """Return a statement that empties tables of PostgreSQL: to truncate one writes new files, and few of them hold a row."""
    deletions = "; ".join(f"DELETE FROM {table}" for table in tables)  # noqa: S608
    # The role of a replica: rows are deleted in any order.
    return f"SET LOCAL session_replication_role = replica; {deletions}; SET LOCAL session_replication_role = DEFAULT"


def _nothing(*_positional, **_named):
    pass
