from django.core.management.base import BaseCommand, CommandError

from newsroom.management import doctor


class Command(BaseCommand):
    help = (
        "Say in sentences what is wrong with this installation: settings, folders, disk, words of the interface, mail, "
        "certificate, database, clock, keeper of pages and worker. The status is 1 if anything is, for a monitor to ask."
    )
    requires_system_checks = ()
    requires_migrations_checks = False

    def handle(self, *args, **options):
        faults = 0
        for part, sentence in doctor.what_is_wrong():
            faults += 1
            self.stdout.write(f"{part}: {sentence}")
            self.stdout.flush()
        if faults:
            raise CommandError(f"{faults} {'thing is' if faults == 1 else 'things are'} wrong.")
        if options["verbosity"]:
            self.stdout.write("All is well.")
