"""Tables to which rows are only added: the database itself refuses to change or delete one, for whoever asks it.

One change is let through, that of the database's own: a column that forgets (`forgets`) becomes NULL where the row it
points at is deleted. Emptying a whole table (TRUNCATE) takes the right to alter it, which the portal's own account in
production does not have (docs/production.md).
"""

from collections.abc import Sequence

_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS = 1
        AND to_jsonb(NEW) -> TG_ARGV[0] = 'null'::jsonb
        AND to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0]
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$
"""


def guards(vendor: str, table: str, columns: Sequence[str], *, forgets: str = "") -> list[str]:
    """The statements that put a table under guard; `columns` are all of it."""
    if vendor == "postgresql":
        argument = f"'{forgets}'" if forgets else ""
        each = f"FOR EACH ROW EXECUTE FUNCTION portal_append_only({argument})"
        return [_FUNCTION, f'CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON "{table}" {each}']
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    kept = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in columns if name != forgets)
    changed = f'NEW."{forgets}" IS NOT NULL OR {kept}' if forgets else "TRUE"
    return [
        f'CREATE TRIGGER {table}_no_update BEFORE UPDATE ON "{table}" WHEN {changed} {refuse}',
        f'CREATE TRIGGER {table}_no_delete BEFORE DELETE ON "{table}" {refuse}',
    ]


def lifts(vendor: str, table: str) -> list[str]:
    """The statements that take the guard away again."""
    if vendor == "postgresql":
        return [f'DROP TRIGGER IF EXISTS {table}_append_only ON "{table}"']
    return [f"DROP TRIGGER IF EXISTS {table}_no_update", f"DROP TRIGGER IF EXISTS {table}_no_delete"]
