from django.conf import settings
from django.contrib import admin
from django.urls import include, path, re_path

from articles.views import media, security
from newsroom import views
from newsroom.site import views as site_views
from newsroom.site.pictures import FOLDER

urlpatterns = [
    path("admin/", include("newsroom.users.urls")),
    path("admin/", admin.site.urls),
    path("healthz", views.healthz, name="healthz"),
    path("robots.txt", views.robots, name="robots"),
    path("trust.txt", views.trust, name="trust"),
    path("license.xml", views.licence, name="licence"),
    re_path(
        r"^accent-(?P<day>[0-9a-f]{6})-(?P<night>[0-9a-f]{6})\.css$",
        site_views.accent,
        name="accent",
    ),
    path("site.webmanifest", views.manifest, name="manifest"),
    re_path(r"^(?P<name>favicon\.ico|apple-touch-icon\.png)$", views.icon, name="icon"),
    path(".well-known/security.txt", security, name="security"),
    path("", include("articles.urls")),
]
if settings.MEDIA_URL.startswith("/"):
    at = settings.MEDIA_URL[1:]
    urlpatterns = [
        path(f"{at}{FOLDER}/<str:file>", site_views.picture, name="picture"),
        path(f"{at}<path:name>", media, name="media"),
        *urlpatterns,
    ]

handler403 = "newsroom.errors.forbidden"
handler404 = "articles.views.not_found"
handler500 = "newsroom.errors.server_error"
