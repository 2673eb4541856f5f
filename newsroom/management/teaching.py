"""A command whose `--help` teaches: below its options stands how it is used."""

import argparse

from django.core.management.base import BaseCommand


class TeachingCommand(BaseCommand):
    """Shows `teaching` below the options, laid out as it is written."""

    teaching = ""

    def create_parser(self, *args, **kwargs):
        layout = argparse.RawDescriptionHelpFormatter
        parser = super().create_parser(*args, **kwargs, formatter_class=layout)
        parser.epilog = self.taught()
        return parser

    def taught(self):
        """Return what stands there; for a command whose words follow from what it finds."""
        return self.teaching
