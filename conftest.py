"""Plugins of the suite. Fixtures live in tests/."""

pytest_plugins = [
    "tests.database_marks",
    "tests.emptied_tables",
    "tests.migrated_rows",
    "tests.no_skips",
    "tests.stray_sessions",
    "tests.vat_register",
]
