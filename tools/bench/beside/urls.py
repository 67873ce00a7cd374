from django.urls import include, path

from tools.bench.beside import views

urlpatterns = [
    path("bench/empty/", views.empty),
    path("bench/framed/", views.framed),
    path("bench/statements/", views.statements),
    path("", include("portal.urls")),
]
