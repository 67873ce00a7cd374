"""What the import contracts (pyproject.toml) cannot say."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("customers", "contacts", "approvals")
MAX_LINES = 300

# What is shown, and what asks for it: not the business of verbs, querysets and models.
PAGE_MODULES = (
    "django.http",
    "django.shortcuts",
    "django.urls",
    "django.views",
    "django.contrib.admin",
    "django.contrib.messages",
    "formtools",
)
PAGE_FILES = {"admin", "apps", "desk", "forms", "urls", "views"}


def is_page_file(name: str) -> bool:
    """Whether a file, or a folder, of this name is about pages: `admin_parts`, `ask_form`, `snippet_admin`."""
    return name in PAGE_FILES or name.startswith("admin_") or name.endswith(("_admin", "_form", "_views"))


def our_files() -> list[Path]:
    """What git tracks or would track: Python, templates, styles and scripts; no migrations."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py", "*.html", "*.css", "*.js", "*.txt"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    paths = [ROOT / line for line in sorted(set(listed)) if not line.startswith("requirements")]
    return [path for path in paths if path.exists() and path.parent.name != "migrations"]


def imported_names(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_no_file_of_ours_is_longer_than_300_lines() -> None:
    too_long = {
        str(path.relative_to(ROOT)): lines
        for path in our_files()
        if (lines := len(path.read_text().splitlines())) > MAX_LINES
    }
    assert too_long == {}


def test_verbs_querysets_and_models_know_nothing_of_pages() -> None:
    offences = [
        f"{path.relative_to(ROOT)} imports {name}"
        for app in APPS
        for path in sorted((ROOT / app).rglob("*.py"))
        if not is_page_file(first := path.relative_to(ROOT / app).parts[0].removesuffix(".py"))
        if first != "migrations"
        for name in imported_names(path)
        if name.startswith(PAGE_MODULES)
    ]
    assert offences == []


@pytest.mark.parametrize("mark", ["mark_safe", "|safe", "autoescape off", "csrf_exempt"])
def test_nothing_switches_escaping_or_the_csrf_check_off(mark: str) -> None:
    offences = [
        str(path.relative_to(ROOT)) for path in our_files() if "tests" not in path.parts and mark in path.read_text()
    ]
    assert offences == []


@pytest.mark.parametrize("mark", ['style="', "<script>", "onclick=", "javascript:"])
def test_pages_hold_no_inline_style_or_script(mark: str) -> None:
    offences = [
        str(path.relative_to(ROOT))
        for path in our_files()
        if path.suffix == ".html" and "mail" not in path.parts and mark in path.read_text()
    ]
    assert offences == []
