"""Forms in which texts merge, and rows that all languages share."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from articles import roles
from articles.admin.widgets import NewsroomForm
from articles.comparing.differences import as_read, blocks_of
from articles.comparing.merging import Merge
from articles.comparing.relinked import led_elsewhere
from articles.comparing.words import changes
from newsroom.forms.merging import MergingForm

REFERRED = {
    "figure": _("Image"),
    "aside": _("Read: card"),
    "div": _("Embed"),
}
"""What the blocks of a body are called that refer to something, by their tags."""


class MergedForm(MergingForm, NewsroomForm):
    """A form whose texts merge by paragraph where two people have changed them."""

    def merged_words(self, name, base, mine, theirs):
        widget = self.fields[name].widget
        if getattr(widget, "holds_blocks", False):
            return Merge(*map(blocks_of, (base, mine, theirs)), read=words_of_block)
        if isinstance(widget, forms.Textarea):
            return Merge(*(words.split("\n") for words in (base, mine, theirs)))
        return None

    def shown_beside(self, name, base, value):
        # What is chosen from a list is another thing, not the same in other words.
        if not base or not isinstance(self.fields[name], forms.CharField):
            return super().shown_beside(name, base, value)
        return render_to_string("admin/difference.html", {"runs": changes(base, value)})

    def rewrites(self, name, value, mine, theirs):
        holds_links = getattr(self.fields[name].widget, "holds_blocks", False)
        return led_elsewhere(value, (mine, theirs)) if holds_links and "data-" in value else ()


def words_of_block(html, *, names=None):
    """Return the words of a block of a body, of a picture, card or embed what it refers to; `names` are those of images."""

    def named(tag, attrs):
        image = int(attrs.get("data-image", 0))
        values = (value for name, value in attrs.items() if name.startswith("data-"))
        return f"{REFERRED[tag]}: {(names or {}).get(image) or ' '.join(values)}"

    return as_read(html, named)


class RowForm(MergedForm):
    """A row with an autocomplete over `loaded_field`, whose object came with the row."""

    loaded_field = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields.get(self.loaded_field)
        if not field:
            return
        field.widget.can_delete_related = field.widget.can_view_related = False
        if getattr(self.instance, f"{self.loaded_field}_id"):
            field.widget.widget.loaded = getattr(self.instance, self.loaded_field)


class SharedRows:
    """An inline that is changed by whoever may change what readers of every language are shown."""

    def get_formset(self, request, *args, **kwargs):
        formset = super().get_formset(request, *args, **kwargs)
        formset.form.by = request.user
        return formset

    def has_add_permission(self, request, obj):
        allowed = super().has_add_permission(request, obj)
        return allowed and roles.may_change_what_is_shown(request.user, obj)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and roles.may_change_what_is_shown(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and roles.may_change_what_is_shown(request.user, obj)
