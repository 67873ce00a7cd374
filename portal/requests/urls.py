from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.requests import views

urlpatterns = [
    path("requests/", views.requests, name="requests"),
    path("requests/<reference:reference>/", views.registration, name="request"),
    path("requests/<reference:reference>/sent/", views.sent, name="request-sent"),
    path("requests/<reference:reference>/withdraw/", views.withdraw, name="request-withdraw"),
    path("requests/<reference:reference>/discard/", views.discard, name="request-discard"),
    path("requests/<reference:reference>/start-again/", views.start_again, name="request-start-again"),
    path("requests/<reference:reference>/messages/", views.write, name="request-write"),
    path("requests/<reference:reference>/evidence/<uuid:key>/", views.document, name="evidence"),
]
