from django.urls import path

import portal.converters  # noqa: F401  (registers them)
from portal.onboarding.changes_views import changes
from portal.onboarding.numbers import understood
from portal.onboarding.wizard import RegistrationWizard

urlpatterns = [
    path("requests/<reference:reference>/changes/", changes, name="request-changes"),
    path("customers/new/", RegistrationWizard.as_view(), name="add-customer"),
    path("customers/new/number/", understood, name="number-understood"),
    path("onboarding/<reference:reference>/<slug:step>/", RegistrationWizard.as_view(), name="onboarding"),
]
