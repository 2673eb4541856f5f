"""What is asked for many stories: the verb, and what that verb needs to know."""

from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import get_language, gettext as _, gettext_lazy

from articles import roles
from articles.admin.bulk.verbs import OF_LANGUAGES, offered
from articles.admin.languages import enabled
from articles.admin.widgets import PlainField, indented
from articles.models import Category, Tag
from articles.texts import separated
from newsroom.languages import LANGUAGES

REASON = ("reason", gettext_lazy("Say why: readers are told the reason."))
NEEDED = {
    "withdraw": REASON,
    "withdraw_all": REASON,
    "assign": ("user", gettext_lazy("Choose somebody.")),
    "tag": ("tags", gettext_lazy("Name at least one tag.")),
    "categorise": ("categories", gettext_lazy("Choose a category.")),
}


class BulkForm(forms.Form):
    verb = forms.ChoiceField(label=gettext_lazy("What to do"), widget=forms.RadioSelect)
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("In which languages"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    user = forms.ModelChoiceField(
        label=gettext_lazy("Who gets it"), queryset=None, required=False, empty_label="—"
    )
    reason = PlainField(
        label=gettext_lazy("Reason of withdrawal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    tags = PlainField(
        label=gettext_lazy("Tags"), required=False, help_text=gettext_lazy("With commas between.")
    )
    categories = forms.ChoiceField(label=gettext_lazy("Category"), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, label_suffix="", auto_id="bulk-%s", **kwargs)
        verbs = offered(user)
        self.fields["verb"].choices = verbs.items()
        self.fields["languages"].choices = [(code, LANGUAGES[code].name) for code in enabled()]
        self.tree = Category.tree(language=get_language())
        nodes = ((str(node.pk), indented(node.depth, node)) for node in self.tree.walk())
        self.fields["categories"].choices = [("", "—"), *nodes]
        self.fields["user"].queryset = _writers()
        if "assign" not in verbs:
            for name in ("user", "reason", "tags", "categories"):
                del self.fields[name]

    def clean_tags(self):
        words = separated(self.cleaned_data["tags"])
        tags = {word: Tag.objects.meaning(word).first() for word in words}
        if unknown := [word for word, tag in tags.items() if tag is None]:
            sentence = _("No tag means “%s”: make it first, or choose another.")
            raise forms.ValidationError(sentence % "”, “".join(unknown))
        return list(tags.values())

    def clean_categories(self):
        return list(Category.objects.filter(pk=self.cleaned_data["categories"] or 0))

    def clean(self):
        asked = self.cleaned_data
        verb = asked.get("verb", "")
        if verb in OF_LANGUAGES and not asked.get("languages"):
            self.add_error("languages", _("Choose at least one language."))
        name, sentence = NEEDED.get(verb, ("", ""))
        if name and name not in self.errors and not asked.get(name):
            self.add_error(name, sentence)
        return {"user": None, "reason": "", "tags": [], "categories": []} | asked


def _writers():
    """Return those who may write stories."""
    staff = get_user_model().objects.with_perm(
        roles.CHANGE, backend="django.contrib.auth.backends.ModelBackend"
    )
    return staff.filter(is_staff=True).order_by("first_name", "username")
