"""What editors do, through the admin's own forms, chosen at random."""

import io

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow
from reversion.models import Version

from articles.actions import correcting
from articles.models import (
    Article,
    Author,
    Category,
    Correction,
    Image,
    MenuEntry,
    OwnPage,
    Tag,
)
from articles.texts import column, columns
from newsroom.site import digits
from tests.articles.exactness.site import LANGUAGES, OTHER, articles, desk

CHANGE = "articles_article_change"
USES = ("search", "answers", "training")
WORDS = ("river", "harbour", "council", "storm", "market", "border", "choir", "señal", "ميناء")


class Desks:
    """Each method does one thing and returns words on it, or None where there is nothing to do it to."""

    def __init__(self, rng):
        self.rng = rng
        self.desk = desk()
        self.refused = 0

    # --- Stories ---

    def text(self):
        article = self._any(articles())
        name = self._column(self.rng.choice(["title", "standfirst", "body"]))
        value = self._body() if name.startswith("body") else self._words()
        return self._story(article, {name: value})

    def save_unchanged(self):
        return self._story(self._any(articles()), {})

    def slug(self):
        return self._story(self._any(articles()), {f"slug_{self._language()}": self._slug()})

    def categories(self):
        return self._story(self._any(articles()), {"categories": self._some(Category)})

    def tags(self):
        names = [tag.name for tag in Tag.objects.order_by("pk") if self.rng.random() < 0.4]
        if self.rng.random() < 0.3:
            names.append(self._words())
        return self._story(self._any(articles()), {"tags": names})

    def related(self):
        chosen = [str(pk) for pk in self._ids(articles()) if self.rng.random() < 0.3]
        self.rng.shuffle(chosen)
        return self._story(self._any(articles()), {"related": chosen})

    def add_byline(self):
        article, author = self._any(articles()), self._any(Author.objects.order_by("pk"))
        count = article.bylines.count()
        if author is None:
            return None
        fields = {
            "bylines-TOTAL_FORMS": str(count + 1),
            f"bylines-{count}-author": str(author.pk),
            f"bylines-{count}-role": self.rng.choice(["author", "photographer", "translator"]),
            f"bylines-{count}-language": self.rng.choice(["", *LANGUAGES]),
            f"bylines-{count}-position": str(self.rng.randrange(4)),
        }
        return self._story(article, fields)

    def change_byline(self):
        article = self._any(articles().filter(bylines__isnull=False).distinct())
        if article is None:
            return None
        number = self.rng.randrange(article.bylines.count())
        change = self.rng.choice(
            [
                {f"bylines-{number}-DELETE": "on"},
                {f"bylines-{number}-position": str(self.rng.randrange(9))},
                {f"bylines-{number}-language": self.rng.choice(["", *LANGUAGES])},
                {f"bylines-{number}-author": str(self._any(Author.objects.order_by("pk")).pk)},
            ]
        )
        return self._story(article, change)

    def add_use(self):
        article, image = self._any(articles()), self._any(Image.objects.order_by("pk"))
        count = article.uses.count()
        if image is None:
            return None
        fields = {
            "uses-TOTAL_FORMS": str(count + 1),
            f"uses-{count}-image": str(image.pk),
            f"uses-{count}-position": str(self.rng.randrange(4)),
            f"uses-{count}-alt_en": self._words(),
            f"uses-{count}-{column('alt', OTHER)}": self._words(),
        }
        if not article.uses.filter(is_lead=True).exists():
            fields[f"uses-{count}-is_lead"] = "on"
        return self._story(article, fields)

    def change_use(self):
        article = self._any(articles().filter(uses__isnull=False).distinct())
        if article is None:
            return None
        form = self.desk.form(CHANGE, article.pk)
        count = article.uses.count()
        number, kind = self.rng.randrange(count), self.rng.randrange(4)
        if kind == 0:
            return self._story(article, {f"uses-{number}-DELETE": "on"}, form=form)
        if kind == 1:
            for index in range(count):
                form.values.pop(f"uses-{index}-is_lead", None)
            return self._story(article, {f"uses-{number}-is_lead": "on"}, form=form)
        words = ("alt", "caption")[kind - 2]
        change = {f"uses-{number}-{self._column(words)}": self._words()}
        return self._story(article, change, form=form)

    def press(self):
        article = self._any(articles())
        form = self.desk.form(CHANGE, article.pk)
        buttons = [value for name, value in form.buttons if name == "_verb"]
        if not buttons:
            return None
        button = self.rng.choice(buttons)
        verb, _colon, code = button.partition(":")
        fields = {}
        if verb == "withdraw":
            fields[f"reason_{code}"] = self._words()
        if verb in {"schedule", "redate"}:
            later = self._later()
            moment = timezone.now() + (later if verb == "schedule" else -later)
            fields[f"moment_{code}_0"] = fields[f"moment_{code}"] = f"{moment:%Y-%m-%dT%H:%M}"
        return self._story(article, fields, button=("_verb", button), form=form)

    def add_story(self):
        if articles().count() > 7:
            return None
        code = self._language()
        fields = {column("title", code): self._words(), column("body", code): self._body()}
        fields |= {"source_language": code, "categories": self._some(Category)}
        return self._save("articles_article_add", fields=fields)

    def delete_story(self):
        if articles().count() < 5:
            return None
        return self._delete("article", self._any(articles()))

    def delete_stories(self):
        """Delete two of the list at once."""
        if articles().count() < 6:
            return None
        chosen = self.rng.sample(self._ids(Article.objects), 2)
        values = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        self._answered(self.desk.client.post(reverse("admin:articles_article_changelist"), values))
        return f"delete stories {chosen}"

    def recover_story(self):
        if articles().count() > 7:
            return None
        version = self._any(Version.objects.get_deleted(Article).order_by("pk"))
        return version and self._save("articles_article_recover", version.pk)

    def go_back(self):
        article = self._any(articles())
        version = self._any(Version.objects.get_for_object(article).order_by("pk"))
        return version and self._save("articles_article_revision", article.pk, version.pk)

    def look_at_older(self):
        """Reversion shows an older version by bringing it back and rolling that back."""
        article = self._any(articles())
        version = self._any(Version.objects.get_for_object(article).order_by("pk"))
        if version is None:
            return None
        self.desk.open("articles_article_revision", article.pk, version.pk)
        return f"look at version {version.pk} of story {article.pk}"

    # --- Corrections ---

    def correct(self):
        """Tell readers of a mistake, reword what they were told, or give it to those of another language."""
        article, code = self._any(articles()), self._language()
        row = article.corrections.order_by("pk").last() if self.rng.random() < 0.5 else None
        row = row or Correction(article=article)
        row.kind = self.rng.choice(Correction.Kind.values)
        note = self._words() if self.rng.random() < 0.8 else ""
        try:
            correcting.save(row, {code: note}, by=None)
        except ValidationError:
            return None
        return f"correct story {article.pk} in {code}: {note}"

    def take_correction_back(self):
        row = self._any(Correction.objects.order_by("pk"))
        if row is None:
            return None
        correcting.take_back(row, by=None)
        return f"take correction {row.pk} back"

    # --- Categories ---

    def category(self):
        node, code = self._any(Category.objects.order_by("pk")), self._language()
        name = self.rng.choice(["name", "slug", "description"])
        value = self._slug() if name == "slug" else self._words()
        if name != "name" and self.rng.random() < 0.2:
            value = ""
        return self._save("articles_category_change", node.pk, fields={column(name, code): value})

    def place_category(self):
        node = self._any(Category.objects.order_by("pk"))
        change = {"position": str(self.rng.randrange(0, 40, 5))}
        if self.rng.random() < 0.5 and node.kind == "region":
            parents = ["", *(str(pk) for pk in self._ids(Category.objects.filter(kind="region")))]
            change = {"parent": self.rng.choice(parents)}
            if self.rng.random() < 0.2:
                change = {"parent": "", "kind": "section"}
        return self._save("articles_category_change", node.pk, fields=change)

    def genre_of_category(self):
        """Let a section stand before headlines, or no longer."""
        node = self._any(Category.objects.filter(kind="section").order_by("pk"))
        if node is None:
            return None
        fields = {"is_genre": [] if node.is_genre else "on"}
        return self._save("articles_category_change", node.pk, fields=fields)

    def add_category(self):
        if Category.objects.count() > 8:
            return None
        fields = {"name_en": self._words(), "position": str(self.rng.randrange(30))}
        fields["kind"] = self.rng.choice(["region", "region", "section"])
        if fields["kind"] == "region":
            regions = self._ids(Category.objects.filter(kind="region"))
            fields["parent"] = self.rng.choice(["", *map(str, regions)])
        return self._save("articles_category_add", fields=fields)

    def delete_category(self):
        leaves = Category.objects.filter(subcategories=None).order_by("pk")
        return self._delete("category", self._any(leaves)) if leaves.count() > 3 else None

    # --- Tags and authors ---

    def tag(self):
        tag, code = self._any(Tag.objects.order_by("pk")), self._language()
        name = self.rng.choice([*columns(("label", "label_slug"), code), "name", "slug", "kind"])
        value = self._slug() if "slug" in name else self._words()
        if name == "kind":
            value = self.rng.choice(Tag.Kind.values)
        return tag and self._save("articles_tag_change", tag.pk, fields={name: value})

    def merge_tags(self):
        tag_ids = self._ids(Tag.objects)
        if len(tag_ids) < 3:
            return None
        chosen = self.rng.sample(tag_ids, 2)
        values = {"action": "merge", "_selected_action": chosen, "keep": chosen[0]}
        self._answered(self.desk.client.post(reverse("admin:articles_tag_changelist"), values))
        return f"merge tag {chosen[1]} into {chosen[0]}"

    def delete_tag(self):
        tags = Tag.objects.order_by("pk")
        return self._delete("tag", self._any(tags)) if tags.count() > 1 else None

    def author(self):
        author, code = self._any(Author.objects.order_by("pk")), self._language()
        name = self.rng.choice([*columns(("name", "bio"), code), "slug"])
        value = self._slug() if name == "slug" else self._words()
        return author and self._save("articles_author_change", author.pk, fields={name: value})

    def add_author(self):
        if Author.objects.count() > 4:
            return None
        return self._save("articles_author_add", fields={"name_en": self._words()})

    def delete_author(self):
        idle = self._any(Author.objects.filter(bylines=None).order_by("pk"))
        return idle and self._delete("author", idle)

    # --- Images ---

    def upload(self):
        image = self._any(Image.objects.order_by("pk"))
        return image and self._upload("articles_image_change", image.pk)

    def add_image(self):
        if Image.objects.count() > 6:
            return None
        if self.rng.random() < 0.4:
            return self._save("articles_image_add", fields={"creator": self._words()})
        until = f"{timezone.now() + self._later():%Y-%m-%dT%H:%M}" if self._coin() else ""
        return self._upload("articles_image_add", creator=self._words(), valid_until=until)

    def image(self):
        image = self._any(Image.objects.order_by("pk"))
        change = self.rng.choice(
            [
                {"focal_x": str(self.rng.choice([0, 0.2, 0.24, 0.5, 1]))},
                {"kind": self.rng.choice(Image.Kind.values)},
                {"credit_line": self._words()},
                {"licence": self._words(), "licence_url": "https://example.org/licence"},
                {"description": self._words()},
                {"valid_until": ""},
                {"valid_until": f"{timezone.now() + self._later():%Y-%m-%dT%H:%M}"},
                {"valid_until": f"{timezone.now() - self._later():%Y-%m-%dT%H:%M}"},
            ]
        )
        return image and self._save("articles_image_change", image.pk, fields=change)

    def delete_image(self):
        idle = self._any(Image.objects.filter(uses=None).order_by("pk"))
        return idle and self._delete("image", idle)

    # --- The site ---

    def settings(self):
        if self.rng.random() < 0.5:
            return self._look()
        if self.rng.random() < 0.3:
            fields = self.rng.choice(
                [
                    {"licence": "https://example.org/by"},
                    {"licence": ""},
                    {"contact": self._any(["", "desk@example.org"])},
                    {"accounts": self._any(["", "https://social.example/@paper"])},
                    {f"allows_{self._any(USES)}": self._any(["on", []])},
                    {
                        "own_digits": self._any(
                            [[], [language.code for language in digits.languages()]]
                        )
                    },
                    {"zone": self._any(["", "Asia/Tokyo"])},
                    {"shows_changes": self._any(["on", []])},
                    {"counts_comments": self._any(["on", []])},
                ]
            )
            return self._save("site_sitesettings_change", 1, fields=fields)
        field = self.rng.choice(["name", "strapline", "copyright", "legal_name"])
        field += f"_{self._language()}"
        value = self._words() if self.rng.random() < 0.7 else ""
        return self._save("site_sitesettings_change", 1, fields={field: value})

    def _look(self):
        change = self.rng.choice(
            [
                {"logo": self._picture("PNG")},
                {"logo_dark": self._picture("PNG")},
                {"logo-clear": "on", "logo_dark-clear": "on"},
                {"icon": self._picture("PNG", (180, 180))},
                {"icon-clear": "on"},
                {"sharing": self._picture("JPEG", (600, 315))},
                {"sharing-clear": "on"},
                {f"sharing_alt_{self._language()}": self._words()},
                {"accent": self.rng.choice(["#005ea5", "#8b1a26", "#e0a030", ""])},
                {"accent_dark": self.rng.choice(["#f0988e", "#aaccff", ""])},
            ]
        )
        form = self.desk.form("site_sitesettings_change", 1)
        values = {key: entered[0] for key, entered in form.values.items()} | change | {"_save": "1"}
        address = reverse("admin:site_sitesettings_change", args=[1])
        self._answered(self.desk.client.post(address, values))
        return f"look: {sorted(change)}"

    # --- Own pages ---

    def own_page(self):
        page, code = self._any(OwnPage.objects.order_by("pk")), self._language()
        name = self.rng.choice(["title", "slug", "body", "is_published"])
        values = {"title": self._words, "slug": self._slug, "body": self._body}
        value = values.get(name, lambda: self.rng.choice(["on", []]))()
        fields = {column(name, code): value}
        if self.rng.random() < 0.4:
            fields = self._any([{"in_foot": self._any(["on", []])}, self._kind_or_place()])
        return page and self._save("articles_ownpage_change", page.pk, fields=fields)

    def _kind_or_place(self):
        taken = OwnPage.objects.exclude(kind=OwnPage.Kind.OTHER).values_list("kind", flat=True)
        free = [kind for kind in OwnPage.Kind.values if kind not in set(taken)]
        return self._any([{"kind": self._any(free)}, {"position": str(self.rng.randrange(9))}])

    def add_own_page(self):
        if OwnPage.objects.count() > 3:
            return None
        code = self._language()
        fields = {column("title", code): self._words(), column("body", code): self._body()}
        return self._save(
            "articles_ownpage_add", fields=fields | {column("is_published", code): "on"}
        )

    def delete_own_page(self):
        pages = OwnPage.objects.order_by("pk")
        return self._delete("ownpage", self._any(pages)) if pages.count() > 1 else None

    # --- The menu ---

    def menu(self):
        entry = self._any(MenuEntry.objects.order_by("pk"))
        if entry is None:
            return None
        change = self.rng.choice(
            [
                {"position": str(self.rng.randrange(9))},
                {self._column("label"): self._any(["", self._words()])},
                {"languages": self._any([[], ["en"], [OTHER]])},
                self._menu_place(),
            ]
        )
        return self._save("articles_menuentry_change", entry.pk, fields=change)

    def add_menu_entry(self):
        if MenuEntry.objects.count() > 4:
            return None
        fields = {"languages": self._any([[], [], ["en"], [OTHER]]), **self._menu_place()}
        return self._save("articles_menuentry_add", fields=fields | {"label_en": self._words()})

    def _menu_place(self):
        """Return what an entry leads to, as its form has it."""
        empty = {"category": "", "page": "", "link": ""}
        name = self._any(["category", "category", "page", "link"])
        models = {"category": Category, "page": OwnPage}
        pk = self._any(self._ids(models[name].objects)) if name in models else None
        value = str(pk or "") if name in models else f"https://{self._slug()}.example/"
        return empty | {name: value}

    def begin_menu(self):
        if MenuEntry.objects.count() > 4:
            return None
        asked = self._any(["", *LANGUAGES])
        address = reverse("admin:articles_menuentry_begin")
        self._answered(self.desk.client.post(address, {"language": asked}))
        return f"begin the menu of {asked or 'all'}"

    def move_in_menu(self):
        chosen = [pk for pk in self._ids(MenuEntry.objects) if self._coin()]
        action = self._any(["move_up", "move_down"])
        values = {"action": action, "_selected_action": chosen}
        self._answered(
            self.desk.client.post(reverse("admin:articles_menuentry_changelist"), values)
        )
        return f"{action} of {chosen}"

    def delete_menu_entry(self):
        entry = self._any(MenuEntry.objects.order_by("pk"))
        return entry and self._delete("menuentry", entry)

    # --- Helpers ---

    def _story(self, article, fields, *, button=("_continue", "1"), form=None):
        return self._save(CHANGE, article.pk, fields=fields, button=button, form=form)

    def _save(self, name, *args, fields=None, button=("_save", "1"), form=None):
        self._answered(self.desk.save(name, *args, fields=fields, button=button, form=form))
        return f"{name} {args} {fields or ''} {button[1]}"

    def _delete(self, kind, thing):
        url = reverse(f"admin:articles_{kind}_delete", args=[thing.pk])
        self._answered(self.desk.client.post(url, {"post": "yes"}))
        return f"delete {kind} {thing.pk}"

    def _upload(self, name, *args, **fields):
        form = self.desk.form(name, *args)
        values = {key: entered[0] for key, entered in form.values.items()} | fields
        encoding = self.rng.choice(["JPEG", "JPEG", "PNG"])
        values |= {"file": self._picture(encoding), "_save": "1"}
        self._answered(self.desk.client.post(reverse(f"admin:{name}", args=args), values))
        return f"upload a {encoding}: {name} {args}"

    def _picture(self, encoding, size=None):
        buffer = io.BytesIO()
        colour = tuple(self.rng.randrange(256) for _ in range(3))
        size = size or self.rng.choice([(40, 30), (480, 320)])  # a card shows the larger only
        Pillow.new("RGB", size, colour).save(buffer, encoding)
        return SimpleUploadedFile(f"drawn.{encoding.lower()}", buffer.getvalue())

    def _answered(self, response):
        assert response.status_code in {200, 302}, response.status_code
        self.refused += response.status_code == 200

    def _any(self, rows):
        choices = list(rows)
        return self.rng.choice(choices) if choices else None

    def _ids(self, rows):
        return list(rows.order_by("pk").values_list("pk", flat=True))

    def _some(self, model):
        return [str(pk) for pk in self._ids(model.objects) if self.rng.random() < 0.35]

    def _coin(self):
        return self.rng.random() < 0.5

    def _language(self):
        return self.rng.choice(LANGUAGES)

    def _column(self, field):
        return column(field, self._language())

    def _words(self):
        return f"{self.rng.choice(WORDS)} {self.rng.randrange(100)}".capitalize()

    def _slug(self):
        return f"{self.rng.choice(WORDS)}-{self.rng.randrange(30)}"

    def _later(self):
        return timezone.timedelta(minutes=self.rng.randrange(10, 600))

    def _moment(self):
        return timezone.now() + self.rng.choice([-1, -1, 1]) * self._later()

    def _body(self):
        parts = [f"<p>{self._words()}.</p>"]
        others = self._ids(Article.objects)
        images = self._ids(Image.objects)
        for _ in range(self.rng.randrange(3)):
            other = self.rng.choice([*others, others[-1] + 1])
            parts.append(
                self.rng.choice(
                    [
                        f'<p>See <a data-article="{other}">{self._words()}</a>.</p>',
                        f'<aside data-article="{other}"></aside>',
                        f'<figure data-image="{self.rng.choice(images)}"></figure>'
                        if images
                        else "",
                        f'<aside data-waiting="{self._words()}"></aside>',
                    ]
                )
            )
        return "".join(parts)
