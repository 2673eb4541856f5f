"""Operations of migrations that change many columns at once.

After each operation Django loads every model anew: one for each column would take minutes.
"""

from django.db import models
from django.db.migrations.operations.base import Operation
from modeltranslation.utils import build_localized_fieldname


class CreateModels(Operation):
    """Do many operations of CreateModel at once; a table stands behind those to which it leads."""

    def __init__(self, operations):
        self.operations = operations

    def state_forwards(self, app_label, state):
        # Without models that are loaded none is loaded anew.
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.operations)} models"


class LengthenCodes(Operation):
    """Give fields of short codes their new length; `fields` maps the names of models to those of fields.

    SQLite keeps words of any length, so that nothing is to be done there.
    """

    def __init__(self, fields):
        self.fields = fields

    def state_forwards(self, app_label, state):
        for name, fields in self.fields.items():
            state.models[app_label, name.lower()].fields |= fields
        state.reload_models({(app_label, name.lower()) for name in self.fields}, delay=True)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor == "sqlite":
            return
        for name, fields in self.fields.items():
            before = from_state.apps.get_model(app_label, name)
            after = to_state.apps.get_model(app_label, name)
            for field in fields:
                schema_editor.alter_field(
                    before, before._meta.get_field(field), after._meta.get_field(field)
                )

    database_backwards = database_forwards

    def describe(self):
        return f"Lengthen the codes in {', '.join(self.fields)}"


class AddLanguages(Operation):
    """Give models the columns of more languages, and the constraints of these.

    `fields` maps the name of a model to its texts, each by name to a field such as its columns are. `unique` maps it to
    those that are unique in their language: to the fields beside which they are, the name of the constraint,
    which is translated too, and what it says.
    """

    def __init__(
        self,
        languages,
        fields,
        unique,
    ):
        self.languages = languages
        self.fields = fields
        self.unique = unique

    def state_forwards(self, app_label, state):
        for model in self.fields:
            known = state.models[app_label, model.lower()]
            known.fields |= dict(self._columns(model))
            constraints = known.options.get("constraints", ())
            known.options["constraints"] = [*constraints, *self._constraints(model)]
        state.reload_models({(app_label, model.lower()) for model in self.fields}, delay=True)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for name in self.fields:
            before, after = (
                state.apps.get_model(app_label, name) for state in (from_state, to_state)
            )
            if schema_editor.connection.vendor == "sqlite" and not before.objects.exists():
                # Each column takes SQLite as long as a table.
                schema_editor.delete_model(before)
                schema_editor.create_model(after)
                continue
            self._add_columns(schema_editor, after, name)
            for constraint in self._constraints(name):
                schema_editor.add_constraint(after, constraint)

    def _add_columns(self, schema_editor, model, name):
        fields = [model._meta.get_field(column) for column, _field in self._columns(name)]
        if schema_editor.connection.vendor == "sqlite":
            for field in fields:
                schema_editor.add_field(model, field)
            return
        quoted = schema_editor.quote_name
        columns = (
            f"ADD COLUMN {quoted(field.column)} {schema_editor.column_sql(model, field)[0]}"
            for field in fields
        )
        schema_editor.execute(f"ALTER TABLE {quoted(model._meta.db_table)} {', '.join(columns)}")

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for name in self.fields:
            model = from_state.apps.get_model(app_label, name)
            for constraint in self._constraints(name):
                schema_editor.remove_constraint(model, constraint)
            for column, _field in self._columns(name):
                schema_editor.remove_field(model, model._meta.get_field(column))

    def describe(self):
        return f"Add the texts of {', '.join(self.fields)} in {', '.join(self.languages)}"

    def _columns(self, model):
        for name, field in self.fields[model].items():
            for language in self.languages:
                yield build_localized_fieldname(name, language), field.clone()

    def _constraints(self, model):
        for name, (beside, constraint, message) in self.unique.get(model, {}).items():
            for language in self.languages:
                column = build_localized_fieldname(name, language)
                yield models.UniqueConstraint(
                    fields=(*beside, column),
                    name=build_localized_fieldname(constraint, language),
                    condition=~models.Q(**{column: ""}),
                    violation_error_message=message,
                )
