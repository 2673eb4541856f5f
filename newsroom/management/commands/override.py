import difflib

from django.core.management.base import CommandError

from newsroom.files import overrides
from newsroom.files.overrides import State, Unusable
from newsroom.management.teaching import TeachingCommand

TEACHING = """
Files in VAR_DIR/site/templates and VAR_DIR/site/static win over those of the same name that the program brings.
`manage.py override templates/components/footer.html` copies that file there, to be changed. After an upgrade
`manage.py override` (and `manage.py check`) names those whose original has changed; --changes shows what is
otherwise in it, and --seen notes that you have looked. Static files need `manage.py collectstatic` after a change, and the site a
restart. docs/howto/change-the-look.md tells the same step by step.
"""


class Command(TeachingCommand):
    help = (
        "Begin to change a template or a static file of this site, or list those that were changed."
    )

    teaching = TEACHING

    def add_arguments(self, parser):
        parser.add_argument(
            "files", nargs="*", metavar="FILE", help="such as templates/components/footer.html"
        )
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--seen", action="store_true", help="note that you have looked at them")
        how.add_argument(
            "--changes", action="store_true", help="show what has changed in their originals"
        )

    def handle(self, *args, **options):
        if not options["files"]:
            if options["seen"] or options["changes"]:
                raise CommandError("Name the files; without any, all are listed.")
            self._list()
            return
        for name in options["files"]:
            try:
                self._do(overrides.named(name), options)
            except (Unusable, OSError) as error:
                raise CommandError(str(error)) from error

    def _list(self):
        all_overrides = list(overrides.every())
        for override in all_overrides:
            self.stdout.write(f"{override.name}: {override.state.value}.")
        if not all_overrides:
            self.stdout.write("This site has no file in place of one of the program.")

    def _do(self, override, options):
        if options["seen"]:
            overrides.note(override)
            self.stdout.write(f"{override.name}: {override.state.value}.")
        elif options["changes"]:
            self._show(override)
        else:
            overrides.begin(override)
            self.stdout.write(f"Change {override.path}: it is used in place of {override.name}.")

    def _show(self, override):
        if override.state is not State.CHANGED:
            self.stdout.write(f"{override.name}: {override.state.value}.")
            return
        lines = (
            path.read_text("utf-8", errors="replace").splitlines(keepends=True)
            for path in (override.noted, override.original)
        )
        names = f"{override.name} as you saw it", f"{override.name} today"
        self.stdout.writelines(difflib.unified_diff(*lines, *names))
