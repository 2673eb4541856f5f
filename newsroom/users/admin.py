from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models

from newsroom.users.models import User
from newsroom.widgets import MomentInput


@admin.register(User)
class PersonAdmin(UserAdmin):
    # Two inputs for one moment would leave each without a label.
    formfield_overrides = {
        models.DateTimeField: {"form_class": forms.DateTimeField, "widget": MomentInput}
    }
