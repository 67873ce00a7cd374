"""Pytest plugin: the interpreter looks for rubbish seldom, and never among what collecting the tests has made.

Thousands of tests and the modules they import live to the end of the run; going through them again and again took a
quarter of its time.
"""

import gc

import pytest

NEW_OBJECTS = 50_000


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, *gc.get_threshold()[1:])
