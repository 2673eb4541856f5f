from django.db import models

from newsroom.languages import CODE_LENGTH, choices


class MonthCount(models.Model):
    """How many editions are published in a month of a language, those to come among them; by derived/months.py only.

    To count them for a page would be to read the whole archive. In another `zone` a month holds others.
    """

    language = models.CharField(max_length=CODE_LENGTH, choices=choices)
    zone = models.CharField(max_length=64)
    month = models.DateField()
    number = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "zone", "month"], name="monthcount_once")
        ]

    def __str__(self):
        return f"{self.month:%Y-%m} ({self.language}): {self.number}"
