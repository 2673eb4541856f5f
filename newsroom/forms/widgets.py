"""Inputs that any page of the admin may need."""

from datetime import datetime

from django import forms


class MomentInput(forms.DateTimeInput):
    """One input for a date with its time; the browser brings the calendar."""

    input_type = "datetime-local"

    def format_value(self, value):
        if not isinstance(value, datetime):
            return value or ""
        # Seconds only where there are some: nobody wants to see ":00".
        return value.strftime("%Y-%m-%dT%H:%M:%S" if value.second else "%Y-%m-%dT%H:%M")
