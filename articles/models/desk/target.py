from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.category import Category
from articles.models.tag import Tag
from newsroom.languages import CODE_LENGTH, choices


class Target(models.Model):
    """How soon after its source a language of some stories should be live: "breaking: es within 60 minutes".

    Of several that a story has for a language the shortest counts.
    """

    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("With all under it. Without category and tag, the target is for every story."),
    )
    tag = models.ForeignKey(
        Tag,
        verbose_name=_("tag"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    source_language = models.CharField(
        _("written in"),
        max_length=CODE_LENGTH,
        blank=True,
        choices=choices,
        help_text=_("Leave empty for any."),
    )
    language = models.CharField(_("language"), max_length=CODE_LENGTH, choices=choices)
    minutes = models.PositiveIntegerField(
        _("minutes"),
        validators=[MinValueValidator(1)],
        help_text=_("From the publication of the language that the story was written in."),
    )

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["language", "minutes", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category=None) | Q(tag=None),
                name="target_of_one_kind",
                violation_error_message=_("Choose a category or a tag, not both."),
            ),
        ]

    def __str__(self):
        return f"{self.category or self.tag or '*'}: {self.language} < {self.minutes} min"

    def clean(self):
        if self.source_language and self.source_language == self.language:
            raise ValidationError(
                {"language": _("A story is not translated into its own language.")}
            )
