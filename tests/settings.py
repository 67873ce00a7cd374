"""The portal's settings as a server has them, less what would make tests slow or leave traces."""

import atexit
import os
import tempfile
from pathlib import Path

_scratch = tempfile.TemporaryDirectory(prefix="portal-tests-")
atexit.register(_scratch.cleanup)
SCRATCH = Path(_scratch.name)
(SCRATCH / "static").mkdir()

os.environ.update(
    DEBUG="False",
    LOCAL="False",
    SECRET_KEY="only-for-tests",
    SECURE_SSL_REDIRECT="False",
    VIES_URL="",
    MEDIA_ROOT=str(SCRATCH / "media"),
    STATIC_ROOT=str(SCRATCH / "static"),
    # The browser's driver runs an event loop in the thread that also reads the database.
    DJANGO_ALLOW_ASYNC_UNSAFE="1",
)

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In memory, threads would share one connection's locks and nothing would ever be contended.
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
    # Nobody misses this data after a crash, so nothing has to wait for a disk.
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"
# The people of all tests have the same few keys, and search together more than one person may.
SEARCHES_PER_MINUTE = 100_000
