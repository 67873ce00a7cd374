from django.urls import path

from portal.pages.health import live
from tools.bench.peers.admin import site
from tools.bench.peers.table import CustomersView

urlpatterns = [
    path("healthz/live", live),
    path("admin/", site.urls),
    path("customers/", CustomersView.as_view()),
]
