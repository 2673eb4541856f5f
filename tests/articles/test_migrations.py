"""What a new site begins with is what all the migrations before came to."""

from django.db.migrations.loader import MigrationLoader
from django.db.migrations.writer import MigrationWriter


def models(*, at_once):
    """Return the models of the domain, by name: each field, and each option, as migrations write them."""
    loader = MigrationLoader(None, replace_migrations=at_once)
    states = loader.project_state().models
    return {
        name: ({field: written(value) for field, value in state.fields.items()}, options(state))
        for (app, name), state in states.items()
        if app == "articles"
    }


def options(state):
    return {
        name: sorted(map(source, value)) if isinstance(value, list) else source(value)
        for name, value in state.options.items()
        if value
    }


def written(field):
    _name, path, positional, named = field.deconstruct()
    return path, positional, {name: source(value) for name, value in named.items()}


def source(value):
    return MigrationWriter.serialize(value)[0]


def test_a_new_site_has_the_tables_that_older_ones_grew():
    assert models(at_once=True) == models(at_once=False)
