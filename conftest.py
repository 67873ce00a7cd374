"""Plugins of the suite. Fixtures live in tests/."""

pytest_plugins = [
    "tests.database_marks",
    "tests.emptied_tables",
    "tests.kept_contexts",
    "tests.migrated_rows",
    "tests.no_skips",
    "tests.seldom_tidied",
    "tests.stray_sessions",
    "tests.vat_register",
]
