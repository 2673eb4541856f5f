import os

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from articles.management import one_site, starting_categories
from newsroom import localenv
from newsroom.db import locks
from newsroom.languages import LANGUAGES
from newsroom.management import administrator, answers, doctor
from newsroom.management.questions import ask
from newsroom.site.actions import say

QUESTIONS = {
    "name": "Name of the site",
    "zone": "Time zone",
    "categories": "Regions and sections to start with: world, none, or a file",
    "admin": "Login of the first administrator",
    "admin_email": "Their mail address (may be empty)",
}
OF_THE_ENVIRONMENT = "These languages are of the environment of this command: `make serve` needs LANGUAGES=%s there, too, or in local.env."
NEXT = "On this machine, `make serve` runs it; docs/howto/start-your-own-site.md goes on from here."


class Command(BaseCommand):
    help = (
        "Start a newsroom of your own: its name, languages and time zone, the login of who looks after it, and the "
        "categories that stories are filed under. Asks for each; with --no-input it takes what is given. "
        "All of it is stored or, where something is amiss, nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("--no-input", action="store_false", dest="asks", help="ask nothing")
        parser.add_argument(
            "--if-new",
            action="store_true",
            help="where a newsroom has been started, bring its tables up to date and say nothing else",
        )
        parser.add_argument(
            "--name",
            default="",
            help="what the site is called, 'Le Courrier'; default without questions: SITE_NAME of the environment",
        )
        parser.add_argument(
            "--languages",
            default="",
            metavar="CODES",
            help="its languages, the main one first, fr,de; default without questions: LANGUAGES of the environment",
        )
        parser.add_argument("--zone", default="", help="its time zone, Europe/Paris")
        parser.add_argument(
            "--categories",
            default="world",
            metavar="world|none|FILE.json",
            help="regions and sections to start with; default: %(default)s",
        )
        parser.add_argument(
            "--admin", default="chief", help="the first login; default: %(default)s"
        )
        parser.add_argument("--admin-email", default="", help="the mail address of who has it")

    def handle(self, *args, **options):
        if doctor.waiting_migrations():
            call_command("migrate", verbosity=0)
            self.stdout.write("The database has the tables of this version now.")
        name = one_site.own_name()
        if name and options["if_new"]:
            return
        if name:
            message = f"“{name}” has been started here, and nothing was changed: its settings are in the admin, under Site."
            raise CommandError(message)
        if one_site.is_demo():
            message = "This database is the demo's: name another in DATABASE_URL, or another folder in VAR_DIR, for a site of your own."
            raise CommandError(message)
        if options["languages"]:
            _choose(options["languages"])
        wanted = self._asked(options) if options["asks"] else self._given(options)
        self._tell(wanted, self._start(**wanted))

    # --- What is wanted ---

    def _given(self, options):
        """Return what the options say; raise CommandError, which names the option, for what cannot be used."""
        given = options | {
            "name": options["name"] or os.environ.get("SITE_NAME", ""),
            "zone": options["zone"] or settings.TIME_ZONE,
        }
        values = {"languages": [code for code, _name in settings.LANGUAGES], "password": ""}
        for option, read in self._readers(values["languages"]).items():
            try:
                values[option] = read(given[option])
            except ValidationError as error:
                message = f"--{option.replace('_', '-')}: {' '.join(error.messages)}"
                raise CommandError(message) from error
        return values

    def _asked(self, options):
        """Return what somebody answers; what the environment says is not asked."""
        values = {"languages": [code for code, _name in settings.LANGUAGES]}
        is_chosen = options["languages"] or answers.CHOSEN in os.environ
        if not (is_chosen or answers.fixed("LANGUAGES")):
            question = f"Languages, the main one first, of\n  {' '.join(LANGUAGES)}\n"
            codes = self._ask(question, answers.languages, ",".join(values["languages"]))
            if codes != values["languages"]:
                answers.begin_again(codes)
        usual = options | {"zone": options["zone"] or answers.usual_zone()}
        for option, read in self._readers(values["languages"]).items():
            values[option] = self._ask(QUESTIONS[option], read, usual[option])
        values["password"] = self._password()
        return values

    def _password(self):
        """Return the password that somebody has typed twice alike, "" for one that is made."""
        question = "Password (empty: one is made)"
        while password := self._ask(question, answers.password, secret=True):
            if self._ask("The same again", str, secret=True) == password:
                break
            self.stdout.write("The two are not the same.")
        return password

    def _ask(self, question, read, default="", **options):
        return ask(question, read, default=default, out=self.stdout, **options)

    def _readers(self, languages):
        """Return option -> what reads it, in the order in which they are asked."""
        return {
            "name": answers.site_name,
            "zone": answers.zone,
            "categories": lambda words: starting_categories.named(words, languages=languages),
            "admin": answers.login,
            "admin_email": answers.mail,
        }

    # --- What is done ---

    def _start(self, *, name, languages, zone, categories, admin, admin_email, password):
        """Store everything, or nothing; return the password that was made, "" where there is none to tell."""
        with locks.writing():
            say(languages[0], name=name)
            starting_categories.create(categories)
            made = administrator.ensure(admin, email=admin_email, password=password)
            # Last, and before the rest is stored: where the file cannot be written, nothing is.
            _write(LANGUAGES=",".join(languages), TIME_ZONE=zone)
        return made

    def _tell(self, wanted, made):
        named = ", ".join(LANGUAGES[code].name for code in wanted["languages"])
        self.stdout.write(f"“{wanted['name']}” is started, in {named}.")
        if made:
            self.stdout.write(f"Login: {wanted['admin']}   Password, told only now: {made}")
        if answers.fixed("LANGUAGES"):
            self.stdout.write(OF_THE_ENVIRONMENT % ",".join(wanted["languages"]))
        self.stdout.write(NEXT)


def _choose(words):
    """Go on in a process that has these languages; raise CommandError for what cannot be used."""
    try:
        codes, enabled = answers.languages(words), [code for code, _name in settings.LANGUAGES]
    except ValidationError as error:
        raise CommandError(f"--languages: {' '.join(error.messages)}") from error
    if codes != enabled and answers.fixed("LANGUAGES"):
        raise CommandError(
            f"--languages: LANGUAGES is {','.join(enabled)} in the environment, which wins: change it there."
        )
    if codes != enabled:
        answers.begin_again(codes)


def _write(**wanted):
    """Write to local.env what the environment does not say."""
    new = {name: value for name, value in wanted.items() if not answers.fixed(name)}
    try:
        if new:
            localenv.change(settings.VAR_DIR, **new)
    except OSError as error:
        message = (
            f"{settings.LOCAL_ENV} cannot be written ({error.strerror}), and nothing was started."
        )
        raise CommandError(message) from error
