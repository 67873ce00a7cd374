"""The portal with three addresses more: what its pages are measured against."""

from portal.settings import *  # noqa: F403

ROOT_URLCONF = "tools.bench.beside.urls"
