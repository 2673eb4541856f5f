"""Rows of a story's page that all of its languages share."""

from articles import roles


class SharedRows:
    """An inline that is changed by whoever may change what readers of every language are shown."""

    def has_add_permission(self, request, obj):
        allowed = super().has_add_permission(request, obj)
        return allowed and roles.may_change_what_is_shown(request.user, obj)

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and roles.may_change_what_is_shown(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        allowed = super().has_delete_permission(request, obj)
        return allowed and roles.may_change_what_is_shown(request.user, obj)
