"""All addresses. Everything is denied to whoever is not signed in, unless a view says otherwise."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "Arxus Admin"
admin.site.index_title = "Master data"

handler500 = "portal.pages.failures.failed"

urlpatterns = [
    path("accounts/", include("portal.accounts.urls")),
    path("", include("portal.inbox.urls")),
    path("admin/", admin.site.urls),
    path("", include("portal.pages.urls")),
    path("", include("portal.onboarding.urls")),
    path("", include("portal.requests.urls")),
    path("", include("portal.exports.urls")),
    path("", include("portal.directory.urls")),
    path("", include("portal.support.urls")),
]
