"""The portal's settings to gather its static files by: under the names they have on a server, but without compressed
copies. Those take two cores a quarter of a minute and more, and nothing that is timed asks for one."""

from portal import settings as of_portal
from portal.settings import *  # noqa: F403

STORAGES = of_portal.STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
}
