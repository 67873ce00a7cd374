from django.urls import path

from portal.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz/live", views.live, name="live"),
    path("healthz/ready", views.ready, name="ready"),
]
