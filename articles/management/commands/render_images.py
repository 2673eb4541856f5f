from django.core.management.base import CommandError
from django.utils import timezone

from articles import renditions
from articles.models import Image
from newsroom.files import replaced
from newsroom.management.progress import Progress
from newsroom.management.teaching import TeachingCommand

TEACHING = """
A worker makes the smaller versions of each image right after its upload. One that was stopped in
the middle, or found a full disk, left an image without: this command queues every such image once
more, for the worker that runs beside the web server or for `manage.py db_worker --batch`. It makes
nothing itself and is done in a moment, so a timer can run it every day. An image whose file is not
in the storage is named, the rest is queued, and the exit status is 1.

After an upgrade that makes more of each image it queues all of them: what is there stays and is shown
meanwhile.

It also deletes the files of uploads that were stopped before anything was saved, and the pictures of
the site, as its logo, that had been replaced for a week.
"""


class Command(TeachingCommand):
    help = "Queue the images whose smaller versions are missing."

    teaching = TEACHING

    def handle(self, *args, **options):
        replaced.clear(now=timezone.now())
        progress = Progress(self.stdout, label="Looking at images")
        queued, complete, lost = 0, 0, []
        for image in Image.objects.exclude(file="").order_by("pk").iterator():
            progress.step(str(image))
            if renditions.is_complete(image):
                complete += 1
            elif _is_there(image.file):
                renditions.request(image)
                queued += 1
            else:
                lost.append(image)
        progress.clear()
        for image in lost:
            self.stderr.write(
                self.style.ERROR(f"Image {image.pk}: {image.file.name} is not there.")
            )
        self.stdout.write(f"Images: {queued} queued, {complete} complete, {len(lost)} lost.")
        if lost:
            raise CommandError("The files of some images are lost; they are named above.")


def _is_there(file):
    try:
        return file.storage.exists(file.name)
    except OSError as error:
        raise CommandError(f"The files cannot be looked at: {error}") from error
