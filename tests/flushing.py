"""What a test with transactions of its own has written is deleted after it, but for what migrations made.

Django deletes all rows and makes those of content types, permissions and groups anew: that takes longer than most of these tests.
"""

from django.core.management.commands import flush

KEPT = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}


def keep_what_migrations_made():
    """Change what `flush` does in this process."""
    flush.sql_flush = _statements
    flush.emit_post_migrate_signal = _nothing


def _statements(style, connection, **options):
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return connection.ops.sql_flush(style, sorted(set(tables) - KEPT), **options)


def _nothing(*_positional, **_named):
    pass
