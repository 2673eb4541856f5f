"""Pages of logins beside those of Django's admin, whose names for them these are: its templates know them."""

from django.conf import settings
from django.urls import path

from newsroom.users import passwords

by_mail = [
    path("password_reset/", passwords.Ask.as_view(), name="admin_password_reset"),
    path("password_reset/done/", passwords.Asked.as_view(), name="password_reset_done"),
]
"""Only where mail is sent: else nothing leads to them, and nothing is there."""

urlpatterns = [
    path("reset/<uidb64>/<token>/", passwords.Choose.as_view(), name="password_reset_confirm"),
    path("reset/done/", passwords.Chosen.as_view(), name="password_reset_complete"),
    *(by_mail if settings.SENDS_MAIL else []),
]
