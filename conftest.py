"""Plugins of the suite. Fixtures live in tests/."""

pytest_plugins = ["tests.database_marks", "tests.no_skips"]
