"""What keeps something from being measured; the tables name it and go on."""


class NotMeasured(Exception):
    """Something is missing or does not answer as it should; the message says what, in a few words."""
