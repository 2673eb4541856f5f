"""Django's backend for PostgreSQL, with connections that keep deadlines."""
