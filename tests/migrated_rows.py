"""Pytest plugin: what a migration put into the database is there for every test.

A test with transactions of its own ends with empty tables. Django then announces a migration that
never ran, which is where the rows are put back; tests run in any order in several processes.
"""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db.models.signals import post_migrate


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    industries = import_module("customers.migrations.0002_industries")

    def restore(**_kwargs: Any) -> None:
        industries.load(apps, None)

    post_migrate.connect(restore, sender=apps.get_app_config("customers"), weak=False)
