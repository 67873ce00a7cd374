from django.urls import path

from portal.inbox import views

urlpatterns = [
    path("notifications/", views.notifications, name="inbox"),
    path("notifications/<uuid:key>/open/", views.open_one, name="notification-open"),
    path("notifications/<uuid:key>/read-all/", views.read_all, name="notifications-read"),
    path("accounts/notifications/", views.choices, name="notification-choices"),
]
