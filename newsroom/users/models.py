from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who works here. Own model from the first migration on, so that it can grow."""

    def __str__(self):
        return self.get_full_name() or self.username
