from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from articles.views import media, security
from newsroom import views

urlpatterns = [
    path("admin/", include("newsroom.users.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("trust.txt", views.trust, name="trust"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path(".well-known/security.txt", security, name="security"),
    path("", include("articles.urls")),
]
if settings.MEDIA_URL.startswith("/"):
    urlpatterns.insert(0, path(f"{settings.MEDIA_URL[1:]}<path:name>", media, name="media"))

handler403 = "newsroom.errors.forbidden"
handler404 = "articles.views.not_found"
handler500 = "newsroom.errors.server_error"
