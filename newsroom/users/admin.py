from django.contrib import admin
from django.contrib.auth.admin import UserAdmin

from newsroom.users.models import User

admin.site.register(User, UserAdmin)
