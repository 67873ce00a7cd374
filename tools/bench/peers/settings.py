"""The portal's settings with pages of the peers instead of its own, in the looks they come with."""

from copy import deepcopy
from pathlib import Path

from portal import settings as of_portal
from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tools.bench.peers.urls"
INSTALLED_APPS = [*of_portal.INSTALLED_APPS, "django_filters", "django_tables2"]
TEMPLATES = deepcopy(of_portal.TEMPLATES)
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
TEMPLATES[0]["OPTIONS"]["context_processors"].remove("portal.navigation.frame")
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
DATABASES = deepcopy(of_portal.DATABASES)
# They may take longer than the portal lets a page take.
DATABASES["default"]["OPTIONS"]["options"] = "-c lock_timeout=8000"
