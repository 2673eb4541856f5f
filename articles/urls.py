from django.urls import path, register_converter

from articles import converters, views

register_converter(converters.Language, "language")
register_converter(converters.Year, "year")
register_converter(converters.TwoDigits, "two")
register_converter(converters.Slug, "slug_any")
register_converter(converters.SlugPath, "slugs")
register_converter(converters.Feed, "feed")
register_converter(converters.Folder, "folder")
register_converter(converters.Rest, "rest")
register_converter(converters.Positive, "positive")
register_converter(converters.Id, "id")

FEEDS = {
    "feed": ("", ""),
    "region_feed": ("region/<slugs:path>/", "region"),
    "section_feed": ("section/<slugs:path>/", "section"),
    "tag_feed": ("tag/<slug_any:path>/", "tag"),
    "author_feed": ("author/<slug_any:path>/", "author"),
}
"""The name of each address of feeds -> how that of its list begins, and which list that is."""

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    path("preview/<slug:token>/", views.by_link, name="preview"),
    path("preview/<slug:token>/<path:name>", views.picture_by_link, name="preview_picture"),
    path("<language:language>/", views.front, name="front"),
    path("<language:language>/region/<slugs:path>/", views.region, name="region"),
    path("<language:language>/section/<slugs:path>/", views.section, name="section"),
    path("<language:language>/tag/", views.tags, name="tags"),
    path("<language:language>/author/", views.authors, name="authors"),
    path("<language:language>/tag/<slug_any:slug>/", views.tag, name="tag"),
    path("<language:language>/author/<slug_any:slug>/", views.author, name="author"),
    path("<language:language>/search/", views.search, name="search"),
    path("<language:language>/search/feed.<feed:form>", views.search_feed, name="search_feed"),
    path("<language:language>/corrections/", views.corrections, name="corrections"),
    path(
        "<language:language>/corrections/feed.<feed:form>",
        views.corrections_feed,
        name="corrections_feed",
    ),
    path("<language:language>/archive/", views.archive, name="archive"),
    path(
        "<language:language>/archive/<year:year>/<two:month>/",
        views.archive_month,
        name="archive_month",
    ),
    path(
        "<language:language>/archive/<year:year>/<two:month>/<two:day>/",
        views.archive_day,
        name="archive_day",
    ),
    path("<language:language>/archive/<year:year>/", views.to_archive, name="archive_year"),
    path("<language:language>/<year:year>/", views.to_archive, name="year"),
    path("<language:language>/<year:year>/<two:month>/", views.to_archive, name="month"),
    path("<language:language>/<year:year>/<two:month>/<two:day>/", views.to_archive, name="day"),
    path(
        "<language:language>/<year:year>/<two:month>/<two:day>/<slug_any:slug>/",
        views.article,
        name="article",
    ),
    path(
        "<language:language>/<year:year>/<two:month>/<two:day>/<slug_any:slug>/history/",
        views.history,
        name="history",
    ),
    path(
        "<language:language>/<year:year>/<two:month>/<two:day>/<slug_any:slug>/comments/",
        views.comments,
        name="comments",
    ),
    path(
        "<language:language>/<year:year>/<two:month>/<two:day>/<slug_any:slug>/comments/<int:pk>/",
        views.comment_among_others,
        name="comment_among_others",
    ),
    path(
        "<language:language>/<year:year>/<two:month>/<two:day>/<slug_any:slug>/comments/write/",
        views.write_comment,
        name="write_comment",
    ),
    path("<language:language>/comment/mine/", views.ask_for_comments, name="ask_for_comments"),
    path(
        "<language:language>/comment/mine/<str:token>/",
        views.comments_of_reader,
        name="comments_of_reader",
    ),
    path("<language:language>/comment/<str:token>/", views.own_comment, name="comment"),
    *(
        path(f"<language:language>/{list}feed.<feed:form>", views.feed, {"kind": kind}, name=name)
        for name, (list, kind) in FEEDS.items()
    ),
    path("<language:language>/feeds.opml", views.all_feeds, name="all_feeds"),
    path("<language:language>/llms.txt", views.llms_of_language, name="llms_of_language"),
    path("llms.txt", views.llms_of_site, name="llms_of_site"),
    path("<language:language>/sitemap.xml", views.lists_sitemap, name="lists_sitemap"),
    path(
        "<language:language>/sitemap-<positive:part>.xml",
        views.lists_sitemap,
        name="more_lists_sitemap",
    ),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("news-sitemap.xml", views.news_sitemap, name="news_sitemap"),
    path("<language:language>/news-sitemap.xml", views.news_of_language, name="news_of_language"),
    path(
        "<language:language>/archive/<year:year>/<two:month>/sitemap-<positive:part>.xml",
        views.month_sitemap,
        name="month_sitemap",
    ),
    path("<language:language>/api/", views.api, name="api"),
    path("api/", views.api_home, name="api_home"),
    path("api/openapi.json", views.api_document, name="api_document"),
    path("api/articles/", views.api_articles, name="api_articles"),
    path("api/articles/<id:pk>/<str:language>/", views.api_article, name="api_article"),
    path("api/<path:rest>", views.api_unknown, name="api_unknown"),
    path("<language:language>/lite/<rest:rest>", views.other_form, {"form": "lite"}, name="lite"),
    path(
        "<language:language>/<folder:rest>index.md",
        views.other_form,
        {"form": "markdown"},
        name="markdown",
    ),
    # Behind all that has a fixed address: see converters.is_fixed.
    path("<language:language>/<slug_any:slug>/", views.own_page, name=converters.OWN_PAGE),
    path("<path:path>", views.old_address, name="old_address"),
]
